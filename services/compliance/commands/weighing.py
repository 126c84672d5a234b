"""Asking the rules after a change, and opening or dissolving the cases of withdrawal they call for."""

from __future__ import annotations

from typing import Any

from services.compliance.contract.attendance_events import LEAVE_LIMIT_PASSED
from services.compliance.contract.conduct_events import WITHDRAWAL_OPENED
from services.compliance.domain.rules import Stage, Verdict
from services.compliance.domain.standing import Tally
from services.compliance.domain.withdrawal import Case, CaseState, Figures
from services.compliance.rulebook import Rulebook
from services.compliance.store.term import TERMS
from services.compliance.store.trainee import facts_of
from services.compliance.store.withdrawal import CASES, case_of, case_row
from shared.identifiers import new_id
from shared.storage import Transaction


def weigh(tx: Transaction, rules: Rulebook, trainee: dict[str, Any], figures: Tally, calls: list[str]) -> list[str]:
    """Hold somebody against the rules of study; return the causes that now call for withdrawal.

    ``calls`` are those that did before: with neither, no case is even read.
    """
    verdicts = rules.judge(facts_of(trainee, figures, Stage.STUDY))
    now = {item.verdict.withdraws: item.verdict for item in verdicts if item.verdict.withdraws is not None}
    if trainee["state"] == "withdrawn" or not (now or calls):
        return []
    rows = tx.rows(CASES).find({"term_id": trainee["term_id"], "nomination_id": trainee["_id"]})
    seen = Figures(figures.total_hours, figures.leave_hours, figures.absent_half_days)
    for row in rows:
        if row["cause"] in calls and row["cause"] not in now and row["state"] == CaseState.OPEN:
            tx.rows(CASES).save({**row, "state": CaseState.DISSOLVED.value})
    held_from = tx.rows(TERMS).get(trainee["term_id"])["starts_on"]
    for cause, verdict in now.items():
        if not any(case_of(row).cause == cause and case_of(row).settles(seen, held_from) for row in rows):
            open_case(tx, trainee, Case(cause, figures=seen, held_from=held_from), verdict)
    return sorted(now)


def dissolve_cases(tx: Transaction, term_id: str, nomination_id: str, cause: str | None = None) -> None:
    """Let what is still to be decided of somebody end: they left, or what had called for it holds no longer."""
    mine = {"term_id": term_id, "nomination_id": nomination_id, "state": CaseState.OPEN.value}
    cases = tx.rows(CASES).find(mine if cause is None else {**mine, "cause": cause})
    tx.rows(CASES).save_many({**case, "state": CaseState.DISSOLVED.value} for case in cases)


def open_case(
    tx: Transaction, trainee: dict[str, Any], case: Case, verdict: Verdict, incident_id: str | None = None
) -> dict[str, Any]:
    """Open a case and tell of it; return its row."""
    whose = {"nomination_id": trainee["_id"], "term_id": trainee["term_id"], "unit_id": trainee["unit_id"]}
    row = tx.rows(CASES).insert(
        {
            "_id": new_id("case"),
            **whose,
            **case_row(case),
            "reason": verdict.reason.plain(),
            "source": verdict.source,
            "incident_id": incident_id,
            "opened_at": tx.now,
            "decided_at": None,
            "decided_by": None,
            "approver": None,
            "decision_reason": None,
        }
    )
    tx.emit(WITHDRAWAL_OPENED, {"case_id": row["_id"], **whose, "cause": case.cause}, subject=row["_id"])
    if case.cause == "leave_limit":
        hours = {"leave_hours": case.figures.leave_hours, "total_hours": case.figures.total_hours}
        tx.emit(LEAVE_LIMIT_PASSED, {**whose, **hours}, subject=trainee["_id"])
    return row
