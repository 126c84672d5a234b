"""Events become messages, messages one digest a unit and day; what cannot wait leaves at once."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.notification import contract
from services.scheduling.contract import CALENDAR_CHANGED
from shared.identifiers import new_id
from tests.fixtures.store import MakeStore
from tests.integration.notification.message_desk import (
    OTHER,
    dispatches,
    found,
    go,
    messages,
    messaging_city,
    missing,
    paid,
    return_due,
    tasks,
)
from tests.integration.notification.notification_city import UNIT, City


@pytest.fixture
def city(make_store: MakeStore, tmp_path: Path) -> City:
    return messaging_city(make_store, tmp_path)


class TestDigest:
    def test_what_a_unit_is_told_in_a_day_leaves_as_one_message_in_the_afternoon(self, city: City) -> None:
        return_due(city)
        paid(city, 1)
        paid(city, 2)
        go(city, 5, 11, 6, 59)
        assert city.sent() == []
        go(city, 5, 11, 7, 0)  # 15:00 in the city
        (sent,) = city.sent()
        assert sent["address"] == "peixun@donghu.example"
        assert sent["subject"] == "培训工作通知（3项）"
        for part in (
            "东湖区委：",
            "请于5月20日（星期三）前在平台确认返岗情况",
            "收1号",
            "收2号",
            "16,500.00元",
            "第1期",
        ):
            assert part in sent["text"]
        assert {message["state"] for message in messages(city)} == {"reached"}
        (dispatch,) = dispatches(city)
        assert [each["state"] for each in dispatch["channels"]] == ["reached", "waiting", "waiting"]
        assert dispatch["channels"][0]["address"] == "p…@donghu.example"

    def test_a_weekend_and_a_late_afternoon_wait_for_the_next_working_day(self, city: City) -> None:
        city.clock.set(datetime(2020, 5, 15, 7, 1, tzinfo=UTC))  # Friday 15:01
        paid(city, 1)
        go(city, 5, 17, 7, 30)
        assert city.sent() == []
        go(city, 5, 18, 7, 0)
        assert len(city.sent()) == 1

    def test_on_the_citys_own_day_off_nobody_is_told(self, city: City) -> None:
        days = [{"day": "2020-05-11", "working": False, "reason": "全市停课"}]
        city.harness.deliver(CALENDAR_CHANGED, {"days": days, "version": 1})
        paid(city, 1)
        go(city, 5, 11, 7, 30)
        assert city.sent() == []
        go(city, 5, 12, 7, 0)
        assert len(city.sent()) == 1

    def test_each_unit_has_its_own(self, city: City) -> None:
        paid(city, 1)
        paid(city, 2, OTHER)
        go(city, 5, 11, 7, 0)
        assert sorted(sent["address"] for sent in city.sent()) == ["peixun@donghu.example", "peixun@nanshan.example"]

    def test_an_event_that_comes_twice_is_told_once(self, city: City) -> None:
        return_due(city)
        return_due(city)
        paid(city, 1)
        assert len(messages(city)) == 2

    @settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(st.tuples(st.sampled_from([UNIT, OTHER]), st.integers(0, 6)), min_size=1, max_size=15))
    def test_whatever_arises_when_everything_is_told_once_and_nothing_is_lost(
        self, city: City, story: list[tuple[str, int]]
    ) -> None:
        before = len(city.sent())
        start = city.clock.now()
        for number, (unit_id, hours) in enumerate(story):
            city.clock.move(timedelta(hours=hours))
            city.tick()
            paid(city, int(start.timestamp()) * 100 + number, unit_id)
        city.clock.move(timedelta(days=6))
        city.clock.set(city.clock.now().replace(hour=2))  # ten in the morning, whatever the story's end
        city.tick()
        city.tick()
        texts = [sent["text"] for sent in city.sent()[before:]]
        for number, (unit_id, _) in enumerate(story):
            receipt = f"收{int(start.timestamp()) * 100 + number}号"
            holding = [text for text in texts if receipt in text]
            assert len(holding) == 1, f"{receipt} was told {len(holding)} times"
            assert ("东湖区委：" in holding[0]) == (unit_id == UNIT)


class TestUrgent:
    def test_a_missing_person_is_told_at_once_at_night_by_name(self, city: City) -> None:
        city.admit("张伟")
        city.roster_admitted()
        city.settle()
        for office in ("organisation_department", "party_school"):
            request = {"office": office, "email": f"{office}@jiangcheng.example"}
            city.harness.call(contract.PUT_OFFICE_CONTACT, request)
        city.clock.set(datetime(2020, 5, 16, 18, 30, tzinfo=UTC))  # Sunday 02:30 in the city
        paid(city, 1)
        missing(city)
        assert len(city.sent()) == 3
        for sent in city.sent():
            assert sent["subject"] == "【紧急】张伟未按时到达"
            assert "返程途中未按时到达" in sent["text"]
        missing(city)
        assert len(city.sent()) == 3

    def test_nobody_is_alarmed_for_somebody_found_and_everybody_for_somebody_missing_again(self, city: City) -> None:
        first, safe, second, other_leg = (new_id("evt") for _ in range(4))
        found(city, safe)
        missing(city, first)
        assert {message["template"] for message in messages(city)} == {"person-found"}
        missing(city, second)
        missing(city, second)
        missing(city, first)
        missing(city, other_leg, "out")
        alarms = [message["template"] for message in messages(city) if message["template"] == "person-missing"]
        assert len(alarms) == 6

    def test_who_is_lost_found_and_lost_again_is_told_of_each_time(self, city: City) -> None:
        for event in (missing, found, missing, found):
            event(city, new_id("evt"))
        assert Counter(message["template"] for message in messages(city)) == {"person-missing": 6, "person-found": 6}

    def test_when_nobody_knows_the_name_it_leaves_all_the_same(self, city: City) -> None:
        missing(city)
        assert [sent["subject"] for sent in city.sent()] == ["【紧急】该学员未按时到达"]
        # The offices have no address: somebody has to ring them, today.
        assert {(task["recipient"], task["urgent"], task["due_on"]) for task in tasks(city)} == {
            ("office:organisation_department", True, "2020-05-11"),
            ("office:party_school", True, "2020-05-11"),
        }
