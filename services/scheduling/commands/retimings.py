"""Beginning a retiming: exactly what was previewed, or nothing."""

from __future__ import annotations

from typing import Any

from services.scheduling.commands.retiming_places import window_of
from services.scheduling.commands.retiming_steps import KIND, PROCESSES_OF_SCHEDULING
from services.scheduling.contract.retimings import RetimingChanged, RetimingIncomplete
from services.scheduling.domain.retiming import Proposal
from services.scheduling.domain.wire import to_wire
from services.scheduling.queries.retimings import consequences_of, retiming_reply
from services.scheduling.store import RETIMINGS, TERMS
from shared.errors import Forbidden
from shared.identifiers import new_id
from shared.security.caller import Role
from shared.storage import Transaction

Document = dict[str, Any]


def retime_terms(tx: Transaction, request: dict[str, Any], proposal: Proposal) -> Document:
    """Write a retiming down and let its process begin."""
    _refuse_unless_approver(tx, proposal)
    shown = consequences_of(tx, proposal)
    _refuse_changed(request["digest"], shown)
    _refuse_incomplete(shown)
    terms = [tx.rows(TERMS).get(move.term_id) for move in proposal.moves]
    doc = tx.rows(RETIMINGS).insert(
        {
            "_id": new_id("retiming"),
            "plan_id": request["plan_id"],
            "reason_code": request["reason_code"],
            "reason": request["reason"],
            "state": "running",
            "blackout": to_wire(request["blackout"]) if request["blackout"] else None,
            "moves": to_wire(proposal.moves),
            "pinned": {term["_id"]: term["pinned"] for term in terms},
            "windows": {term["_id"]: window_of(term) for term in terms},
            "rows": to_wire(shown["terms"]),
            "consequences": shown["consequences"],
            "asked_at": tx.now,
            "asked_by": tx.caller.subject,
            "announced_at": None,
            "failure": None,
            "process_id": None,
        }
    )
    doc["process_id"] = PROCESSES_OF_SCHEDULING.begin(tx, KIND, {"retiming_id": doc["_id"]}, subject=doc["plan_id"])
    return retiming_reply(tx, tx.rows(RETIMINGS).save(doc))


def _refuse_unless_approver(tx: Transaction, proposal: Proposal) -> None:
    cancelled = [move.term_id for move in proposal.moves if move.outcome == "cancelled"]
    if cancelled and Role.ORGANISATION_DEPARTMENT not in tx.caller.roles:
        raise Forbidden(
            "取消班次须由市委组织部办理；党校可以改期或转为线上",
            "terms are cancelled by the organisation department; the Party school may move them or take them online",
            term_ids=cancelled,
        )


def _refuse_changed(digest: str, shown: Document) -> None:
    if digest != shown["digest"]:
        raise RetimingChanged(
            "预览之后情况已有变化，将要执行的与所见不同，请重新预览后再确认",
            "something changed since the preview: what would be done is not what was shown; look at a new one first",
            digest=shown["digest"],
        )


def _refuse_incomplete(shown: Document) -> None:
    if shown["can_proceed"]:
        return
    causes = [
        *((each["label"], reason["words"]) for each in shown["homeless"] for reason in each["reasons"]),
        *((each["label"], words) for each in shown["terms"] for words in each["breaches"]),
    ]
    raise RetimingIncomplete(
        "以下班次不能照此调整："
        + "；".join(label["zh"] + "：" + words["zh"] for label, words in causes[:5])
        + "。请放宽时间范围，或将其取消、转为线上",
        "these terms cannot be retimed so: "
        + "; ".join(label["en"] + ": " + words["en"] for label, words in causes[:5])
        + "; allow more days, or cancel them or take them online",
        terms=shown["homeless"],
    )
