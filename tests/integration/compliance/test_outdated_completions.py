"""Completions whose ground has changed since they were judged: neither confirmed nor closed upon, and judged anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.compliance import contract
from services.compliance.service import ComplianceService
from services.compliance.store.completion import COMPLETIONS
from services.compliance.store.trainee import TRAINEES
from services.enrollment.contract import NOMINATION_WITHDRAWN
from services.outcomes.contract import REPORT_GRADED
from shared.runtime.testing import ServiceHarness
from shared.storage import Store
from tests.fixtures.clock import StillClock
from tests.integration.compliance.compliance_city import ORGANISERS, SCHOOL, City
from tests.integration.compliance.term_closing import answers, carry_out, close, graded, hold_term, judge


@pytest.fixture
def city(store: Store, clock: StillClock) -> City:
    return City(ServiceHarness(ComplianceService, store, clock=clock, answers=answers()), clock)


def correct(city: City) -> None:
    city.roll("s-0518-morning", n1="absent", reason="核对签到表后更正")


def grant_leave(city: City) -> None:
    city.grant(city.leave("n1", (18, "morning"), by=SCHOOL))


def void_the_grade(city: City) -> None:
    file = city.ask(
        contract.OPEN_INCIDENT,
        SCHOOL,
        nomination_id="n1",
        kind="authorship",
        occurred_on="2020-05-21",
        narrative="抄袭",
    )
    city.ask(
        contract.IMPOSE_SANCTION, SCHOOL,
        incident_id=file["incident_id"], step="void_grade", approver="李校长", reason="研究报告抄袭",
    )  # fmt: skip


def withdraw(city: City) -> None:
    gone = {"nomination_id": "n1", "term_id": "term_1", "unit_id": "jiangcheng.donghu", "reason_code": "conduct"}
    city.harness.deliver(NOMINATION_WITHDRAWN, {**gone, "was_admitted": True})


def grade_anew(city: City) -> None:
    city.harness.deliver(REPORT_GRADED, {**graded("n1"), "grade": "excellent"})


CHANGES = [correct, void_the_grade, withdraw, grade_anew]


def blockers(city: City) -> dict[str, int]:
    with pytest.raises(contract.NotReadyToClose) as refused:
        close(city)
    return {each["code"]: each["count"] for each in refused.value.details["blockers"]}


@pytest.mark.parametrize("change", CHANGES)
def test_a_term_does_not_close_on_a_completion_that_no_longer_holds(city: City, change: Callable[[City], None]) -> None:
    hold_term(city, "n1", "n2")
    judge(city)
    change(city)
    assert blockers(city) == {"completion-outdated": 1}
    judge(city)
    close(city)
    carry_out(city, set())
    assert city.ask(contract.GET_CLOSING, SCHOOL, term_id="term_1")["state"] == "closed"


@pytest.mark.parametrize("change", CHANGES)
def test_what_no_longer_holds_is_not_confirmed(city: City, change: Callable[[City], None]) -> None:
    hold_term(city, "n1", "n2")
    city.ask(contract.DECIDE_COMPLETION, SCHOOL, term_id="term_1")
    change(city)
    with pytest.raises(contract.CompletionOutdated) as refused:
        city.ask(contract.CONFIRM_COMPLETION, ORGANISERS, term_id="term_1", approver="李部长")
    assert refused.value.details["nomination_ids"] == ["n1"]
    assert city.harness.emitted(contract.COMPLETION_DECIDED) == []
    assert judge(city)["confirmed"] == 2


def test_leave_granted_afterwards_for_what_was_missed_is_judged_anew(city: City) -> None:
    hold_term(city, "n1", n1="s-0518-morning")
    judge(city)
    grant_leave(city)
    assert blockers(city) == {"completion-outdated": 1}
    judge(city)
    assert close(city)["state"] == "closing"


def test_a_grade_that_comes_meanwhile_does_not_keep_the_others_from_being_confirmed(city: City) -> None:
    hold_term(city, "n1", "n2", grades=False)
    city.harness.deliver(REPORT_GRADED, graded("n2"))
    city.ask(contract.DECIDE_COMPLETION, SCHOOL, term_id="term_1")
    city.harness.deliver(REPORT_GRADED, graded("n1"))
    report = city.ask(contract.CONFIRM_COMPLETION, ORGANISERS, term_id="term_1", approver="李部长")
    assert (report["confirmed"], report["pending"]) == (1, 1)


def test_of_a_completion_of_the_release_before_only_what_it_kept_is_compared(city: City) -> None:
    hold_term(city, "n1", "n2")
    judge(city)
    store, context = city.harness.store, city.harness.kit.own_context()

    def as_before(tx: Any) -> None:
        for row in tx.rows(COMPLETIONS).find({}):
            tx.rows(COMPLETIONS).save({name: value for name, value in row.items() if name != "facts"})
        tx.rows(TRAINEES).save({**tx.rows(TRAINEES).get("n2"), "sanctions": ["criticism"]})

    store.transact(context, as_before, operation="as a release before")
    correct(city)
    assert blockers(city) == {"completion-outdated": 1}
    city.roll("s-0518-morning", n1="present", reason="再次核对")
    assert close(city)["state"] == "closing"
