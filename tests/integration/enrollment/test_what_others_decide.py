"""What scheduling and compliance announce: seats are freed, the state says why, deadlines and places follow."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.compliance import contract as compliance
from services.compliance.contract import TRAINEE_NOT_REPORTED, TRAINEE_WITHDRAWN
from services.compliance.service import ComplianceService
from services.compliance.store import SCHEMA as COMPLIANCE_STORE
from services.enrollment import contract
from services.scheduling.contract import CALENDAR_CHANGED, RETIMING_ANNOUNCED, TERM_CANCELLED, TERM_PLACED
from shared.errors import Unavailable
from shared.runtime.testing import ServiceHarness
from tests.fixtures.clock import StillClock
from tests.fixtures.store import MakeStore
from tests.integration.compliance.compliance_city import ORGANISERS, SCHOOL, TERM
from tests.integration.enrollment.conftest import OPENING, Desk, line, unit_caller
from tests.integration.enrollment.replacing import approve, ask, at, carry_out, check_invariants, shown, steps

DONGHU = unit_caller("city.donghu")


@pytest.fixture
def city(desk: Desk) -> Desk:
    """Two seats of donghu taken, one more person in line; a second term well after the first."""
    for unit in ("donghu", "nanshan"):
        desk.unit(f"city.{unit}", unit)
    desk.place("term_1", capacity=10)
    desk.place("term_2", programme=2, starts=OPENING + timedelta(days=28), capacity=10)
    desk.allot("term_1", donghu=2, nanshan=4)
    desk.allot("term_2", donghu=5)
    desk.file("city.donghu", [line(1), line(2), line(3), line(1, programme=2)])
    desk.accept_all()
    for term_id in ("term_1", "term_2"):
        desk.call(contract.ADMIT_TERM, {"term_id": term_id, "standby_left_out": True})
    return desk


def seated(desk: Desk, term_id: str = "term_1") -> list[str]:
    return [row["nomination_id"] for row in desk.nominations(state="admitted", term_id=term_id)]


def state(desk: Desk, nomination_id: str) -> str:
    return str(desk.call(contract.GET_NOMINATION, {"nomination_id": nomination_id})["state"])


def move(desk: Desk, term_id: str, days: int, version: int = 2, **changes: Any) -> None:
    """Announce that a term opens so many days later, as scheduling does."""
    programme = int(term_id[-1])
    base = OPENING + timedelta(days=28 * (programme - 1))
    desk.place(
        term_id, programme=programme, starts=base + timedelta(days=days), capacity=10, version=version, **changes
    )


def expel(desk: Desk, nomination_id: str, event_id: str = "e1", cause: str = "leave_limit") -> None:
    news = {"nomination_id": nomination_id, "term_id": "term_1", "unit_id": "city.donghu", "reason_code": cause}
    desk.harness.deliver(TRAINEE_WITHDRAWN, news, event_id=event_id)


def missed(desk: Desk, nomination_id: str) -> None:
    news = {"nomination_id": nomination_id, "term_id": "term_1", "unit_id": "city.donghu"}
    desk.harness.deliver(TRAINEE_NOT_REPORTED, news)


def test_an_expelled_trainee_frees_the_seat_once_and_the_state_says_why(city: Desk) -> None:
    gone = seated(city)[0]
    at(city, 2020, 5, 12, 9)
    city.harness.take()
    for _ in range(2):
        expel(city, gone)
    assert state(city, gone) == "expelled"
    [left] = city.harness.emitted(contract.NOMINATION_WITHDRAWN)
    assert (left.data["reason_code"], left.data["was_admitted"]) == ("expelled", True)
    assert len(city.harness.emitted(contract.STANDBY_OFFERED)) == 1
    check_invariants(city, ("term_1", "term_2"))


def test_somebody_who_did_not_report_keeps_the_seat_until_that_is_decided(city: Desk) -> None:
    gone = seated(city)[1]
    at(city, 2020, 5, 14, 0, 10)
    city.harness.take()
    for _ in range(2):
        missed(city, gone)
    shown_row = city.call(contract.GET_NOMINATION, {"nomination_id": gone})
    assert (shown_row["state"], shown_row["history"][-1]["state"]) == ("admitted", "missed")
    assert city.harness.take() == []
    expel(city, gone, cause="not_reported")
    shown_row = city.call(contract.GET_NOMINATION, {"nomination_id": gone})
    assert (shown_row["state"], shown_row["withdrawal"]["reason_code"]) == ("not_reported", "not-reported")
    [left] = city.harness.emitted(contract.NOMINATION_WITHDRAWN)
    assert (left.data["reason_code"], left.data["was_admitted"]) == ("not-reported", True)
    [offer] = city.harness.emitted(contract.STANDBY_OFFERED)
    assert offer.data["due_on"] == "2020-05-14"
    check_invariants(city, ("term_1", "term_2"))


def test_news_of_somebody_replaced_or_withdrawn_meanwhile_changes_nothing(city: Desk) -> None:
    first, second = seated(city)
    approve(city, ask(city, first))
    carry_out(city)
    city.call(contract.WITHDRAW_NOMINATION, {"nomination_id": second, "reason_code": "health"})
    missed(city, first)
    expel(city, first, "e2", "not_reported")
    expel(city, second)
    assert (state(city, first), state(city, second)) == ("replaced", "withdrawn")
    assert "missed" not in [
        each["state"] for each in city.call(contract.GET_NOMINATION, {"nomination_id": first})["history"]
    ]
    check_invariants(city, ("term_1", "term_2"))


def test_news_of_an_unknown_person_is_tried_again(city: Desk) -> None:
    with pytest.raises(Unavailable):
        missed(city, "nom_unknown")


@pytest.mark.parametrize("decision", ["keep", "withdraw"])
def test_who_did_not_report_is_kept_or_goes_as_the_organisation_department_decides_in_compliance(
    city: Desk, make_store: MakeStore, enrollment_clock: StillClock, decision: str
) -> None:
    other = ServiceHarness(
        ComplianceService, make_store(COMPLIANCE_STORE, clock=enrollment_clock), clock=enrollment_clock
    )
    days = {"starts_on": OPENING, "ends_on": OPENING + timedelta(days=4), "reports_on": OPENING - timedelta(days=1)}
    other.deliver(TERM_PLACED, {**TERM, **{name: day.isoformat() for name, day in days.items()}})
    late, _ = seated(city)
    roster = {"term_id": "term_1", "unit_id": "city.donghu", "nomination_ids": [late], "count": 1}
    other.deliver(contract.ROSTER_ADMITTED, roster)
    at(city, 2020, 5, 14, 0, 10)
    other.tick("due", enrollment_clock.now())
    [missed_by] = other.emitted(compliance.TRAINEE_NOT_REPORTED)
    city.harness.take()
    city.harness.deliver(compliance.TRAINEE_NOT_REPORTED, missed_by.data)
    assert city.harness.take() == []
    [case] = other.call(compliance.LIST_WITHDRAWAL_CASES, {"state": "open"}, caller=ORGANISERS)["items"]
    word = {"case_id": case["case_id"], "decision": decision, "approver": "李部长", "reason": "航班取消"}
    other.call(compliance.DECIDE_WITHDRAWAL, word, caller=ORGANISERS)
    for event in other.emitted(compliance.TRAINEE_WITHDRAWN):
        city.harness.deliver(compliance.TRAINEE_WITHDRAWN, event.data)
    for left in city.harness.emitted(contract.NOMINATION_WITHDRAWN):
        other.deliver(contract.NOMINATION_WITHDRAWN, left.data)
    request = {"term_id": "term_1", "nomination_ids": [late]}
    [came] = other.call(compliance.CHECK_IN_TRAINEES, request, caller=SCHOOL)["items"]
    expected = (True, "admitted") if decision == "keep" else (False, "not_reported")
    assert (came["done"], state(city, late)) == expected
    check_invariants(city, ("term_1", "term_2"))


def test_an_expulsion_in_the_middle_of_a_replacement_leaves_one_person_in_the_seat(city: Desk) -> None:
    old = seated(city)[0]
    asked = ask(city, old)
    approve(city, asked)
    for turn, _ in enumerate(steps(city)):
        if turn == 1:
            expel(city, old)
    assert (shown(city, asked)["state"], state(city, old)) == ("refused", "expelled")
    check_invariants(city, ("term_1", "term_2"))


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


def retimed(days: int) -> dict[str, Any]:
    before, after = OPENING, OPENING + timedelta(days=days)
    return {
        "retiming_id": "retiming_1",
        "plan_id": "plan_2020",
        "reason_code": "epidemic",
        "reason": "疫情防控",
        "terms": [
            {
                "term_id": "term_1",
                "outcome": "moved",
                "starts_on_before": before.isoformat(),
                "ends_on_before": (before + timedelta(days=4)).isoformat(),
                "starts_on": after.isoformat(),
                "ends_on": (after + timedelta(days=4)).isoformat(),
            }
        ],
    }


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


def test_a_cancelled_term_ends_what_waited_for_it(city: Desk) -> None:
    asked = ask(city, seated(city)[0])
    news = {"term_id": "term_1", "plan_id": "plan_2020", "reason": "疫情", "version": 2}
    city.harness.deliver(TERM_CANCELLED, news)
    assert shown(city, asked)["state"] == "cancelled"
    assert city.call(contract.LIST_STANDBY, {"term_id": "term_1"})["items"] == []
    check_invariants(city)


def cancelled_by_retiming(desk: Desk) -> None:
    news = {"term_id": "term_1", "plan_id": "plan_2020", "reason": "疫情", "version": 2, "retiming_id": "retiming_1"}
    desk.harness.deliver(TERM_CANCELLED, news, event_id="c1")


def lines(desk: Desk) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = desk.call(contract.LIST_STANDBY, {"term_id": "term_1"})["items"]
    return found


def test_a_retiming_that_is_undone_leaves_offers_lines_and_requests_as_they_were(city: Desk) -> None:
    [first] = [row["nomination_id"] for row in lines(city)]
    city.file("city.donghu", [line(5)])
    [second] = city.accept_all()
    city.call(contract.LEAVE_STANDBY, {"nomination_id": first, "reason": "改列全市名单"})
    city.call(contract.JOIN_STANDBY, {"term_id": "term_1", "nomination_ids": [first], "line": "city"})
    city.call(contract.JOIN_STANDBY, {"term_id": "term_1", "nomination_ids": [second]})
    asked = ask(city, seated(city)[0])
    before, quotas = lines(city), city.call(contract.LIST_QUOTAS, {"term_id": "term_1"})["items"]
    assert [(row["nomination_id"], row["state"]) for row in before] == [(second, "waiting"), (first, "offered")]
    at(city, 2020, 4, 2, 9)
    city.harness.take()
    for _ in range(2):
        cancelled_by_retiming(city)
    for _ in range(2):
        move(city, "term_1", 0, version=3, retiming_id="retiming_1")
    cancelled_by_retiming(city)
    assert lines(city) == before
    assert city.call(contract.LIST_QUOTAS, {"term_id": "term_1"})["items"] == quotas
    assert shown(city, asked)["state"] == "requested"
    assert not city.harness.emitted(contract.STANDBY_OFFERED)
    check_invariants(city)


def test_what_waited_for_a_term_that_a_retiming_cancels_ends_once_that_is_announced(city: Desk) -> None:
    asked = ask(city, seated(city)[0])
    news = retimed(0)
    news["terms"][0] |= {"outcome": "cancelled", "starts_on": None, "ends_on": None}
    with pytest.raises(Unavailable):  # overtook the cancellation: somebody could still join the line
        city.harness.deliver(RETIMING_ANNOUNCED, news, event_id="r1")
    cancelled_by_retiming(city)
    assert [row["state"] for row in lines(city)] == ["waiting"]
    for _ in range(2):
        city.harness.deliver(RETIMING_ANNOUNCED, news, event_id="r1")
    assert (lines(city), shown(city, asked)["state"]) == ([], "cancelled")
    [ended] = city.call(contract.LIST_STANDBY, {"term_id": "term_1", "ended": True})["items"]
    assert ended["state"] == "removed"
    check_invariants(city)


def test_who_waits_for_a_term_placed_again_before_its_cancellation_is_announced_goes_on_waiting(city: Desk) -> None:
    waiting = lines(city)
    move(city, "term_1", 0, version=3)
    cancelled_by_retiming(city)
    news = retimed(0)
    news["terms"][0] |= {"outcome": "cancelled", "starts_on": None, "ends_on": None}
    city.harness.deliver(RETIMING_ANNOUNCED, news)
    assert lines(city) == waiting != []


def test_a_term_that_is_held_after_all_has_everybody_who_waited_wait_again(city: Desk) -> None:
    city.file("city.donghu", [line(4)])
    city.accept_all()
    city.call(contract.ADMIT_TERM, {"term_id": "term_1", "standby_left_out": True})
    asked, gone = (ask(city, nomination_id) for nomination_id in seated(city))
    before = city.call(contract.LIST_STANDBY, {"term_id": "term_1"})["items"]
    assert [row["position"] for row in before] == [1, 2]
    for version in (2, 4):
        news = {"term_id": "term_1", "plan_id": "plan_2020", "reason": "疫情", "version": version}
        city.harness.deliver(TERM_CANCELLED, news)
        if version == 2:
            city.call(contract.WITHDRAW_NOMINATION, {"nomination_id": gone["old_nomination_id"], "reason_code": "work"})
        city.harness.take()
        for _ in range(2):
            move(city, "term_1", 0, version=version + 1)
        assert (shown(city, asked)["state"], shown(city, gone)["state"]) == ("requested", "cancelled")
        now = city.call(contract.LIST_STANDBY, {"term_id": "term_1"})["items"]
        assert [(row["nomination_id"], row["position"]) for row in now] == [
            (row["nomination_id"], row["position"]) for row in before
        ]
        assert [row["state"] for row in now] == ["offered", "waiting"]  # the seat of the one who left
        assert len(city.harness.emitted(contract.STANDBY_OFFERED)) == 1
