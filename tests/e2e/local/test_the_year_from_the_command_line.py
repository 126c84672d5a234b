"""The year's account, number by number against the figures that the services give of the same year."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deploy.local.gateway_client import GatewayClient
from deploy.local.main_line import begin
from deploy.local.stack_child import StackChild
from services.compliance.contract import GET_COMPLIANCE_FIGURES
from services.compliance.contract.closing import VERIFY_TERM_ARCHIVE
from services.enrollment.contract import GET_ENROLLMENT_FIGURES
from services.enrollment.contract.conditions import GET_CONDITIONS
from services.enrollment.contract.matches import LIST_PERSON_MATCHES
from services.notification.contract import LETTERS_SUMMARY, LIST_ISSUERS, LIST_LETTERS
from services.notification.contract.certificates import CERTIFICATES_SUMMARY
from services.notification.contract.messages import LIST_DISPATCHES
from services.outcomes.contract import GET_OUTCOMES_FIGURES
from services.outcomes.contract.reports import GET_REPORT, LIST_REPORTS
from services.scheduling.contract.plans import GET_PLAN, LIST_PLANS
from services.scheduling.contract.terms import LIST_TERMS
from services.scheduling.contract.timetables import LIST_SESSIONS

Figures = dict[str, dict[str, Any]]
FIGURES = (GET_ENROLLMENT_FIGURES, GET_COMPLIANCE_FIGURES, GET_OUTCOMES_FIGURES)


@pytest.fixture(scope="module")
def gateway(first: tuple[dict[str, Any], Path], var: Path, small_sample: Path) -> Iterator[GatewayClient]:
    stack = StackChild(var, port=0)
    journey = begin(stack.start(), small_sample)
    yield journey.gateway
    journey.cast.close()
    journey.gateway.close()
    stack.stop()


@pytest.fixture(scope="module")
def figures(gateway: GatewayClient) -> Figures:
    (plan,) = gateway.pages(LIST_PLANS, {})
    found = [gateway.call(operation, {"plan_id": plan["plan_id"]})["figures"] for operation in FIGURES]
    return {each["key"]: each for some in found for each in some}


@pytest.fixture
def summary(first: tuple[dict[str, Any], Path]) -> dict[str, Any]:
    return first[0]


def total(figures: Figures, key: str, column: str) -> float:
    return sum(row[column] for row in figures[key]["rows"])


def test_one_replacement_in_time_one_late_refused_one_late_let_through(
    summary: dict[str, Any], figures: Figures
) -> None:
    assert summary["replacements"] == {"on_time": 1, "late_refused": 1, "late_approved": 1}
    counted = {key: total(figures, "replacements", key) for key in ("approved", "late_refused", "late_approved")}
    assert list(counted.values()) == [1, 1, 1]


def test_leave_reaches_the_limit_once_and_passes_it_once(summary: dict[str, Any], figures: Figures) -> None:
    assert summary["leave"] == {"granted": 2, "at_the_limit": 1, "beyond_the_limit": 1}
    assert summary["withdrawn"] == figures["withdrawals"]["value"] == 1
    assert total(figures, "attendance", "leave_hours") > 0
    assert summary["attendance"]["hours"] == total(figures, "attendance", "attended_hours")
    assert summary["attendance"]["late"] > 0


def test_terms_were_postponed_and_lie_outside_the_closed_weeks(summary: dict[str, Any], gateway: GatewayClient) -> None:
    terms = list(gateway.pages(LIST_TERMS, {}))
    assert summary["postponed"] == sum(term["retiming_id"] is not None for term in terms) > 0
    assert not [term for term in terms if "2020-06-15" <= term["starts_on"] <= "2020-06-24"]


def test_people_travelled_one_was_missing_and_everybody_is_back(summary: dict[str, Any], figures: Figures) -> None:
    assert {row["leg"]: row["missing"] for row in figures["travel"]["rows"]} == {"out": 1, "back": 0}
    back = summary["returned_to_post"]
    assert back["late"] > 0
    assert back["units"] - back["late"] == figures["returns"]["value"]
    assert back["people"] > 0


def test_questions_reports_and_proposals_went_their_way(summary: dict[str, Any], figures: Figures) -> None:
    assert 0 < summary["questions"]["answered"] <= summary["questions"]["filed"]
    assert summary["questions"]["filed"] == total(figures, "question_coverage", "filed")
    assert summary["reports"] == figures["report_grades"]["value"] > 0
    assert summary["proposals"] == {"filed": 3, "adopted": 2}
    followed = [row for row in figures["proposal_follow_ups"]["rows"] if row["month"] == 6]
    assert followed
    assert summary["proposals"]["adopted"] == total(figures, "proposal_adoption", "adopted") + total(
        figures, "proposal_adoption", "partly_adopted"
    )


def test_the_money_balances(summary: dict[str, Any], figures: Figures) -> None:
    fees = summary["fees"]
    owed = total(figures, "fees", "outstanding")
    assert fees["assessed"] == figures["fees"]["value"]
    assert fees["assessed"] == pytest.approx(fees["paid"] - fees["refunded"] + owed)
    assert fees["refunded"] > 0


def test_health_declarations_are_gone_with_proof(figures: Figures) -> None:
    causes = {row["cause"] for row in figures["health_purged"]["rows"]}
    assert causes == {"expired", "consent_withdrawn"}


def test_a_nomination_was_corrected_and_its_two_names_confirmed_as_one_person(gateway: GatewayClient) -> None:
    (match,) = gateway.pages(LIST_PERSON_MATCHES, {"state": "same"})
    assert match["kind"] == "names"
    assert {side["state"] for side in match["sides"]} <= {"admitted", "accepted"}
    first = gateway.call(GET_PLAN, {"plan_id": next(iter(gateway.pages(LIST_PLANS, {})))["plan_id"]})["programmes"][0]
    assert gateway.call(GET_CONDITIONS, {"scope_id": first["programme_id"]})["lowest"] is not None


def test_transfer_letters_went_out_after_they_were_signed_off(gateway: GatewayClient) -> None:
    letters = gateway.call(LETTERS_SUMMARY, {})
    assert letters["transfer"]["issued"] > 0
    assert not list(gateway.pages(LIST_LETTERS, {"state": "printed", "current": True}))
    assert {row["kind"] for row in gateway.call(LIST_ISSUERS, {})["items"] if row["sign_off"]} == {"transfer"}


def test_one_lecture_was_held_for_two_terms_together(gateway: GatewayClient) -> None:
    sessions = gateway.call(LIST_SESSIONS, {"from_day": "2020-01-01", "to_day": "2020-12-31"})["items"]
    joint = [each for each in sessions if each["joint_id"]]
    assert len({each["term_id"] for each in joint}) == len(joint) == 2
    assert len({(each["joint_id"], each["on"], each["half"], each["room_id"]) for each in joint}) == 1


def test_somebody_was_absent_and_a_grade_was_objected_to(summary: dict[str, Any], gateway: GatewayClient) -> None:
    assert summary["attendance"]["absent_hours"] > 0
    graded = gateway.pages(LIST_REPORTS, {"state": "graded"})
    told = [gateway.call(GET_REPORT, {"report_id": row["report_id"]}) for row in graded]
    assert [row["objection"]["upheld"] for row in told if row["objection"]] == [False]


def test_a_lost_certificate_was_replaced(summary: dict[str, Any], gateway: GatewayClient) -> None:
    counted = gateway.call(CERTIFICATES_SUMMARY, {})
    assert counted["replaced"] == 1
    assert counted["issued"] == summary["certificates"] > 0


def test_archives_hold_what_was_sealed(summary: dict[str, Any], gateway: GatewayClient, figures: Figures) -> None:
    sealed = 0
    for term in gateway.pages(LIST_TERMS, {}):
        try:
            sealed += gateway.call(VERIFY_TERM_ARCHIVE, {"term_id": term["term_id"]})["holds"]
        except Exception:
            continue  # not closed
    assert summary["archives"] == sealed > 0
    assert figures["completions"]["value"] > 0


def test_a_bounced_message_climbed_the_ladder(gateway: GatewayClient) -> None:
    rows = list(gateway.pages(LIST_DISPATCHES, {"channel": "simulated_sms"}))
    assert rows
