"""Check-in: by the Party school, by each person's own window, and what happens to who does not come."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from services.compliance import contract
from services.enrollment.contract import NOMINATION_WITHDRAWN, ROSTER_ADMITTED
from services.scheduling.contract import TERM_MOVED, TERM_PLACED
from shared.calendar import LAST_YEAR, CalendarUnknown
from shared.clock import CITY_ZONE
from shared.errors import Forbidden
from tests.fixtures.clock import StillClock
from tests.integration.compliance.compliance_city import (
    AUDITOR,
    DONGHU,
    NANSHAN,
    ORGANISERS,
    SCHOOL,
    TERM,
    City,
    at,
    roster,
    trainee,
    week,
)


def states(city: City, **more: Any) -> dict[str, str]:
    items = city.ask(contract.LIST_CHECK_INS, more.pop("caller", SCHOOL), term_id="term_1", **more)["items"]
    return {item["nomination_id"]: item["state"] for item in items}


def admitted(city: City, *nominations: str) -> None:
    city.harness.deliver(TERM_PLACED, TERM)
    city.harness.deliver(ROSTER_ADMITTED, roster(*nominations))


def test_a_batch_checks_in_row_by_row(city: City, clock: StillClock) -> None:
    admitted(city, "n1", "n2")
    city.harness.take()
    clock.set(at(17, "14:10"))
    report = city.check_in("n1", "stranger", "n2", "n1")
    assert (report["done"], report["left"]) == (2, 1)
    assert report["items"][1]["problem"]["code"] == "not-found"
    assert states(city) == {"n1": "reported", "n2": "reported"}
    assert [each.data["nomination_id"] for each in city.harness.emitted(contract.TRAINEE_CHECKED_IN)] == ["n1", "n2"]
    assert city.check_in("n1")["done"] == 1
    assert len(city.harness.emitted(contract.TRAINEE_CHECKED_IN)) == 2


@pytest.mark.parametrize(
    ("arrived", "late"), [("17:59:59", False), ("18:00:00", False), ("18:00:01", True), ("23:59:59", True)]
)
def test_the_hour_itself_is_in_time_and_no_second_falls_between(
    city: City, clock: StillClock, arrived: str, late: bool
) -> None:
    admitted(city, "n1")
    clock.set(at(17, arrived))
    assert city.check_in("n1")["done"] == 1
    (row,) = city.ask(contract.LIST_CHECK_INS, SCHOOL, term_id="term_1")["items"]
    assert (row["late"], row["last_on"]) == (late, "2020-05-20")


def test_it_is_too_early_before_the_window_opens_and_a_future_arrival_is_refused(city: City, clock: StillClock) -> None:
    admitted(city, "n1")
    clock.set(at(16, "00:00") - timedelta(seconds=1))
    assert city.check_in("n1")["items"][0]["problem"]["code"] == "too-early"
    request = {"term_id": "term_1", "nomination_ids": ["n1"], "arrived_at": at(17).isoformat()}
    with pytest.raises(contract.OutsideWindow):
        city.ask(contract.CHECK_IN_TRAINEES, SCHOOL, **request)
    clock.set(at(16, "00:00"))
    assert city.check_in("n1")["done"] == 1


def test_the_last_second_of_grace_counts_and_the_next_one_lapses(city: City, clock: StillClock) -> None:
    admitted(city, "n1", "n2")
    clock.set(at(20, "23:59:59"))
    city.harness.tick("due", at(20, "23:00"))
    assert city.check_in("n1")["done"] == 1
    clock.set(at(21, "00:00"))
    city.harness.tick("due", at(21, "00:00"))
    assert states(city) == {"n1": "reported", "n2": "not_reported"}
    (event,) = city.harness.emitted(contract.TRAINEE_NOT_REPORTED)
    assert event.data["nomination_id"] == "n2"
    assert city.check_in("n2")["items"][0]["problem"]["code"] == "lapsed"
    city.harness.tick("due", at(21, "01:00"))
    assert len(city.harness.emitted(contract.TRAINEE_NOT_REPORTED)) == 1


def test_who_did_not_report_is_kept_or_withdrawn_by_the_organisation_department(city: City, clock: StillClock) -> None:
    admitted(city, "n1", "n2")
    clock.set(at(21))
    city.harness.tick("due", at(21))
    cases = city.ask(contract.LIST_WITHDRAWAL_CASES, ORGANISERS, state="open")["items"]
    assert {case["cause"] for case in cases} == {"not_reported"}
    by_person = {case["nomination_id"]: case["case_id"] for case in cases}
    word = {"approver": "李部长", "reason": "核实"}
    city.ask(contract.DECIDE_WITHDRAWAL, ORGANISERS, case_id=by_person["n1"], decision="keep", **word)
    city.ask(contract.DECIDE_WITHDRAWAL, ORGANISERS, case_id=by_person["n2"], decision="withdraw", **word)
    assert city.check_in("n1")["done"] == 1
    assert city.check_in("n2")["items"][0]["problem"]["code"] == "withdrawn"
    (event,) = city.harness.emitted(contract.TRAINEE_WITHDRAWN)
    assert event.data["reason_code"] == "not_reported"


def test_an_arrival_in_time_that_is_entered_late_leaves_nothing_to_decide(city: City, clock: StillClock) -> None:
    admitted(city, "n1")
    clock.set(at(21, "00:30"))
    city.harness.tick("due", at(21, "00:00"))
    came = {"term_id": "term_1", "nomination_ids": ["n1"], "arrived_at": at(20, "20:00").isoformat()}
    assert city.ask(contract.CHECK_IN_TRAINEES, SCHOOL, **came)["done"] == 1
    (case,) = city.ask(contract.LIST_WITHDRAWAL_CASES, ORGANISERS)["items"]
    assert case["state"] == "dissolved"


def on_leave(city: City, *, granted: bool) -> None:
    """Nobody of a long term has come; ``n1`` asked for leave from its first day to the fourth."""
    city.open_term(sessions=week(days=30), term={**TERM, "ends_on": "2020-06-19", "days": 33})
    city.harness.deliver(ROSTER_ADMITTED, roster("n1"))
    leave = city.leave("n1", (18, "morning"), (21, "afternoon"), by=SCHOOL)
    if granted:
        city.grant(leave)


def test_the_days_of_grace_count_from_the_end_of_granted_leave(city: City, clock: StillClock) -> None:
    on_leave(city, granted=True)
    clock.set(at(22, "00:00"))
    city.harness.tick("due", at(22, "00:00"))
    (row,) = city.ask(contract.LIST_CHECK_INS, SCHOOL, term_id="term_1")["items"]
    assert (row["state"], row["last_on"]) == ("expected", "2020-05-24")
    assert city.harness.emitted(contract.TRAINEE_NOT_REPORTED) == []
    clock.set(at(22, "08:00"))
    assert city.check_in("n1")["done"] == 1


def test_who_is_not_back_in_the_days_after_leave_lapses_and_who_ended_it_has_those_after_that(
    city: City, clock: StillClock
) -> None:
    on_leave(city, granted=True)
    (leave,) = city.ask(contract.LIST_LEAVES, SCHOOL, term_id="term_1")["items"]
    clock.set(at(19, "20:00"))
    city.ask(contract.CANCEL_LEAVE, SCHOOL, leave_id=leave["leave_id"])
    clock.set(at(22, "23:59:59"))
    city.harness.tick("due", at(22, "23:00"))
    assert states(city) == {"n1": "expected"}
    clock.set(at(23, "00:00"))
    city.harness.tick("due", at(23, "00:00"))
    assert states(city) == {"n1": "not_reported"}


def test_leave_that_was_only_asked_for_does_not_help(city: City, clock: StillClock) -> None:
    on_leave(city, granted=False)
    clock.set(at(22, "00:00"))
    city.harness.tick("due", at(22, "00:00"))
    assert states(city) == {"n1": "not_reported"}
    assert city.check_in("n1")["items"][0]["problem"]["code"] == "lapsed"


def test_a_late_joiner_has_days_of_grace_of_their_own(city: City, clock: StillClock) -> None:
    admitted(city, "n1")
    clock.set(at(21))
    city.harness.tick("due", at(21))
    city.harness.deliver(ROSTER_ADMITTED, roster("n9"))
    city.harness.tick("due", at(21, "10:00"))
    assert states(city)["n9"] == "expected"
    clock.set(at(24, "23:59:59"))
    assert city.check_in("n9")["done"] == 1


def test_a_moved_term_moves_the_window(city: City, clock: StillClock) -> None:
    admitted(city, "n1")
    moved = {"starts_on": "2020-06-08", "ends_on": "2020-06-12", "reports_on": "2020-06-07", "version": 2}
    city.harness.deliver(TERM_MOVED, {**TERM, **moved})
    clock.set(at(21))
    city.harness.tick("due", at(21))
    assert states(city) == {"n1": "expected"}
    clock.set(at(7, "15:00", month=6))
    assert city.check_in("n1")["done"] == 1


def test_a_term_postponed_after_its_reporting_day_expects_everybody_anew(city: City, clock: StillClock) -> None:
    admitted(city, "n1", "n2")
    clock.set(at(17, "15:00"))
    city.check_in("n1")
    clock.set(at(21))
    city.harness.tick("due", at(21))
    assert states(city) == {"n1": "reported", "n2": "not_reported"}
    moved = {"starts_on": "2020-06-08", "ends_on": "2020-06-12", "reports_on": "2020-06-07", "version": 2}
    city.harness.deliver(TERM_MOVED, {**TERM, **moved})
    assert states(city) == {"n1": "expected", "n2": "expected"}
    (case,) = city.ask(contract.LIST_WITHDRAWAL_CASES, ORGANISERS)["items"]
    assert case["state"] == "dissolved"
    clock.set(at(7, "15:00", month=6))
    assert city.check_in("n1", "n2")["done"] == 2


@pytest.mark.parametrize("withdrawn_first", [False, True])
def test_a_withdrawal_holds_whichever_news_came_first(city: City, withdrawn_first: bool) -> None:
    city.harness.deliver(TERM_PLACED, TERM)
    gone = {"nomination_id": "n2", "term_id": "term_1", "unit_id": "jiangcheng.donghu", "reason_code": "illness"}
    news = [(ROSTER_ADMITTED, roster("n1", "n2")), (NOMINATION_WITHDRAWN, {**gone, "was_admitted": True})]
    for event, data in reversed(news) if withdrawn_first else news:
        city.harness.deliver(event, data)
    assert states(city) == {"n1": "expected", "n2": "withdrawn"}


def test_units_read_their_own_people_and_only_the_school_checks_in(city: City) -> None:
    admitted(city, "n1")
    city.harness.deliver(ROSTER_ADMITTED, roster("n2", unit="jiangcheng.nanshan"))
    assert states(city, caller=NANSHAN) == {"n2": "expected"}
    with pytest.raises(Forbidden):
        city.ask(contract.LIST_CHECK_INS, NANSHAN, term_id="term_1", unit_id="jiangcheng.donghu")
    for caller in (ORGANISERS, DONGHU, AUDITOR, trainee("n1")):
        with pytest.raises(Forbidden):
            city.ask(contract.CHECK_IN_TRAINEES, caller, term_id="term_1", nomination_ids=["n1"])


def test_what_cannot_be_done_for_one_term_holds_up_no_other_and_no_deletion(city: City, clock: StillClock) -> None:
    """No holiday table tells when the returns of the first are due."""
    beyond = LAST_YEAR + 1
    last = {"starts_on": f"{LAST_YEAR}-12-28", "ends_on": f"{LAST_YEAR}-12-31", "reports_on": f"{LAST_YEAR}-12-27"}
    city.harness.deliver(TERM_PLACED, {**TERM, "term_id": "term_0", **last})
    city.harness.deliver(ROSTER_ADMITTED, roster("x1", "x2", term="term_0"))
    before = {"starts_on": f"{LAST_YEAR}-12-21", "ends_on": f"{LAST_YEAR}-12-22", "reports_on": f"{LAST_YEAR}-12-20"}
    city.harness.deliver(TERM_PLACED, {**TERM, **before})
    city.harness.deliver(ROSTER_ADMITTED, roster("n1"))
    well = {"purpose": "entry_check", "consent": True, "fit": True, "symptoms": False, "contact": False}
    city.ask(contract.DECLARE_MY_HEALTH, trainee("n1"), **well)
    clock.set(datetime(LAST_YEAR, 12, 28, 8, tzinfo=CITY_ZONE))
    city.ask(contract.CHECK_IN_TRAINEES, SCHOOL, term_id="term_0", nomination_ids=["x1"])
    clock.set(datetime(beyond, 1, 5, 9, tzinfo=CITY_ZONE))
    with pytest.raises(CalendarUnknown):
        city.harness.tick("due", clock.now())
    missed = {each.data["nomination_id"] for each in city.harness.emitted(contract.TRAINEE_NOT_REPORTED)}
    assert missed == {"x2", "n1"}
    (purged,) = city.harness.emitted(contract.HEALTH_PURGED)
    assert purged.data["term_id"] == "term_1"
