"""Internal objections (内部异议) to a measure, and their answer."""

from __future__ import annotations

from typing import Any

from services.compliance.commands.incident import count_sanctions
from services.compliance.commands.refusals import fault_of, outside, refuse_frozen
from services.compliance.contract.conduct_events import OBJECTION_DECIDED, OBJECTION_FILED, SANCTION_IMPOSED
from services.compliance.domain.incident import WITHDRAWAL, Sanction
from services.compliance.domain.wording import Refusal
from services.compliance.limits import policy_table
from services.compliance.queries.incident import ladder_now, shown_objection
from services.compliance.store.incident import INCIDENTS, OBJECTIONS, incident_of, incident_row
from services.compliance.store.term import TERMS
from shared.errors import NotFound
from shared.identifiers import new_id
from shared.security.caller import Role
from shared.storage import Transaction

_STATES = {"uphold": "upheld", "reduce": "reduced", "revoke": "revoked"}


def object_to_sanction(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Object to the last measure against oneself, within its days."""
    row = tx.rows(INCIDENTS).get(request["incident_id"])
    if row["nomination_id"] != tx.caller.own_id(Role.TRAINEE):
        raise NotFound(
            f"没有与您有关的记录 {row['_id']}", f"no file {row['_id']!r} concerns you", id=request["incident_id"]
        )
    days = policy_table().on(tx.today).number("conduct.objection_days")
    try:
        measure = incident_of(row).objectionable(tx.now, days)
        # The step may have been imposed and revoked before; what was said then was about that measure.
        about = {"incident_id": row["_id"], "step": measure.step, "filed_at": {"$gte": measure.at}}
        if tx.rows(OBJECTIONS).one(about) is not None:
            raise Refusal("objected", "对该处理已提出过异议", "an objection to this measure was made already")
    except Refusal as refusal:
        if refusal.code == "objection-late":
            raise outside(refusal.sentence.zh, refusal.sentence.en, days=days) from None
        raise fault_of(refusal, incident_id=row["_id"]) from None
    whose = {name: row[name] for name in ("nomination_id", "term_id", "unit_id")}
    saved = tx.rows(OBJECTIONS).insert(
        {
            "_id": new_id("objection"),
            "incident_id": row["_id"],
            **whose,
            "step": measure.step,
            "state": "open",
            "objection": request["objection"],
            "filed_at": tx.now,
            "approver": None,
            "answer": None,
            "decided_at": None,
        }
    )
    tx.emit(OBJECTION_FILED, {"objection_id": saved["_id"], **whose}, subject=saved["_id"])
    return shown_objection(saved)


def decide_objection(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Answer an objection: the measure stays, goes, or gives way to a lighter one."""
    row = tx.rows(OBJECTIONS).get(request["objection_id"])
    tx.expect(row)
    if row["state"] != "open":
        raise fault_of(Refusal("answered", "该异议已答复", "this objection was answered"), objection_id=row["_id"])
    if request["decision"] != "uphold":
        _take_back(tx, row, request)
    answer = {"state": _STATES[request["decision"]], "approver": request["approver"], "answer": request["reason"]}
    saved = tx.rows(OBJECTIONS).save({**row, **answer, "decided_at": tx.now})
    data = {name: row[name] for name in ("nomination_id", "term_id", "unit_id")}
    tx.emit(OBJECTION_DECIDED, {"objection_id": row["_id"], **data, "decision": saved["state"]}, subject=row["_id"])
    return shown_objection(saved)


def _take_back(tx: Transaction, row: dict[str, Any], request: dict[str, Any]) -> None:
    refuse_frozen(tx.rows(TERMS).get(row["term_id"]))  # the archive has the measure
    if row["step"] == WITHDRAWAL:
        raise fault_of(
            Refusal(
                "withdrawn-already",
                "退学已生效，名额已释放；如确有错误，请由组织部重新录取",
                "the withdrawal took effect and the seat was given back; somebody wronged has to be admitted anew",
            )
        )
    instead = None
    if request["decision"] == "reduce":
        if request["step"] is None:
            raise fault_of(
                Refusal("reason-needed", "减轻处理须写明改为哪一级 step", "name the lighter step that takes its place")
            )
        instead = Sanction(request["step"], request["approver"], request["reason"], tx.caller.subject, tx.now)
    file = tx.rows(INCIDENTS).get(row["incident_id"])
    try:
        after = incident_of(file).revoke(row["step"], instead, ladder_now(tx))
    except Refusal as refusal:
        raise fault_of(refusal, objection_id=row["_id"]) from None
    tx.rows(INCIDENTS).save({**file, **incident_row(after)})
    count_sanctions(tx, row["term_id"], row["nomination_id"])
    if instead is not None:
        whose = {name: row[name] for name in ("nomination_id", "term_id", "unit_id")}
        tx.emit(SANCTION_IMPOSED, {"incident_id": file["_id"], **whose, "sanction": instead.step}, subject=file["_id"])
