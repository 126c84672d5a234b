"""The decision on a withdrawal: the organisation department's alone."""

from __future__ import annotations

from typing import Any

from services.compliance.commands.incident import impose
from services.compliance.commands.refusals import fault_of
from services.compliance.commands.weighing import dissolve_cases
from services.compliance.contract.conduct_events import TRAINEE_WITHDRAWN
from services.compliance.domain.incident import WITHDRAWAL, Sanction
from services.compliance.domain.wording import Refusal
from services.compliance.queries.withdrawal import shown_case
from services.compliance.store.incident import INCIDENTS
from services.compliance.store.trainee import TRAINEES
from services.compliance.store.withdrawal import CASES, case_of, case_row
from shared.storage import Transaction


def decide_withdrawal(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """End somebody's training, or let it go on."""
    row = tx.rows(CASES).get(request["case_id"])
    tx.expect(row)
    decided = decide(tx, row, request["decision"] == "withdraw", request["approver"], request["reason"])
    return shown_case(decided)


def decide(tx: Transaction, row: dict[str, Any], withdraw: bool, approver: str, reason: str) -> dict[str, Any]:
    """Write the decision of a case down; a withdrawal is announced, and the other open cases of the person end."""
    try:
        case = case_of(row).decide(withdraw)
    except Refusal as refusal:
        raise fault_of(refusal, case_id=row["_id"], state=row["state"]) from None
    saved = tx.rows(CASES).save(
        {
            **row,
            **case_row(case),
            "decided_at": tx.now,
            "decided_by": tx.caller.subject,
            "approver": approver,
            "decision_reason": reason,
        }
    )
    if withdraw and saved["incident_id"] is not None:
        order = Sanction(WITHDRAWAL, approver, reason, tx.caller.subject, tx.now)
        impose(tx, tx.rows(INCIDENTS).get(saved["incident_id"]), order)
    if withdraw:
        _withdraw(tx, saved)
    return saved


def _withdraw(tx: Transaction, case: dict[str, Any]) -> None:
    trainee = tx.rows(TRAINEES).get(case["nomination_id"])
    tx.rows(TRAINEES).save({**trainee, "state": "withdrawn"})
    dissolve_cases(tx, case["term_id"], case["nomination_id"])
    data = {name: case[name] for name in ("nomination_id", "term_id", "unit_id")}
    tx.emit(TRAINEE_WITHDRAWN, {**data, "reason_code": case["cause"]}, subject=case["nomination_id"])
