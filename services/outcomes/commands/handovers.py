"""What lecturers do with questions handed to them: receipt, and say what became of each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from services.outcomes import contract
from services.outcomes.commands.arranging import tell_answer
from services.outcomes.commands.markings import refuse_marking
from services.outcomes.domain.cluster import GIVEN_BACK, Answer
from services.outcomes.domain.personal_data import without_personal_numbers
from services.outcomes.queries.handovers import own_handover, shown_with_items
from services.outcomes.store.clusters import BOARDS, CLUSTERS, HANDOVERS, cluster_fields, cluster_from
from shared.errors import Invalid, NotFound
from shared.storage import Transaction


def receipt_handover(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Receipt a hand-over: by the lecturer, or by the Party school for one who did so on paper or by phone."""
    row = own_handover(tx, request["handover_id"])
    _refuse_closed(row)
    if row["state"] == "open":
        row = _receipt(tx, row)
    return shown_with_items(tx, row)


def answer_question(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Say what became of a cluster. It may be said anew; an answer goes back to the units that asked."""
    row = own_handover(tx, request["handover_id"])
    tx.expect(row)
    _refuse_closed(row)
    text = without_personal_numbers(request["text"])
    refuse_marking(text, "解答内容", "the answer")
    if request["outcome"] == "answered" and not text:
        raise Invalid(
            "登记为“已解答”须填写解答内容，以便反馈提出问题的单位",
            "an answered question needs the answer, which goes back to the units that asked",
            fields={"text": ["required"]},
        )
    # Arranging saves the board as well: so an answer and a new lecturer cannot pass each other by.
    board = tx.rows(BOARDS).get(row["term_id"])
    known = tx.rows(CLUSTERS).one({"_id": request["cluster_id"], "handover_id": row["_id"]})
    if known is None:
        raise NotFound(
            f"本次转交中没有问题类“{request['cluster_id']}”，可能已转交其他教师",
            f"this hand-over has no cluster {request['cluster_id']!r}; it may have gone to another lecturer",
            cluster_id=request["cluster_id"],
        )
    before = cluster_from(known)
    cluster = replace(before, answer=Answer(request["outcome"], text, tx.caller.subject, tx.now))
    tx.rows(BOARDS).save(board)
    tx.rows(CLUSTERS).save({**known, **cluster_fields(cluster, row["term_id"])})
    if row["state"] == "open":
        row = _receipt(tx, row)
    if request["outcome"] in GIVEN_BACK:
        tell_answer(tx, row["term_id"], cluster)
    return shown_with_items(tx, row)


def _receipt(tx: Transaction, row: dict[str, Any]) -> dict[str, Any]:
    told = {"handover_id": row["_id"], "term_id": row["term_id"], "lecturer_id": row["lecturer_id"]}
    tx.emit(contract.HANDOVER_RECEIPTED, told, subject=row["_id"])
    receipted = {"state": "receipted", "receipted_at": tx.now, "receipted_by": tx.caller.subject}
    return tx.rows(HANDOVERS).save({**row, **receipted})


def _refuse_closed(row: dict[str, Any]) -> None:
    if row["state"] == "closed":
        raise contract.WrongState(
            f"该转交已结束（{_REASONS.get(row['closed_reason'], row['closed_reason'])}），无需再办理",
            f"this hand-over is closed ({row['closed_reason']}); nothing of it is left to do",
            handover_id=row["_id"],
            reason=row["closed_reason"],
        )


_REASONS = {"reassigned": "问题已转交其他教师", "regrouped": "问题已归入他类", "cancelled": "班次已取消"}
