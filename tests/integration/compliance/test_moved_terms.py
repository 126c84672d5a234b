"""A term on other days: what was noted of people on days it is not held on any more does not stand, and is kept."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.compliance import contract
from services.compliance.store.attendance import ROLLS
from services.enrollment.contract import ROSTER_ADMITTED
from services.scheduling.contract import TERM_MOVED, TIMETABLE_ISSUED
from shared.context import Context
from shared.errors import NotFound
from shared.security.caller import service_caller
from tests.fixtures.clock import StillClock
from tests.integration.compliance.compliance_city import (
    DONGHU,
    ORGANISERS,
    SCHOOL,
    TERM,
    City,
    at,
    roster,
    timetable,
    week,
)

FIRST = "s-0518-morning"
JUNE = {"starts_on": "2020-06-08", "ends_on": "2020-06-12", "reports_on": "2020-06-07"}
MISSED = ("0518-morning", "0518-afternoon", "0519-morning", "0519-afternoon")


def move(city: City, version: int, **days: str) -> None:
    city.harness.deliver(TERM_MOVED, {**TERM, **days, "version": version})


def issue(city: City, first: date, version: int) -> None:
    """A timetable on other days: its sessions are the same ones, as scheduling has it."""
    ids = [each["session_id"] for each in week()]
    moved = [{**each, "session_id": name} for each, name in zip(week(first), ids, strict=True)]
    city.harness.deliver(TIMETABLE_ISSUED, timetable(moved, version=version))


def two_days_missed(city: City, clock: StillClock) -> dict[str, Any]:
    """n1 was there for two days and n2 was not; return the case that called for."""
    city.open_term("n1", "n2")
    clock.set(at(19, "18:00"))
    for name in MISSED:
        city.roll(f"s-{name}", n2="absent")
    return only_case(city)


def only_case(city: City) -> dict[str, Any]:
    (case,) = city.ask(contract.LIST_WITHDRAWAL_CASES, ORGANISERS)["items"]
    found: dict[str, Any] = case
    return found


def decide(city: City, decision: str) -> None:
    (case,) = city.ask(contract.LIST_WITHDRAWAL_CASES, ORGANISERS, state="open")["items"]
    word = {"case_id": case["case_id"], "decision": decision, "approver": "李部长", "reason": "核实"}
    city.ask(contract.DECIDE_WITHDRAWAL, ORGANISERS, **word)


def case_states(city: City) -> list[str]:
    return [case["state"] for case in city.ask(contract.LIST_WITHDRAWAL_CASES, ORGANISERS)["items"]]


def hours(city: City, nomination: str) -> tuple[int, int, int]:
    sums = city.sums(nomination)
    return sums["attended_hours"], sums["absent_hours"], sums["absent_half_days"]


def taken(city: City) -> list[str]:
    items = city.ask(contract.LIST_ROLLS, SCHOOL, term_id="term_1")["items"]
    return [each["session_id"] for each in items if each["taken"]]


def marks(city: City, **more: str) -> dict[str, str]:
    roll = city.ask(contract.GET_ROLL, SCHOOL, term_id="term_1", session_id=FIRST, **more)
    return {each["nomination_id"]: each["status"] for each in roll["marks"]}


def states(city: City) -> dict[str, str]:
    items = city.ask(contract.LIST_CHECK_INS, SCHOOL, term_id="term_1")["items"]
    return {item["nomination_id"]: item["state"] for item in items}


@pytest.mark.parametrize("table_first", [False, True], ids=["the days first", "the timetable first"])
def test_absence_on_days_the_term_is_not_held_on_any_more_does_not_stand(
    city: City, clock: StillClock, table_first: bool
) -> None:
    assert two_days_missed(city, clock)["state"] == "open"
    if table_first:
        issue(city, date(2020, 6, 8), 2)
    move(city, 2, **JUNE)
    assert (hours(city, "n1"), hours(city, "n2"), taken(city)) == ((0, 0, 0), (0, 0, 0), [])
    assert only_case(city)["state"] == "dissolved"
    if not table_first:
        with pytest.raises(contract.OutsideWindow, match="2020-06-08"):
            city.roll(FIRST)
        issue(city, date(2020, 6, 8), 2)
    assert (hours(city, "n2"), taken(city)) == ((0, 0, 0), [])
    assert marks(city, on="2020-05-18") == {"n1": "present", "n2": "absent"}


def test_the_roll_of_a_session_on_its_new_day_is_a_new_one_and_the_old_one_is_kept(
    city: City, clock: StillClock
) -> None:
    two_days_missed(city, clock)
    move(city, 2, **JUNE)
    issue(city, date(2020, 6, 8), 2)
    with pytest.raises(NotFound):
        marks(city)
    clock.set(at(7, "15:00", month=6))
    assert city.check_in("n1", "n2")["done"] == 2
    clock.set(at(8, "12:00", month=6))
    report = city.roll(FIRST, n1="absent", n2="present")  # first marks of that day: no correction, no reason
    assert (report["complete"], [each["problem"] for each in report["items"]]) == (True, [None, None])
    assert marks(city) == {"n1": "absent", "n2": "present"}
    assert marks(city, on="2020-05-18") == {"n1": "present", "n2": "absent"}
    assert (hours(city, "n1"), hours(city, "n2")) == ((0, 4, 1), (4, 0, 0))


def test_a_term_that_comes_back_to_its_days_has_what_was_noted_on_them(city: City, clock: StillClock) -> None:
    two_days_missed(city, clock)
    move(city, 2, **JUNE)
    move(city, 3)
    assert (hours(city, "n1"), hours(city, "n2"), len(taken(city))) == ((16, 0, 0), (0, 16, 4), 4)
    cases = city.ask(contract.LIST_WITHDRAWAL_CASES, ORGANISERS)["items"]
    assert sorted(case["state"] for case in cases) == ["dissolved", "open"]


@pytest.mark.parametrize("decision", ["keep", "withdraw"])
def test_what_the_organisation_department_decided_on_absence_stays_decided(
    city: City, clock: StillClock, decision: str
) -> None:
    two_days_missed(city, clock)
    decide(city, decision)
    move(city, 2, **JUNE)
    expected = {"keep": ("kept", "expected"), "withdraw": ("withdrawn", "withdrawn")}[decision]
    assert (only_case(city)["state"], states(city)["n2"]) == expected


def test_who_was_let_go_on_after_absence_and_is_absent_on_the_new_days_has_a_case_again(
    city: City, clock: StillClock
) -> None:
    two_days_missed(city, clock)
    decide(city, "keep")
    move(city, 2, **JUNE)
    issue(city, date(2020, 6, 8), 2)
    clock.set(at(7, "15:00", month=6))
    city.check_in("n1", "n2")
    clock.set(at(9, "18:00", month=6))
    for name in MISSED:
        city.roll(f"s-{name}", n2="absent")
    assert hours(city, "n2") == (0, 16, 4)
    assert case_states(city) == ["open", "kept"], "as much as before, but not the same"


def test_a_word_on_absence_stands_while_the_days_it_is_about_count(city: City, clock: StillClock) -> None:
    two_days_missed(city, clock)
    decide(city, "keep")
    move(city, 2, ends_on="2020-05-25")
    assert case_states(city) == ["kept"]
    move(city, 3, **JUNE)
    move(city, 4)
    assert (hours(city, "n2"), case_states(city)) == ((0, 16, 4), ["kept"])


def test_who_was_let_in_late_and_misses_the_new_days_too_waits_for_another_word(city: City, clock: StillClock) -> None:
    city.open_term()
    admit(city, "n1")
    clock.set(at(21))
    city.harness.tick("due", at(21))
    decide(city, "keep")
    move(city, 2, **JUNE)
    assert states(city) == {"n1": "expected"}
    clock.set(at(11, "08:00", month=6))
    assert city.check_in("n1")["items"][0]["problem"]["code"] == "lapsed", "before anybody has looked"
    city.harness.tick("due", at(11, "08:00", month=6))
    assert case_states(city) == ["open", "kept"]
    assert city.check_in("n1")["items"][0]["problem"]["code"] == "lapsed"
    decide(city, "keep")
    assert city.check_in("n1")["done"] == 1


def test_a_term_that_is_made_longer_keeps_every_mark_and_everybody_who_is_there(city: City, clock: StillClock) -> None:
    two_days_missed(city, clock)
    move(city, 2, ends_on="2020-05-25")
    assert (hours(city, "n1"), hours(city, "n2"), only_case(city)["state"]) == ((16, 0, 0), (0, 16, 4), "open")
    assert states(city) == {"n1": "reported", "n2": "reported"}


def admit(city: City, *nominations: str) -> None:
    city.harness.deliver(ROSTER_ADMITTED, roster(*nominations))


def test_who_did_not_report_is_missed_by_the_new_days_only_though_rolls_were_taken(
    city: City, clock: StillClock
) -> None:
    city.open_term()
    admit(city, "n1", "n2")
    clock.set(at(17, "15:00"))
    city.check_in("n1")
    clock.set(at(19, "12:00"))
    city.roll("s-0519-morning")
    clock.set(at(21))
    city.harness.tick("due", at(21))
    assert states(city) == {"n1": "reported", "n2": "not_reported"}
    move(city, 2, starts_on="2020-05-19", ends_on="2020-05-25", reports_on="2020-05-18")
    assert states(city) == {"n1": "reported", "n2": "expected"}, "the roll of the 19th counts"
    assert only_case(city)["state"] == "dissolved"
    clock.set(at(21, "23:59:59"))
    city.harness.tick("due", at(21, "23:00"))
    assert states(city)["n2"] == "expected"
    clock.set(at(22))
    city.harness.tick("due", at(22))
    assert states(city)["n2"] == "not_reported"
    move(city, 3, starts_on="2020-05-18", ends_on="2020-05-25", reports_on="2020-05-17")
    cases = city.ask(contract.LIST_WITHDRAWAL_CASES, ORGANISERS)["items"]
    assert (states(city)["n2"], sorted(case["state"] for case in cases)) == ("not_reported", ["dissolved", "open"])
    assert len(city.harness.emitted(contract.TRAINEE_NOT_REPORTED)) == 2
    move(city, 4, **JUNE)
    assert states(city) == {"n1": "expected", "n2": "expected"}


def test_nobody_is_missed_of_a_journey_that_the_term_moved_away_from(city: City, clock: StillClock) -> None:
    city.open_term()
    admit(city, "n1", "n2", "n3")
    plan = {"term_id": "term_1", "unit_id": "jiangcheng.donghu", "leg": "out", "assembly_place": "东湖区政府东门"}
    times = {"departs_at": at(17, "13:00").isoformat(), "arrives_by": at(17, "15:00").isoformat()}
    batch = city.ask(contract.PLAN_TRAVEL, DONGHU, **plan, **times, nomination_ids=["n1", "n2", "n3"])
    clock.set(at(17, "16:00"))
    city.harness.tick("watch", at(17, "16:00"))
    word = {"batch_id": batch["batch_id"], "nomination_id": "n3", "note": "未出发，单位已联系到本人"}
    city.ask(contract.REPORT_FOUND, DONGHU, **word)
    assert len(city.ask(contract.LIST_TRAVEL, ORGANISERS, missing=True)["items"]) == 1
    city.harness.take()
    move(city, 2, **JUNE)
    assert city.ask(contract.LIST_TRAVEL, ORGANISERS, missing=True)["items"] == []
    after = city.ask(contract.GET_TRAVEL_BATCH, DONGHU, batch_id=batch["batch_id"])
    assert (after["cancelled"], [each["whereabouts"] for each in after["passengers"]]) == (
        True, ["dropped", "dropped", "found"],
    )  # fmt: skip
    assert all(each["was_missing"] for each in after["passengers"]), "that the alarm was raised stays on record"
    clock.set(at(7, "15:00", month=6))
    city.check_in("n1", "n2")
    assert city.harness.emitted(contract.PERSON_FOUND) == [], "nobody was lost"


def test_the_first_roll_keeps_the_name_by_which_the_release_before_this_one_finds_it(
    city: City, clock: StillClock
) -> None:
    two_days_missed(city, clock)
    row = city.harness.store.view(Context(caller=service_caller("test"))).rows(ROLLS).get(f"term_1/{FIRST}")
    assert row["marks"]
