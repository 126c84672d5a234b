"""Asking for a replacement, taking the request back, deciding on it."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.enrollment.commands.deadlines import refuse_under_way, replacement_deadline
from services.enrollment.commands.hall import Hall
from services.enrollment.commands.newcomers import judged_newcomer, newcomer_of
from services.enrollment.commands.nominating import judgement
from services.enrollment.commands.proofs import checked_proof, keep_proof
from services.enrollment.commands.refusals import fault_of
from services.enrollment.commands.replacing import PROCESSES, refuse_replacement
from services.enrollment.contract import REPLACEMENT_REQUESTED, ReplacementPending
from services.enrollment.domain.nomination import Step, state_after
from services.enrollment.domain.replacement import (
    REFUSAL_REASONS,
    State,
    is_late,
    refuse_unless_requested,
    refuse_without_approver,
)
from services.enrollment.domain.wording import Refusal
from services.enrollment.limits import policy_table
from services.enrollment.queries.replacements import shown_replacement
from services.enrollment.rulebook import Rulebook
from services.enrollment.store import NOMINATIONS, REPLACEMENTS
from shared.city_calendar import calendar_of
from shared.clock import CITY_ZONE
from shared.errors import Invalid
from shared.identifiers import new_id
from shared.storage import Transaction


def request_replacement(tx: Transaction, request: dict[str, Any], rules: Rulebook) -> dict[str, Any]:
    """Keep a unit's request; a new person whom a rule refuses is refused here already, and nothing is kept."""
    policies = policy_table().on(tx.today)
    old = tx.rows(NOMINATIONS).get_within_reach(request["nomination_id"])
    tx.expect(old)
    _require_admitted(old)
    hall = Hall(tx, old["term_id"], held=True)
    hall.require_open("不能更换人选", "nobody can be replaced")
    refuse_under_way(hall.term, tx.today, policies)
    _refuse_second(tx, old["_id"])
    content, kind = checked_proof(request["proof"], request["filename"], policies)
    newcomer = newcomer_of(tx, old, request)
    verdicts = judged_newcomer(tx, rules, hall, old, newcomer)
    deadline = replacement_deadline(hall.term, policies, calendar_of(tx))
    row = tx.rows(REPLACEMENTS).insert(
        {
            "_id": new_id("replacement"),
            "term_id": hall.term_id,
            "unit_id": old["unit_id"],
            "old_nomination_id": old["_id"],
            "open_key": old["_id"],
            "reason_code": request["reason_code"],
            "reason": request["reason"],
            **newcomer.fields(),
            "signer": request["signer"],
            "signer_post": request["signer_post"],
            "verdicts": judgement(verdicts)["verdicts"],
            "state": State.REQUESTED.value,
            "deadline_on": deadline.on.isoformat(),
            "day_kind": deadline.day_kind,
            "late": is_late(tx.today, deadline.on),
            "requested_at": tx.now,
            "requested_by": tx.caller.subject,
            "proof_filename": request["filename"] or f"proof.{kind}",
            "proof_kind": kind,
            "decision": None,
            "refusal": None,
        }
    )
    keep_proof(tx, row["_id"], content)
    data = {"replacement_id": row["_id"], "nomination_id": old["_id"], "deadline_on": deadline.on}
    data |= {key: row[key] for key in ("term_id", "unit_id", "late")}
    tx.emit(REPLACEMENT_REQUESTED, data, subject=row["_id"])
    return shown_replacement(tx, row)


def cancel_replacement(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Take a request back that nobody has decided on yet."""
    row = _pending(tx, request["replacement_id"])
    row |= {"state": State.CANCELLED.value, "open_key": None}
    return shown_replacement(tx, tx.rows(REPLACEMENTS).save(row))


def decide_replacement(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Refuse a replacement, or approve it and begin to carry it out."""
    row = _pending(tx, request["replacement_id"])
    decision = {key: request[key] for key in ("decision", "reason_code", "note", "approver", "approver_post")}
    row["decision"] = {**decision, "by": tx.caller.subject, "at": tx.now}
    if request["decision"] == "refuse":
        reason = _refusal_reason(request["reason_code"])
        return shown_replacement(tx, refuse_replacement(tx, row, reason, request["note"]))
    try:
        refuse_without_approver(row["late"], request["approver"])
    except Refusal as refusal:
        raise fault_of(refusal, deadline_on=row["deadline_on"]) from None
    hall = Hall(tx, row["term_id"], held=True)
    hall.require_open("不能更换人选", "nobody can be replaced")
    refuse_under_way(hall.term, tx.today, policy_table().on(tx.today))
    _require_admitted(tx.rows(NOMINATIONS).get(row["old_nomination_id"]))
    row["state"] = State.APPROVING.value
    facts = {"replacement_id": row["_id"]}
    row["process_id"] = PROCESSES.begin(tx, "replacement", facts, subject=row["old_nomination_id"])
    return shown_replacement(tx, tx.rows(REPLACEMENTS).save(row))


def follow_deadline(tx: Transaction, term: dict[str, Any]) -> None:
    """Count the deadline of requests that wait anew, once their term or the city's calendar has other days.

    A later deadline may save a request.

    A request that was in time stays in time: nobody could know of the earlier day when it was made.
    """
    deadline = replacement_deadline(term, policy_table().on(tx.today), calendar_of(tx))
    rows = tx.rows(REPLACEMENTS)
    for row in rows.find({"term_id": term["_id"], "state": State.REQUESTED.value}):
        on = city_day(row["requested_at"])
        late = row["late"] and is_late(on, deadline.on)
        counted = {**row, "deadline_on": deadline.on.isoformat(), "day_kind": deadline.day_kind, "late": late}
        if counted != row:
            rows.save(counted)


def city_day(instant: Any) -> date:
    """Return the day of an instant in the city."""
    day: date = instant.astimezone(CITY_ZONE).date()
    return day


def _pending(tx: Transaction, replacement_id: str) -> dict[str, Any]:
    row = tx.rows(REPLACEMENTS).get_within_reach(replacement_id)
    tx.expect(row)
    try:
        refuse_unless_requested(row["state"])
    except Refusal as refusal:
        raise fault_of(refusal, state=row["state"]) from None
    return row


def _require_admitted(old: dict[str, Any]) -> None:
    try:
        state_after(old["state"], Step.REPLACE)
    except Refusal as refusal:
        raise fault_of(refusal, nomination_id=old["_id"]) from None


def _refuse_second(tx: Transaction, nomination_id: str) -> None:
    other = tx.rows(REPLACEMENTS).one({"open_key": nomination_id})
    if other is not None:
        raise ReplacementPending(
            f"该学员已有更换申请 {other['_id']} 正在办理，请先撤销或等待审批",
            f"a replacement {other['_id']} of this trainee is pending; take it back or wait for the decision",
            replacement_id=other["_id"],
        )


def _refusal_reason(code: str | None) -> str:
    if code is None:
        choices = "、".join(f"{key}（{words.zh}）" for key, words in REFUSAL_REASONS.items())
        raise Invalid(
            f"不同意更换须填写原因代码 reason_code，可用：{choices}",
            f"refusing needs a reason_code: {', '.join(REFUSAL_REASONS)}",
            fields={"reason_code": ["required"]},
        )
    return code
