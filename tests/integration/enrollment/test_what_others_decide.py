"""What compliance announces and decides: seats are freed, and the state says why."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.compliance import contract as compliance
from services.compliance.contract import TRAINEE_NOT_REPORTED, TRAINEE_WITHDRAWN
from services.compliance.service import ComplianceService
from services.compliance.store import SCHEMA as COMPLIANCE_STORE
from services.enrollment import contract
from services.scheduling.contract import TERM_PLACED
from shared.errors import Unavailable
from shared.runtime.testing import ServiceHarness
from tests.fixtures.clock import StillClock
from tests.fixtures.store import MakeStore
from tests.integration.compliance.compliance_city import ORGANISERS, SCHOOL, TERM
from tests.integration.enrollment.conftest import OPENING, Desk
from tests.integration.enrollment.replacing import approve, ask, at, carry_out, check_invariants, shown, steps
from tests.integration.enrollment.two_terms import seated, state, two_terms


@pytest.fixture
def city(desk: Desk) -> Desk:
    return two_terms(desk)


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
