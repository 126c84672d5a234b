"""Health declarations: made by the person, checked at the gate, deleted when they have run out."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from services.compliance.commands.purging import purge
from services.compliance.commands.refusals import fault_of, has_withdrawn, outside, refuse_frozen
from services.compliance.contract.health import ConsentMissing
from services.compliance.contract.parts import Unfounded
from services.compliance.domain.health import delete_by, is_due
from services.compliance.domain.wording import Refusal
from services.compliance.limits import policy_table
from services.compliance.queries.health import shown_declaration, shown_purge
from services.compliance.store.health import DECLARATIONS
from services.compliance.store.term import TERMS
from services.compliance.store.trainee import TRAINEES
from shared.errors import NotFound
from shared.identifiers import new_id
from shared.security.caller import Role
from shared.storage import Transaction
from shared.storage.canonical import instant_text


def declare_my_health(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Keep one's own declaration, in place of an earlier one for the same purpose."""
    trainee = tx.rows(TRAINEES).get(tx.caller.own_id(Role.TRAINEE))
    if not request["consent"]:
        raise ConsentMissing(
            "未同意告知书，未收集任何健康信息；如不便在线申报，请与党校联系线下核验",
            "without consent nothing was collected; ask the Party school for another way",
        )
    content = {name: request[name] for name in ("fit", "symptoms", "contact")}
    text = policy_table().on(tx.today)["health.consent"].value["zh"]
    consent = {"consented_at": tx.now, "consent_sha256": hashlib.sha256(text.encode()).hexdigest()}
    told = {"kind": "declared", "purpose": request["purpose"], "basis": "consent", "basis_document": ""}
    return _keep(tx, trainee, {**told, **consent}, content)


def record_health_check(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Keep the result and the time of a check; on consent only where the person gave it for this purpose."""
    trainee = tx.rows(TRAINEES).get(request["nomination_id"])
    at = request["verified_at"] or tx.now
    if at > tx.now:
        raise outside("核验时间晚于当前时间，请核对", "the time of the check lies ahead; correct it")
    basis, document = request["basis"], request["basis_document"].strip()
    consent = {"consented_at": None, "consent_sha256": None}
    if basis == "consent":
        given = _one(tx, trainee, "declared", request["purpose"])
        if given is None:
            raise ConsentMissing(
                "本人未就该用途作出同意，不能登记核验结果；如有法定依据请改填 basis 与依据文件",
                "the person gave no consent for this purpose; name another basis and its document if there is one",
            )
        consent = {name: given[name] for name in consent}
    elif not document:
        raise Unfounded(
            "以同意以外的依据收集须写明依据文件 basis_document",
            "another basis than consent takes the document that says so in basis_document",
            reason="basis-document",
        )
    told = {"kind": "checked", "purpose": request["purpose"], "basis": basis, "basis_document": document}
    return _keep(tx, trainee, {**told, **consent}, {"code": request["code"], "verified_at": instant_text(at)})


def withdraw_my_consent(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Delete at once what rests on one's consent; the proof says so."""
    rows = tx.rows(DECLARATIONS)
    row = rows.one({"_id": request["declaration_id"]})
    if row is None or row["nomination_id"] != tx.caller.own_id(Role.TRAINEE):
        raise NotFound(
            f"没有您的健康申报 {request['declaration_id']}",
            f"you have no declaration {request['declaration_id']!r}",
            id=request["declaration_id"],
        )
    if row["basis"] != "consent":
        raise fault_of(
            Refusal(
                "not-by-consent", "该记录不以本人同意为依据，到期自动删除", "it does not rest on consent; it runs out"
            )
        )
    mine = {"term_id": row["term_id"], "nomination_id": row["nomination_id"], "purpose": row["purpose"]}
    resting = [each for each in rows.find(mine) if each["basis"] == "consent"]
    return shown_purge(purge(tx, row["term_id"], resting, "consent_withdrawn"))


def follow_end(tx: Transaction, term_id: str, ends_on: date) -> None:
    """The term ends on another day: what is kept for it goes so many days after that one. What is due stays due."""
    until = delete_by(ends_on, policy_table().on(tx.today).number("health.keep_days")).isoformat()
    kept = tx.rows(DECLARATIONS).find({"term_id": term_id, "delete_by": {"$gt": tx.today.isoformat()}})
    tx.rows(DECLARATIONS).save_many({**row, "delete_by": until} for row in kept)


def follow_cancellation(tx: Transaction, term_id: str) -> None:
    """The term is not held: what is kept for it goes as if it ended today, and no later than it would have."""
    until = delete_by(tx.today, policy_table().on(tx.today).number("health.keep_days")).isoformat()
    kept = tx.rows(DECLARATIONS).find({"term_id": term_id, "delete_by": {"$gt": until}})
    tx.rows(DECLARATIONS).save_many({**row, "delete_by": until} for row in kept)


def follow_withdrawal(tx: Transaction, term_id: str, nomination_id: str) -> None:
    """Somebody does not take part any more: what they declared serves no purpose and is due at once."""
    mine = {"term_id": term_id, "nomination_id": nomination_id, "delete_by": {"$gt": tx.today.isoformat()}}
    kept = tx.rows(DECLARATIONS).find(mine)
    tx.rows(DECLARATIONS).save_many({**row, "delete_by": tx.today.isoformat()} for row in kept)


def purge_due(tx: Transaction) -> dict[str, Any]:
    """Delete every declaration that has run out, with one proof a term."""
    due = tx.rows(DECLARATIONS).find({"delete_by": {"$lte": tx.today.isoformat()}})
    by_term: dict[str, list[dict[str, Any]]] = {}
    for row in due:
        by_term.setdefault(row["term_id"], []).append(row)
    for term_id in sorted(by_term):
        purge(tx, term_id, by_term[term_id], "expired")
    return {"purged": len(due)}


def _keep(tx: Transaction, trainee: dict[str, Any], told: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
    if trainee["state"] == "withdrawn":
        raise fault_of(has_withdrawn(trainee["_id"]), nomination_id=trainee["_id"])
    term = tx.rows(TERMS).get(trainee["term_id"])
    refuse_frozen(term)
    if term["cancelled"]:
        raise outside("班次已取消，不再收集健康申报", "the term is cancelled; no declarations are collected any more")
    keep_days = policy_table().on(tx.today).number("health.keep_days")
    until = delete_by(date.fromisoformat(term["ends_on"]), keep_days)
    if is_due(until, tx.today):
        raise outside("班次已结束，不再收集健康申报", "the term is over; no declarations are collected any more")
    kept = {**told, "content": content, "declared_at": tx.now, "delete_by": until.isoformat()}
    before = _one(tx, trainee, told["kind"], told["purpose"])
    if before is not None:
        return shown_declaration(tx.rows(DECLARATIONS).save({**before, **kept}))
    whose = {"nomination_id": trainee["_id"], "term_id": trainee["term_id"], "unit_id": trainee["unit_id"]}
    return shown_declaration(tx.rows(DECLARATIONS).insert({"_id": new_id("health"), **whose, **kept}))


def _one(tx: Transaction, trainee: dict[str, Any], kind: str, purpose: str) -> dict[str, Any] | None:
    mine = {"term_id": trainee["term_id"], "nomination_id": trainee["_id"], "kind": kind, "purpose": purpose}
    return tx.rows(DECLARATIONS).one(mine)
