"""The city's own word on working days: what it changes, and who is told of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.scheduling import contract
from shared.calendar import DayKind
from shared.errors import Invalid
from tests.integration.scheduling.conftest import School


def test_the_calendar_takes_the_citys_word_and_gives_deadlines(school: School) -> None:
    days = school.call(contract.LIST_CALENDAR_DAYS, {"from_day": "2020-05-01", "to_day": "2020-05-10"})
    assert days["working_days"] == 4
    kinds = {item["day"]: item["kind"] for item in days["items"]}
    assert (kinds["2020-05-05"], kinds["2020-05-09"], kinds["2020-05-10"]) == ("holiday", "make_up", "weekend")
    ask = {"opening": "2020-10-12", "days": 5}
    assert school.call(contract.GET_NOTICE_DEADLINE, ask) == {"deadline": "2020-10-07"}
    assert school.call(contract.GET_NOTICE_DEADLINE, ask | {"day_kind": "working"}) == {"deadline": "2020-09-28"}
    school.call(contract.PUT_CALENDAR_DAY, {"day": "2020-09-29", "working": False, "reason": "防汛停课"})
    assert school.call(contract.GET_NOTICE_DEADLINE, ask | {"day_kind": "working"}) == {"deadline": "2020-09-27"}
    school.call(contract.CLEAR_CALENDAR_DAY, {"day": "2020-09-29"})
    assert school.call(contract.GET_NOTICE_DEADLINE, ask | {"day_kind": "working"}) == {"deadline": "2020-09-28"}
    assert kinds["2020-05-09"] == DayKind.MAKE_UP.value
    with pytest.raises(Invalid):
        school.call(contract.LIST_CALENDAR_DAYS, {"from_day": "2020-05-02", "to_day": "2020-05-01"})


def test_every_change_of_the_citys_own_days_is_told_once_and_whole(school: School) -> None:
    flood = {"day": "2020-09-29", "working": False, "reason": "防汛停课"}
    extra = {"day": "2020-09-26", "working": True, "reason": "补班"}
    for day in (flood, extra, extra):
        school.call(contract.PUT_CALENDAR_DAY, day)
    school.call(contract.CLEAR_CALENDAR_DAY, {"day": "2020-09-29"})
    school.harness.tick("calendar", school.harness.equipment.clock.now())
    told = [each.data for each in school.harness.take() if each.type == contract.CALENDAR_CHANGED.type]
    assert told == [
        {"version": 1, "days": [flood]},
        {"version": 2, "days": [extra, flood]},
        {"version": 3, "days": [extra]},
    ]


def test_days_set_before_anybody_was_told_of_any_are_told_by_the_timer(school: School) -> None:
    flood = {"day": "2020-09-29", "working": False, "reason": "防汛停课"}
    school.call(contract.PUT_CALENDAR_DAY, flood)
    school.harness.take()
    told = school.harness.store.backing.collection("calendar_told")
    told.delete_many({})  # as a store of before has none
    for _ in range(2):
        school.harness.tick("calendar", school.harness.equipment.clock.now())
    [news] = [each.data for each in school.harness.take()]
    assert news == {"version": 1, "days": [flood]}


def test_the_citys_own_days_are_told_once_a_day_for_who_listens_only_since_then(school: School) -> None:
    clock = school.harness.equipment.clock
    school.harness.tick("calendar", clock.now())
    assert school.harness.take() == []
    school.call(contract.PUT_CALENDAR_DAY, {"day": "2020-09-29", "working": False, "reason": "防汛停课"})
    versions, began = [], clock.now()
    for hours in (0, 12, 24, 36, 48):
        clock.set(began + timedelta(hours=hours))
        school.harness.tick("calendar", clock.now())
        versions.append([each.data["version"] for each in school.harness.take()])
    assert versions == [[1], [], [1], [], [1]]
