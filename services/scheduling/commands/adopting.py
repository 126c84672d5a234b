"""Adopting a preview: its moves are made in one transaction, if the year is still the one it was made from."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from services.scheduling.commands.announcing import (
    hold_campuses,
    hold_concerned,
    lose_places,
    review_places,
    settle,
)
from services.scheduling.commands.places import put_blackout
from services.scheduling.contract.parts import TermClash
from services.scheduling.contract.placement_adoptions import PreviewOvertaken
from services.scheduling.domain.change import leaving
from services.scheduling.domain.placement import Placed, Problem
from services.scheduling.domain.placement_check import check
from services.scheduling.domain.placement_spans import Axis
from services.scheduling.previewed import basis_of, problem_with
from services.scheduling.situation import Situation, has_begun
from services.scheduling.staffing import with_lessons_of
from services.scheduling.store import TERMS
from shared.errors import Invalid
from shared.identifiers import new_id
from shared.storage import Transaction

Document = dict[str, Any]


def adopt_preview(tx: Transaction, request: Document) -> Document:
    """Make the moves of a preview. Raises ``PreviewOvertaken`` when anything it was made from is different now."""
    if any(change["kind"] == "drop" for change in request["changes"]):
        raise Invalid(
            "推演中含有不办的班次期，不能一并采纳；请先用 cancel_term 取消该期，再重新推演",
            "the preview leaves a term out, which cannot be adopted; cancel the term (cancel_term) and preview again",
            fields={"changes": ["drop"]},
        )
    situation = Situation(tx)
    hold_campuses(tx, situation, (move["room_id"] for move in request["moves"]))
    problem, before = problem_with(tx, {**request, "seconds": 1.0})
    if basis_of(problem, before) != request["basis"]:
        raise PreviewOvertaken(
            "推演之后计划、场地、师资或规则有变动，推演结果已不适用；请重新推演后再采纳",
            "the plan, its places, lecturers or rules changed after the preview; preview again, then adopt",
        )
    moves = _moves(problem, request["moves"])
    unplaced = _unplaced(tx, request)
    pinned = {change["term_id"] for change in request["changes"] if change["kind"] in ("pin", "move")}
    pinned -= unplaced.keys()
    chosen = pinned | {move.term_id for move in moves}
    # What has lost its place and finds no other is in nobody's way.
    lost = {doc["_id"] for doc in situation.on_calendar if doc["due"]} - pinned | unplaced.keys()
    stays = [each for each in before if each.term_id not in lost]
    # What the changes let go of and no move puts elsewhere goes on where it lies, and so do its lessons.
    left = leaving(problem, stays) - {move.term_id for move in moves}
    held = [doc for doc in situation.on_calendar if doc["_id"] in left]
    judged = with_lessons_of(tx, held, situation.calendar, problem)
    _refuse_clashes(judged, {each.term_id: each for each in (*stays, *moves)}.values(), chosen)
    for move in moves:
        doc = tx.rows(TERMS).get(move.term_id)
        hold_concerned(tx, [doc])
        doc["pinned"] = doc["pinned"] or move.term_id in pinned
        reason = request["reason"] or "采纳推演结果 / preview adopted"
        settle(tx, situation, doc, move, reason=reason)
        tx.note(doc["_id"], "moved", reason=reason)
    for term_id in sorted(pinned - {move.term_id for move in moves}):
        doc = tx.rows(TERMS).get(term_id)
        doc["pinned"] = True
        tx.rows(TERMS).save(doc)
    lose_places(tx, unplaced.values())
    blackouts = [_close(tx, change) for change in request["changes"] if change["kind"] == "blackout"]
    review_places(tx)
    return {"moved": [move.term_id for move in moves], "blackout_ids": blackouts}


def _moves(problem: Problem, moves: Iterable[Document]) -> list[Placed]:
    axis, terms, found = Axis(problem), {term.id: term for term in problem.terms}, list[Placed]()
    rooms = {room.id for room in problem.rooms}
    for move in moves:
        term = terms.get(move["term_id"])
        span = axis.span_from(term, move["starts_on"]) if term is not None else None
        if span is None or move["room_id"] not in rooms:
            raise Invalid(
                f"推演中没有这一调整：{move['term_id']}改到{move['starts_on']}、教室{move['room_id']}；"
                "请原样提交推演给出的 moves",
                f"no preview gave this move: {move['term_id']} to {move['starts_on']} in {move['room_id']}; "
                "send the moves of the preview as they are",
                fields={"moves": [move["term_id"]]},
            )
        found.append(Placed(move["term_id"], span.starts_on, span.ends_on, span.reports_on, move["room_id"]))
    return found


def _unplaced(tx: Transaction, request: Document) -> dict[str, Document]:
    """Return the terms that the preview left without a place. Raises ``Invalid`` for others."""
    found = {doc["_id"]: doc for doc in tx.rows(TERMS).find({"_id": {"$in": request["unplaced"]}}, sort=[("_id", 1)])}
    moved = {move["term_id"] for move in request["moves"]}
    for term_id in request["unplaced"]:
        if term_id in moved or term_id not in found or found[term_id]["plan_id"] != request["plan_id"]:
            raise Invalid(
                f"推演中没有未排下的班次期{term_id}；请原样提交推演给出的 unplaced 中的编号",
                f"no preview of this plan leaves {term_id} without a place; send the terms of its unplaced as they are",
                fields={"unplaced": [term_id]},
            )
    today = tx.today.isoformat()
    return {id: doc for id, doc in found.items() if not has_begun(doc, today)}  # what has begun goes on where it is


def _refuse_clashes(problem: Problem, table: Iterable[Placed], chosen: Collection[str]) -> None:
    """The preview's own moves keep every rule; what a caller made of them is looked at again."""
    terms = {term.id for term in problem.terms}
    found = check(problem, tuple(each for each in table if each.term_id in terms))
    violations = [each for each in found if not set(each.term_ids).isdisjoint(chosen)]
    if violations:
        raise TermClash(
            f"不能这样调整：{violations[0].zh}。请原样提交推演给出的 moves；"
            "推演中未排下的班次期须列入 unplaced，采纳后转为待重排",
            f"this cannot be adopted: {violations[0].en}; send the moves of the preview as they are, and in unplaced "
            "the terms that it leaves without a place, which are due then",
            violations=[
                {"code": each.code, "term_ids": list(each.term_ids), "words": {"zh": each.zh, "en": each.en}}
                for each in violations
            ],
        )


def _close(tx: Transaction, change: Document) -> str:
    last = change["ends_on"] or change["starts_on"]
    blackout: Document = put_blackout(
        tx,
        {
            "blackout_id": new_id("blackout"),
            "title": f"停办（{change['starts_on']}至{last}）",
            "starts_on": change["starts_on"],
            "ends_on": last,
            "districts": change["districts"],
            "campus_ids": change["campus_ids"],
        },
    )
    return str(blackout["blackout_id"])
