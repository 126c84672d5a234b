"""Moving and cancelling a term by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.scheduling.commands.announcing import (
    admitted_counts,
    hold_campuses,
    hold_concerned,
    review_places,
    save_cancelled,
    settle,
)
from services.scheduling.contract.parts import TermClash, TermHasAdmitted, TermIsCancelled
from services.scheduling.domain.placement import Placed, Problem, Term
from services.scheduling.domain.placement_board import Board
from services.scheduling.domain.placement_check import check
from services.scheduling.domain.placement_reasons import explain
from services.scheduling.domain.placement_spans import Axis
from services.scheduling.queries.terms import term_reply
from services.scheduling.situation import Situation, is_online, placed_of, plan_policy, room_id_of, term_of
from services.scheduling.store import TERMS
from shared.errors import Invalid, NotFound
from shared.storage import Transaction

Document = dict[str, Any]


def move_term(tx: Transaction, request: dict[str, Any]) -> Document:
    """Put a term on another day or into another room, against the same rules a scheduler keeps.

    A room brings a term that is held online back to the campus.
    """
    doc = tx.rows(TERMS).get(request["term_id"])
    tx.expect(doc)
    _refuse_cancelled(doc)
    wants_place = "starts_on" in request or "room_id" in request
    if not wants_place and "pinned" not in request:
        raise Invalid(
            "请至少给出新的开班日期、教室或是否锁定之一",
            "give at least one of a new opening day, a room, or whether it is pinned",
        )
    doc["pinned"] = request.get("pinned", True)
    if wants_place:
        situation = Situation(tx)
        placed = _new_place(tx, situation, {**doc, "delivery": "campus"} if request.get("room_id") else doc, request)
        hold_campuses(tx, situation, [placed.room_id])
        hold_concerned(tx, [doc])
        settle(tx, situation, doc, placed, always=True, reason=request.get("reason"))
        review_places(tx)
    else:
        tx.rows(TERMS).save(doc)
    if request.get("reason"):
        tx.note(doc["_id"], "moved", reason=request["reason"])
    return term_reply(tx, tx.rows(TERMS).get(doc["_id"]))


def cancel_term(tx: Transaction, request: dict[str, Any]) -> Document:
    """Cancel a term; with admitted people only when the request says so."""
    doc = tx.rows(TERMS).hold(request["term_id"])
    tx.expect(doc)
    _refuse_cancelled(doc)
    admitted = admitted_counts(tx, [doc["_id"]]).get(doc["_id"], 0)
    if admitted and not request["release_admitted"]:
        raise TermHasAdmitted(
            f"{term_of(doc).label}已录取{admitted}人，不能直接取消；"
            "确需取消请将 release_admitted 设为 true，并另行通知学员",
            f"{term_of(doc).label_en} has {admitted} people admitted; "
            "to cancel it all the same set release_admitted to true",
            terms=[{"term_id": doc["_id"], "admitted": admitted}],
        )
    save_cancelled(tx, doc, request["reason"])
    tx.note(doc["_id"], "cancelled", reason=request["reason"], admitted=admitted)
    review_places(tx)
    return term_reply(tx, doc)


def _new_place(tx: Transaction, situation: Situation, doc: Document, request: dict[str, Any]) -> Placed:
    room_id = room_id_of(doc) if is_online(doc) else request.get("room_id", doc["room_id"])
    if room_id is not None and not is_online(doc) and room_id not in situation.rooms:
        raise NotFound(f"没有编号为“{room_id}”的教室", f"there is no room {room_id!r}", room_id=room_id)
    starts_on = request.get("starts_on") or (date.fromisoformat(doc["starts_on"]) if doc["starts_on"] else None)
    if starts_on is None:
        raise Invalid("该期尚未排期，请给出开班日期", "the term is not placed yet; give its opening day")
    others = [each for each in situation.on_calendar if each["_id"] != doc["_id"] and not each["due"]]
    policy = plan_policy(tx, doc["plan_id"])
    problem = situation.problem([doc], others, policy)
    others += situation.reserved
    term = problem.terms[0]
    axis = Axis(problem)
    board = Board(axis, [placed_of(each) for each in others])
    span = axis.span_from(term, starts_on)
    if span is None:
        raise _clash(term, [{"code": "no-span", **_no_span(axis, term, starts_on)}])
    if room_id is None:
        slot = next((each for each in board.grid.slots[term.id] if each.span == span), None)
        rooms = list(board.rooms_for(term, slot)) if slot else []
        if not rooms:
            raise _clash(term, [_reason(each) for each in explain(board, term).reasons])
        room_id = min(rooms, key=lambda room: (room.capacity, room.id)).id
    placed = Placed(term.id, span.starts_on, span.ends_on, span.reports_on, room_id)
    _refuse_violations(problem, term, placed, [placed_of(each) for each in others])
    return placed


def _refuse_violations(problem: Problem, term: Term, placed: Placed, others: list[Placed]) -> None:
    found = [each for each in check(problem, (*others, placed)) if term.id in each.term_ids]
    if found:
        raise _clash(
            term,
            [
                {"code": each.code, "term_ids": list(each.term_ids), "words": {"zh": each.zh, "en": each.en}}
                for each in found
            ],
        )


def _no_span(axis: Axis, term: Term, starts_on: date) -> Document:
    day = axis.day(starts_on)
    if day is None:
        zh, en = f"{starts_on}不在{term.label}的举办时间内", f"{starts_on} lies outside the window of {term.label_en}"
    elif not day.works:
        named = f"（{day.name}）" if day.name else ""
        zh, en = f"{starts_on}{named}不是工作日，不能开班", f"{starts_on} is not a working day"
    else:
        zh = f"从{starts_on}起排不下连续{term.days}个工作日（遇周末或假期）"
        en = f"{term.days} unbroken working days do not fit from {starts_on}"
    return {"term_ids": [term.id], "words": {"zh": zh, "en": en}}


def _reason(reason: Any) -> Document:
    return {"code": reason.code, "term_ids": [], "words": {"zh": reason.zh, "en": reason.en}}


def _clash(term: Term, violations: list[Document]) -> TermClash:
    zh = "；".join(each["words"]["zh"] for each in violations[:5])
    en = "; ".join(each["words"]["en"] for each in violations[:5])
    return TermClash(
        f"{term.label}不能这样安排：{zh}。请改选日期或教室",
        f"{term.label_en} cannot lie there: {en}; choose another day or room",
        violations=violations,
    )


def _refuse_cancelled(doc: Document) -> None:
    if doc["state"] == "cancelled":
        raise TermIsCancelled(
            f"{term_of(doc).label}已取消，不能再作调整",
            f"{term_of(doc).label_en} is cancelled and cannot be changed",
            term_id=doc["_id"],
        )
