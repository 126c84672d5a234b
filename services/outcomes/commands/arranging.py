"""Arranging a term's questions: one way for whatever changes them, a person, a timetable or a new roster.

What is there is read, the new arrangement is computed beside the event loop, and one transaction stores it if the
term's board has not changed meanwhile; else it is computed again. So clusters, sessions and hand-overs always agree.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.outcomes import contract
from services.outcomes.domain.cluster import GIVEN_BACK, Asked, Cluster, Session
from services.outcomes.domain.handing_over import Settlement, receipt_due, settle
from services.outcomes.domain.regrouping import match, regroup
from services.outcomes.limits import policy_table
from services.outcomes.queries.clusters import sessions_of
from services.outcomes.store.clusters import BOARDS, CLUSTERS, HANDOVERS, cluster_fields, cluster_from
from services.outcomes.store.question_sets import QUESTION_SETS, from_row, to_row
from services.outcomes.store.terms import TERMS
from shared.errors import Unavailable
from shared.identifiers import new_id
from shared.policies import Policies
from shared.runtime import Work
from shared.storage import Transaction, View
from shared.storage.faults import AlreadyPresent

_TRIES = 5

Change = Callable[[list[Cluster]], list[Cluster]]
Transact = Callable[[Callable[[Transaction], dict[str, Any] | None]], dict[str, Any]]


class BoardMoved(Unavailable):
    """Something else changed the term's questions at the same moment."""

    code = "outcomes.board-moved"


@dataclass(frozen=True)
class Board:
    """All that is known of a term's questions at one moment; ``version`` 0: nothing is stored yet."""

    term_id: str
    version: int
    released: bool
    cancelled: bool
    asked: tuple[Asked, ...]
    clusters: tuple[Cluster, ...]
    sessions: tuple[Session, ...]
    open_ids: tuple[str, ...]


@dataclass(frozen=True)
class Arrangement:
    """How to arrange: a change by a person, texts just masked, and what to say of hand-overs that come to an end."""

    change: Change | None = None
    screened: Mapping[str, str] | None = None
    release: bool = False
    reason: str = "regrouped"


def arrange(
    work: Work,
    term_id: str,
    arrangement: Arrangement,
    reply: Callable[[Transaction], dict[str, Any]] = lambda tx: {},
    transact: Transact | None = None,
) -> dict[str, Any]:
    """Arrange the term's questions and return the reply. Raises ``BoardMoved`` when others are faster again and again.

    ``transact`` is how the result is stored, by default what concludes the work.
    """
    policies = policy_table().on(work.clock.today())

    def once() -> dict[str, Any]:
        board = read_board(work.view(), term_id, arrangement.screened or {})
        settlement = work.offload(_settled, board, arrangement, policies)
        return (transact or work.transact)(lambda tx: _keep(tx, board, settlement, arrangement, policies, reply))

    for _ in range(_TRIES - 1):
        try:
            return once()
        except (BoardMoved, AlreadyPresent):
            continue
    return once()


def read_board(view: View, term_id: str, screened: Mapping[str, str]) -> Board:
    """Return what is known of a term's questions; the version first, so that nothing newer passes for it."""
    row = view.rows(BOARDS).one({"_id": term_id})
    term = view.rows(TERMS).one({"_id": term_id})
    sessions = () if term and term["cancelled"] else tuple(sessions_of(view, term_id).values())
    open_ = view.rows(HANDOVERS).find({"term_id": term_id, "state": {"$ne": "closed"}}, fields=("_id",))
    return Board(
        term_id=term_id,
        version=row["version"] if row else 0,
        released=bool(row and row["released_at"]),
        cancelled=bool(term and term["cancelled"]),
        asked=_asked(view, term_id, screened),
        clusters=tuple(cluster_from(each) for each in view.rows(CLUSTERS).find({"term_id": term_id})),
        sessions=tuple(Session(**{key: each[key] for key in Session.__dataclass_fields__}) for each in sessions),
        open_ids=tuple(each["_id"] for each in open_),
    )


def _asked(view: View, term_id: str, screened: Mapping[str, str]) -> tuple[Asked, ...]:
    return tuple(
        Asked(item.question_id, questions.unit_id, item.kind, item.text)
        for row in view.rows(QUESTION_SETS).find({"term_id": term_id})
        for questions in [from_row(row).screen(screened)]
        for item in questions.items
        if item.screened and not item.withheld
    )


def _settled(board: Board, arrangement: Arrangement, policies: Policies) -> Settlement:
    clusters = list(board.clusters)
    if arrangement.change is not None:
        clusters = arrangement.change(clusters)
    clusters = regroup(board.asked, clusters, policies.number("questions.cluster_likeness"), lambda: new_id("cluster"))
    clusters = match(clusters, board.sessions, policies.number("questions.match_likeness"))
    released = (board.released or arrangement.release) and not board.cancelled
    return settle(clusters, board.sessions, board.open_ids, released, lambda: new_id("handover"))


def _keep(
    tx: Transaction,
    board: Board,
    settlement: Settlement,
    arrangement: Arrangement,
    policies: Policies,
    reply: Callable[[Transaction], dict[str, Any]],
) -> dict[str, Any]:
    _keep_board(tx, board, arrangement)
    if arrangement.screened:
        _keep_screened(tx, board.term_id, arrangement.screened)
    _keep_clusters(tx, board, settlement.clusters)
    _close(tx, board.term_id, settlement.emptied, "cancelled" if board.cancelled else arrangement.reason)
    _hand_over(tx, board.term_id, settlement, policies)
    return reply(tx)


def _keep_board(tx: Transaction, board: Board, arrangement: Arrangement) -> None:
    row = tx.rows(BOARDS).one({"_id": board.term_id})
    if (row["version"] if row else 0) != board.version:
        raise BoardMoved(
            "该期的问题刚被他人调整，请重试",
            "somebody else has just changed this term's questions; try again",
            term_id=board.term_id,
        )
    if row is None:
        released_at = tx.now if arrangement.release else None
        tx.rows(BOARDS).insert({"_id": board.term_id, "released_at": released_at, "arranged_at": tx.now})
    else:
        released_at = row["released_at"] or (tx.now if arrangement.release else None)
        tx.rows(BOARDS).save({**row, "released_at": released_at, "arranged_at": tx.now})


def _keep_screened(tx: Transaction, term_id: str, screened: Mapping[str, str]) -> None:
    rows = tx.rows(QUESTION_SETS)
    pending = rows.find({"term_id": term_id, "pending": True})
    after = [{**row, **to_row(from_row(row).screen(screened))} for row in pending]
    rows.save_many(new for row, new in zip(pending, after, strict=True) if new != row)


def _keep_clusters(tx: Transaction, board: Board, clusters: Sequence[Cluster]) -> None:
    rows = tx.rows(CLUSTERS)
    before = {row["_id"]: row for row in rows.find({"term_id": board.term_id})}
    known = {cluster.cluster_id: cluster for cluster in board.clusters}
    fields = {cluster.cluster_id: cluster_fields(cluster, board.term_id) for cluster in clusters}
    for cluster_id in sorted(before.keys() - fields.keys()):
        rows.remove(before[cluster_id])
    changed = [cluster for cluster in clusters if cluster != known.get(cluster.cluster_id)]
    rows.save_many(
        {**before[each.cluster_id], **fields[each.cluster_id]} for each in changed if each.cluster_id in before
    )
    rows.insert_many(
        {"_id": each.cluster_id, **fields[each.cluster_id]} for each in changed if each.cluster_id not in before
    )
    for cluster in changed:
        former = known.get(cluster.cluster_id)
        if cluster.answer and cluster.answer.outcome in GIVEN_BACK and _is_news(former, cluster):
            tell_answer(tx, board.term_id, cluster)


def _is_news(former: Cluster | None, cluster: Cluster) -> bool:
    return former is None or former.answer != cluster.answer or former.members != cluster.members


def tell_answer(tx: Transaction, term_id: str, cluster: Cluster) -> None:
    """Let the units that asked know what became of their questions."""
    tx.emit(
        contract.QUESTION_ANSWERED,
        {
            "question_id": cluster.middle,
            "question_ids": [member.question_id for member in cluster.members],
            "cluster_id": cluster.cluster_id,
            "term_id": term_id,
            "unit_ids": cluster.unit_ids,
            "outcome": cluster.answer.outcome if cluster.answer else "",
        },
        subject=cluster.cluster_id,
    )


def _close(tx: Transaction, term_id: str, emptied: frozenset[str], reason: str) -> None:
    rows = tx.rows(HANDOVERS)
    for handover_id in sorted(emptied):
        row = rows.get(handover_id)
        rows.save({**row, "state": "closed", "closed_at": tx.now, "closed_reason": reason})
        told = {"handover_id": handover_id, "term_id": term_id, "lecturer_id": row["lecturer_id"], "reason": reason}
        tx.emit(contract.HANDOVER_CLOSED, told, subject=handover_id)


def _hand_over(tx: Transaction, term_id: str, settlement: Settlement, policies: Policies) -> None:
    for batch in settlement.batches:
        due_on = receipt_due(tx.today, batch.first_on, policies.number("questions.receipt_days"))
        facts: dict[str, Any] = {
            "term_id": term_id,
            "lecturer_id": batch.lecturer_id,
            "session_ids": list(batch.session_ids),
            "questions": batch.clusters,
        }
        tx.rows(HANDOVERS).insert(
            {
                "_id": batch.handover_id,
                **facts,
                "state": "open",
                "due_on": due_on.isoformat(),
                "handed_over_at": tx.now,
                "receipted_at": None,
                "receipted_by": None,
                "closed_at": None,
                "closed_reason": None,
            }
        )
        told = {"handover_id": batch.handover_id, **facts, "due_on": due_on}
        tx.emit(contract.QUESTIONS_HANDED_OVER, told, subject=batch.handover_id)
