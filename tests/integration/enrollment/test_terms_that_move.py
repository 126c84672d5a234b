"""Terms on other days: deadlines, places, offers and overlaps follow."""

from __future__ import annotations

import pytest

from services.enrollment import contract
from services.scheduling.contract import CALENDAR_CHANGED, RETIMING_ANNOUNCED
from shared.errors import Unavailable
from tests.integration.enrollment.conftest import Desk, unit_caller
from tests.integration.enrollment.replacing import ask, at, check_invariants, shown
from tests.integration.enrollment.two_terms import lines, move, retimed, seated, state, two_terms

DONGHU = unit_caller("city.donghu")


@pytest.fixture
def city(desk: Desk) -> Desk:
    return two_terms(desk)


def test_a_moved_term_moves_the_deadline_of_replacements_that_wait(city: Desk) -> None:
    at(city, 2020, 5, 7, 9)
    late = ask(city, seated(city)[0])
    assert late["late"] is True
    move(city, "term_1", 14)
    assert (shown(city, late)["late"], shown(city, late)["deadline_on"]) == (False, "2020-05-20")
    in_time = ask(city, seated(city)[1], 501)
    move(city, "term_1", -1, version=3)
    assert (shown(city, in_time)["late"], shown(city, in_time)["deadline_on"]) == (False, "2020-05-05")
    limit = city.call(contract.GET_REPLACEMENT_DEADLINE, {"term_id": "term_1"})
    assert (limit["deadline_on"], limit["in_time"]) == ("2020-05-05", False)


def say(desk: Desk, version: int, **days: bool) -> None:
    told = [
        {"day": f"2020-{day[1:3]}-{day[3:]}", "working": works, "reason": "本市调整"} for day, works in days.items()
    ]
    desk.harness.deliver(CALENDAR_CHANGED, {"version": version, "days": told})


def test_deadlines_in_working_days_go_by_the_citys_own_calendar(city: Desk) -> None:
    move(city, "term_1", 0, replacement_day_kind="working")
    in_time = ask(city, seated(city)[0])
    assert in_time["deadline_on"] == "2020-04-30"
    at(city, 2020, 5, 1, 9)
    late = ask(city, seated(city)[1], 501)
    assert late["late"] is True
    say(city, 1, d0503=True)  # a holiday the city works on
    asked = [shown(city, each) for each in (in_time, late)]
    assert [(each["deadline_on"], each["late"]) for each in asked] == [("2020-05-03", False), ("2020-05-03", False)]
    for version, days in ((3, {"d0507": False}), (2, {})):  # the older news comes last, and is dropped
        say(city, version, **days)
    assert shown(city, in_time)["deadline_on"] == "2020-04-29"
    limit = city.call(contract.GET_REPLACEMENT_DEADLINE, {"term_id": "term_1"})
    assert (limit["deadline_on"], limit["in_time"]) == ("2020-04-29", False)


def test_people_engaged_twice_after_a_move_are_reported_and_keep_what_they_have(city: Desk) -> None:
    move(city, "term_1", 28)
    [found] = city.harness.emitted(contract.OVERLAPS_FOUND)
    [pair] = found.data["overlaps"]
    assert (found.data["term_id"], pair["other_term_id"], pair["both_admitted"]) == ("term_1", "term_2", True)
    [row] = city.call(contract.LIST_OVERLAPS, {"term_id": "term_1"})["items"]
    assert (row["standing"], row["nomination_id"]) == (True, pair["nomination_id"])
    assert city.call(contract.LIST_OVERLAPS, {}, caller=unit_caller("city.nanshan"))["items"] == []
    assert len(city.call(contract.LIST_OVERLAPS, {}, caller=DONGHU)["items"]) == 1
    assert state(city, pair["nomination_id"]) == state(city, pair["other_nomination_id"]) == "admitted"
    shown_row = city.call(contract.GET_NOMINATION, {"nomination_id": pair["nomination_id"]})
    assert shown_row["needs_human"] is True
    city.call(contract.WITHDRAW_NOMINATION, {"nomination_id": pair["other_nomination_id"], "reason_code": "work"})
    assert city.call(contract.LIST_OVERLAPS, {})["items"][0]["standing"] is False
    assert nobody_is_looked_for(city)


def test_a_move_that_is_undone_leaves_nobody_to_be_looked_at(city: Desk) -> None:
    move(city, "term_1", 28)
    assert not nobody_is_looked_for(city)
    move(city, "term_1", 0, version=3)
    assert nobody_is_looked_for(city)


def nobody_is_looked_for(city: Desk) -> bool:
    rows = city.call(contract.LIST_NOMINATIONS, {})["items"]
    return bool(rows) and not any(row["needs_human"] for row in rows)


def test_a_move_without_overlap_reports_nothing_and_the_same_news_twice_reports_once(city: Desk) -> None:
    move(city, "term_1", 7)
    assert not city.harness.emitted(contract.OVERLAPS_FOUND)
    move(city, "term_1", 28, version=3)
    move(city, "term_1", 28, version=3)
    assert len(city.harness.emitted(contract.OVERLAPS_FOUND)) == 1


def test_released_places_are_theirs_again_when_terms_are_retimed(city: Desk) -> None:
    city.call(contract.SCHEDULE_RELEASE, {"term_id": "term_1", "release_on": "2020-04-28"})
    at(city, 2020, 4, 28)
    city.harness.tick("release-places", city.clock.now())
    with pytest.raises(Unavailable):  # overtook the new days: places given back now would be released again
        city.harness.deliver(RETIMING_ANNOUNCED, retimed(60), event_id="r1")
    move(city, "term_1", 60)
    for _ in range(2):
        city.harness.deliver(RETIMING_ANNOUNCED, retimed(60), event_id="r1")
    quotas = city.call(contract.LIST_QUOTAS, {"term_id": "term_1"})
    assert {row["unit_id"]: row["places"] for row in quotas["items"]} == {"city.donghu": 2, "city.nanshan": 4}
    assert quotas["release_on"] == "2020-06-27"
    causes = [event.data["cause"] for event in city.harness.emitted(contract.PLACES_TRANSFERRED)]
    assert causes == ["released", "reopened"]


@pytest.mark.parametrize("versions", [(2, 3), (3, 2)], ids=["in their order", "the way back first"])
def test_a_term_moved_back_before_its_retiming_is_announced_keeps_nobody_waiting(
    city: Desk, versions: tuple[int, int]
) -> None:
    city.call(contract.SCHEDULE_RELEASE, {"term_id": "term_1", "release_on": "2020-04-28"})
    at(city, 2020, 4, 28)
    city.harness.tick("release-places", city.clock.now())
    for version in versions:
        move(city, "term_1", 60 if version == 2 else 0, version, retiming_id="retiming_1" if version == 2 else None)
    city.harness.deliver(RETIMING_ANNOUNCED, retimed(60))
    [left] = city.call(contract.LIST_QUOTAS, {"term_id": "term_1"})["items"]
    assert (left["places"], left["free"]) == (2, 0), "released for these days"
    move(city, "term_1", 90, version=4, retiming_id="retiming_2")
    city.harness.deliver(RETIMING_ANNOUNCED, retimed(90) | {"retiming_id": "retiming_2"})
    assert city.call(contract.LIST_QUOTAS, {"term_id": "term_1"})["release_on"] == "2020-07-27"


def test_the_day_places_go_back_follows_the_opening(city: Desk) -> None:
    city.call(contract.SCHEDULE_RELEASE, {"term_id": "term_1", "release_on": "2020-04-28"})
    move(city, "term_1", 14)
    assert city.call(contract.LIST_QUOTAS, {"term_id": "term_1"})["release_on"] == "2020-05-12"


def withdrawn(desk: Desk) -> None:
    """A seat of the first term becomes free."""
    desk.call(contract.WITHDRAW_NOMINATION, {"nomination_id": seated(desk)[0], "reason_code": "work"})


def offer(desk: Desk) -> tuple[str, str | None, int, int]:
    """How the one in line stands, until when they answer, and which seats of donghu are held and free."""
    [row] = desk.call(contract.LIST_STANDBY, {"term_id": "term_1", "ended": True})["items"]
    quotas = desk.call(contract.LIST_QUOTAS, {"term_id": "term_1"})["items"]
    [places] = [each for each in quotas if each["unit_id"] == "city.donghu"]
    return row["state"], row["due_on"], places["held"], places["free"]


def test_an_offer_is_answered_by_the_day_that_follows_from_the_terms_new_days(city: Desk) -> None:
    at(city, 2020, 5, 8, 9)
    withdrawn(city)
    assert offer(city) == ("offered", "2020-05-10", 1, 0), "before the opening"
    moves = ((14, "2020-05-11"), (-1, "2020-05-09"), (-2, "2020-05-08"), (-5, "2020-05-09"), (14, "2020-05-11"))
    for version, (days, due) in enumerate(moves, 2):
        move(city, "term_1", days, version)
        assert offer(city) == ("offered", due, 1, 0)
    told = [event.data["due_on"] for event in city.harness.emitted(contract.STANDBY_OFFERED)]
    assert told == ["2020-05-10", *(due for _, due in moves)]
    at(city, 2020, 5, 11, 23, 59, 59)
    city.harness.tick("lapse-offers", city.clock.now())
    [waiting] = lines(city)
    answer = {"nomination_id": waiting["nomination_id"], "accept": True}
    assert city.call(contract.ANSWER_STANDBY, answer)["state"] == "admitted"
    check_invariants(city)


def test_an_offer_is_answered_by_the_citys_own_working_days(city: Desk) -> None:
    at(city, 2020, 4, 27, 9)
    withdrawn(city)
    assert offer(city) == ("offered", "2020-04-29", 1, 0)
    say(city, 1, d0428=False)
    assert offer(city) == ("offered", "2020-04-30", 1, 0)
    say(city, 1, d0428=False)
    told = [event.data["due_on"] for event in city.harness.emitted(contract.STANDBY_OFFERED)]
    assert told == ["2020-04-29", "2020-04-30"]
    at(city, 2020, 5, 1)
    say(city, 2, d0428=False, d0429=False)
    assert offer(city) == ("lapsed", None, 0, 1), "it was over when the city spoke"
    check_invariants(city)


def test_an_offer_that_was_over_stays_so_when_its_term_moves_and_the_seat_is_free(city: Desk) -> None:
    at(city, 2020, 5, 8, 9)
    withdrawn(city)
    at(city, 2020, 5, 11)  # before any timer
    move(city, "term_1", 14)
    assert offer(city) == ("lapsed", None, 0, 1)
    assert len(city.harness.emitted(contract.STANDBY_LAPSED)) == 1


def test_no_offer_stands_once_nobody_can_join_the_term_on_its_new_days(city: Desk) -> None:
    at(city, 2020, 5, 8, 9)
    withdrawn(city)
    move(city, "term_1", -7)
    assert offer(city) == ("lapsed", None, 0, 1)
    check_invariants(city)


def test_a_seat_that_became_free_too_late_is_offered_when_the_term_moves_on(city: Desk) -> None:
    at(city, 2020, 5, 15, 9)
    withdrawn(city)
    assert offer(city) == ("waiting", None, 0, 1)
    for _ in range(2):
        move(city, "term_1", 14)
    assert offer(city) == ("offered", "2020-05-19", 1, 0)
    assert len(city.harness.emitted(contract.STANDBY_OFFERED)) == 1
    check_invariants(city)
