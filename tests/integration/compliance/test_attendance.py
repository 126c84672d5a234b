"""Rolls: taken once a session, corrected with a reason, summed up for everybody."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any

import pytest

from services.compliance import contract
from services.enrollment.contract import NOMINATION_WITHDRAWN, ROSTER_ADMITTED
from services.scheduling.contract import TIMETABLE_ISSUED
from shared.errors import Forbidden, Invalid, NotFound, StaleVersion
from tests.fixtures.clock import StillClock
from tests.integration.compliance.compliance_city import (
    DONGHU,
    NANSHAN,
    ORGANISERS,
    SCHOOL,
    City,
    at,
    roster,
    session,
    timetable,
    trainee,
    week,
)


def test_a_roll_is_one_command_and_tells_once(city: City, clock: StillClock) -> None:
    city.open_term("n1", "n2", "n3")
    clock.set(at(18, "09:05"))
    report = city.roll("s-0518-morning", n2="late", n3="absent")
    assert (report["complete"], report["missing"]) == (True, [])
    expected = {"present": 1, "late": 1, "left_early": 0, "leave": 0, "absent": 1}
    assert report["counts"] == expected
    (event,) = city.harness.emitted(contract.ATTENDANCE_RECORDED)
    assert {name: event.data[name] for name in expected} == expected
    sums = city.sums("n2")
    assert (sums["attended_hours"], sums["late"], sums["total_hours"], sums["allowance"]) == (4, 1, 40, 5)
    assert (city.sums("n3")["absent_hours"], city.sums("n3")["absent_half_days"]) == (4, 1)


def test_a_roll_without_a_word_on_the_others_says_who_is_missing(city: City, clock: StillClock) -> None:
    city.open_term("n1", "n2")
    clock.set(at(18, "09:05"))
    report = city.roll("s-0518-morning", others=None, n1="present")
    assert (report["complete"], report["missing"]) == (False, ["n2"])
    assert city.harness.emitted(contract.ATTENDANCE_RECORDED) == []
    assert city.roll("s-0518-morning", others=None, n2="present")["complete"] is True


def test_the_roll_opens_with_its_session_by_the_timetable(city: City, clock: StillClock) -> None:
    city.open_term("n1")
    clock.set(at(18, "08:39:59"))
    with pytest.raises(contract.OutsideWindow):
        city.roll("s-0518-morning")
    clock.set(at(18, "08:40"))
    assert city.roll("s-0518-morning")["complete"] is True
    with pytest.raises(contract.OutsideWindow):
        city.roll("s-0518-afternoon")


def test_a_correction_needs_a_reason_and_keeps_what_stood(city: City, clock: StillClock) -> None:
    city.open_term("n1", "n2")
    clock.set(at(18, "09:05"))
    city.roll("s-0518-morning", n1="absent")
    refused = city.roll("s-0518-morning", others=None, n1="present")
    assert refused["items"][0]["problem"]["code"] == "reason-needed"
    assert city.sums("n1")["absent_hours"] == 4
    city.roll("s-0518-morning", others=None, n1="late", reason="值班老师证明九点零三分到")
    sums = city.sums("n1")
    assert (sums["absent_hours"], sums["attended_hours"], sums["late"]) == (0, 4, 1)
    roll = city.ask(contract.GET_ROLL, SCHOOL, term_id="term_1", session_id="s-0518-morning")
    (kept,) = roll["corrections"]
    assert (kept["before"], kept["after"], kept["by"]) == ("absent", "late", "account:dangxiao")
    assert len(city.harness.emitted(contract.ATTENDANCE_RECORDED)) == 2


def test_the_same_roll_again_changes_nothing(city: City, clock: StillClock) -> None:
    city.open_term("n1", "n2")
    clock.set(at(18, "09:05"))
    first = city.roll("s-0518-morning", n1="absent")
    again = city.roll("s-0518-morning", n1="absent")
    assert again["version"] == first["version"]
    assert len(city.harness.emitted(contract.ATTENDANCE_RECORDED)) == 1
    assert city.sums("n1")["absent_hours"] == 4


def test_times_of_coming_and_going_become_marks(city: City, clock: StillClock) -> None:
    city.open_term("n1", "n2", "n3", "n4")
    clock.set(at(18, "12:30"))
    times = [("n1", "09:00", None), ("n2", "09:00:01", "11:59"), ("n3", "09:31", None), ("n4", "08:50", "11:59")]
    marks = [
        {
            "nomination_id": nomination,
            "came_at": at(18, came).isoformat(),
            "left_at": left and at(18, left).isoformat(),
        }
        for nomination, came, left in times
    ]
    request: dict[str, Any] = {"term_id": "term_1", "session_id": "s-0518-morning", "marks": marks}
    report = city.ask(contract.RECORD_ATTENDANCE, SCHOOL, **request)
    assert [item["status"] for item in report["items"]] == ["present", "late", "absent", "left_early"]
    assert report["counts"]["left_early"] == 2
    both = {"nomination_id": "n1", "status": "present", "came_at": at(18).isoformat()}
    with pytest.raises(Invalid):
        city.ask(contract.RECORD_ATTENDANCE, SCHOOL, **{**request, "marks": [both]})


def test_who_has_not_checked_in_is_absent_and_cannot_be_present(city: City, clock: StillClock) -> None:
    city.open_term("n1")
    city.harness.deliver(ROSTER_ADMITTED, roster("n2"))
    clock.set(at(18, "09:05"))
    report = city.roll("s-0518-morning", n2="present")
    assert report["items"][0]["problem"]["code"] == "not-checked-in"
    assert report["missing"] == ["n2"]
    assert city.roll("s-0518-morning")["counts"]["absent"] == 1


def test_who_withdrew_or_joined_later_is_not_on_the_roll(city: City, clock: StillClock) -> None:
    city.open_term("n1", "n2")
    gone = {"nomination_id": "n2", "term_id": "term_1", "unit_id": "jiangcheng.donghu", "reason_code": "duty"}
    city.harness.deliver(NOMINATION_WITHDRAWN, {**gone, "was_admitted": True})
    clock.set(at(19, "09:05"))
    city.harness.deliver(ROSTER_ADMITTED, roster("n3"))
    assert city.roll("s-0518-morning", n2="present")["items"][0]["problem"]["code"] == "withdrawn"
    roll = city.ask(contract.GET_ROLL, SCHOOL, term_id="term_1", session_id="s-0518-morning")
    assert ([mark["nomination_id"] for mark in roll["marks"]], roll["complete"]) == (["n1"], True)


def test_sessions_missed_in_a_row_are_announced_once(city: City, clock: StillClock) -> None:
    city.open_term("n1", "n2")
    clock.set(at(19, "18:00"))
    city.roll("s-0518-morning", n1="absent")
    assert city.harness.emitted(contract.ABSENCE_ALERTED) == []
    city.roll("s-0518-afternoon", n1="absent")
    city.roll("s-0519-morning", n1="absent")
    (event,) = city.harness.emitted(contract.ABSENCE_ALERTED)
    assert (event.data["nomination_id"], event.data["sessions"]) == ("n1", 2)


def test_two_days_of_absence_call_for_withdrawal_and_one_and_a_half_do_not(city: City, clock: StillClock) -> None:
    city.open_term("n1")
    clock.set(at(20, "18:00"))
    for name in ("0518-morning", "0518-afternoon", "0519-morning"):
        city.roll(f"s-{name}", n1="absent")
    assert city.ask(contract.LIST_WITHDRAWAL_CASES, ORGANISERS)["items"] == []
    city.roll("s-0520-afternoon", n1="absent")
    (case,) = city.ask(contract.LIST_WITHDRAWAL_CASES, ORGANISERS)["items"]
    assert (case["cause"], case["threshold"], case["figures"]["absent_half_days"]) == ("absence_limit", True, 4)
    city.roll("s-0519-morning", others=None, n1="present", reason="更正")
    (case,) = city.ask(contract.LIST_WITHDRAWAL_CASES, ORGANISERS)["items"]
    assert case["state"] == "dissolved"


def test_a_session_that_falls_away_takes_its_hours_with_it(city: City, clock: StillClock) -> None:
    city.open_term("n1")
    clock.set(at(18, "18:00"))
    city.roll("s-0518-morning")
    city.roll("s-0518-afternoon", n1="absent")
    left = [each for each in week() if each["session_id"] != "s-0518-afternoon"]
    city.harness.deliver(TIMETABLE_ISSUED, timetable(left, version=2))
    sums = city.sums("n1")
    assert (sums["total_hours"], sums["attended_hours"], sums["absent_hours"]) == (36, 4, 0)
    city.harness.deliver(TIMETABLE_ISSUED, timetable(week(), version=1))
    assert city.sums("n1")["total_hours"] == 36
    rolls = city.ask(contract.LIST_ROLLS, SCHOOL, term_id="term_1")
    assert (rolls["timetable_version"], len(rolls["items"]), rolls["items"][0]["taken"]) == (2, 9, True)


def test_unknown_sessions_and_a_term_without_timetable_are_refused(city: City, clock: StillClock) -> None:
    city.open_term("n1", sessions=[session(date(2020, 5, 18), "morning")])
    with pytest.raises(NotFound):
        city.roll("s-nowhere")
    with pytest.raises(contract.TimetableMissing):
        city.ask(contract.LIST_ROLLS, SCHOOL, term_id="term_9")


def test_a_stale_roll_is_refused(city: City, clock: StillClock) -> None:
    city.open_term("n1")
    clock.set(at(18, "09:05"))
    city.roll("s-0518-morning", n1="absent")
    city.roll("s-0518-morning", others=None, n1="late", reason="更正")
    request = {"term_id": "term_1", "session_id": "s-0518-morning", "others": "present"}
    with pytest.raises(StaleVersion):
        city.harness.call(contract.RECORD_ATTENDANCE, request, caller=SCHOOL, expected_version=1)


def test_a_unit_sees_only_its_own_people_and_takes_no_roll(city: City, clock: StillClock) -> None:
    city.open_term("n1")
    city.harness.deliver(ROSTER_ADMITTED, roster("n2", unit="jiangcheng.nanshan"))
    clock.set(at(18, "09:05"))
    city.roll("s-0518-morning")
    roll = city.ask(contract.GET_ROLL, NANSHAN, term_id="term_1", session_id="s-0518-morning")
    assert [mark["nomination_id"] for mark in roll["marks"]] == ["n2"]
    listed = city.ask(contract.LIST_ATTENDANCE, DONGHU, term_id="term_1")["items"]
    assert [item["nomination_id"] for item in listed] == ["n1"]
    request = {"term_id": "term_1", "session_id": "s-0518-morning", "others": "present"}
    for caller in (DONGHU, ORGANISERS, trainee("n1")):
        with pytest.raises(Forbidden):
            city.ask(contract.RECORD_ATTENDANCE, caller, **request)


def test_rolls_taken_at_once_all_count(city: City, clock: StillClock) -> None:
    city.open_term("n1", "n2")
    clock.set(at(22, "18:00"))
    start, broken = threading.Barrier(4), []

    def take(session_id: str) -> None:
        start.wait()
        try:
            city.roll(session_id, n1="absent")
        except Exception as trouble:
            broken.append(trouble)

    names = ["s-0518-morning", "s-0518-afternoon", "s-0520-morning", "s-0522-afternoon"]
    threads = [threading.Thread(target=take, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []
    assert (city.sums("n1")["absent_hours"], city.sums("n2")["attended_hours"]) == (16, 16)
