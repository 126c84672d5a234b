"""Retimings, and everything one would bring about, counted from what scheduling knows."""

from __future__ import annotations

from typing import Any

from services.scheduling.commands.announcing import seats_of
from services.scheduling.domain.placement import Unplaced
from services.scheduling.domain.retiming import Move, Place, Proposal, Reach, followings
from services.scheduling.domain.timetable_diff import differences
from services.scheduling.domain.wire import to_wire
from services.scheduling.queries.terms import replacement_deadline
from services.scheduling.retiming_tables import RetimedTable, retimed_tables
from services.scheduling.situation import calendar_of, term_of
from services.scheduling.store import LECTURERS, PROCESSES, RETIMINGS, ROOMS, TERMS
from services.scheduling.teaching import live_invitations
from shared.storage import View, exactly

Document = dict[str, Any]


def get_retiming(view: View, request: dict[str, Any]) -> Document:
    """Return a retiming with how far it is."""
    return retiming_reply(view, view.rows(RETIMINGS).get(request["retiming_id"]))


def list_retimings(view: View, request: dict[str, Any]) -> Document:
    """Return one page of retimings, newest first."""
    wanted: Document = {"plan_id": exactly(request["plan_id"])} if "plan_id" in request else {}
    docs, cursor = view.rows(RETIMINGS).page(wanted, request.get("cursor"), request["limit"], sort="-_id")
    return {"items": [_row(doc) for doc in docs], "next_cursor": cursor}


def retiming_reply(view: View, doc: Document) -> Document:
    """Return a retiming document as the reply of an operation."""
    process = view.rows(PROCESSES).get(doc["process_id"]) if doc["process_id"] else {"history": []}
    return {**doc, **_row(doc), "steps": process["history"]}


def consequences_of(view: View, proposal: Proposal) -> Document:
    """Return the whole cascade of a proposal: what becomes of each term, and what follows from all of it."""
    return _Cascade(view, proposal).reply()


class _Cascade:
    def __init__(self, view: View, proposal: Proposal) -> None:
        self.view, self.proposal = view, proposal
        ids = [move.term_id for move in proposal.moves] + [each.term_id for each in proposal.homeless]
        self.terms = {doc["_id"]: doc for doc in view.rows(TERMS).find({"_id": {"$in": ids}})}
        self.seats = seats_of(view, ids)
        self.rooms = {doc["_id"]: doc["title"] for doc in view.rows(ROOMS).find()}
        self.names = {doc["_id"]: doc["name"] for doc in view.rows(LECTURERS).find()}
        self.tables = {each.term_id: each for each in retimed_tables(view, proposal.moves)}
        self.calendar = calendar_of(view)

    def reply(self) -> Document:
        reaches = [self._reach(move) for move in self.proposal.moves]
        rows = [self._row(each) for each in reaches]
        sound = not self.proposal.homeless and not any(row["breaches"] for row in rows)
        return {
            "digest": self.proposal.digest,
            "can_proceed": sound,
            "terms": rows,
            "homeless": [self._homeless(each) for each in self.proposal.homeless],
            "begun": list(self.proposal.begun),
            "consequences": [
                {"key": each.key, "count": each.count, "words": {"zh": each.zh, "en": each.en}}
                for each in followings(reaches)
            ],
        }

    def _reach(self, move: Move) -> Reach:
        seats = self.seats.get(move.term_id, {})
        table = self.tables.get(move.term_id)
        asked = {each["lecturer_id"] for each in live_invitations(self.view, move.term_id).values()}
        open_ = _left_open(table) if move.outcome != "cancelled" else set()
        before, after = self._deadlines(move)
        return Reach(
            move=move,
            admitted=len(seats),
            units=tuple(sorted({unit for unit in seats.values() if unit})),
            capacity=self.terms[move.term_id]["capacity"],
            sessions=len(differences(table.before, table.after)) if table else 0,
            reconfirm=tuple(sorted(asked - open_)) if move.shifts else (),
            open=tuple(sorted(open_)),
            released=tuple(sorted(asked)) if move.outcome == "cancelled" else (),
            deadline_moves=before != after,
        )

    def _row(self, reach: Reach) -> Document:
        move, term = reach.move, term_of(self.terms[reach.move.term_id])
        table = self.tables.get(move.term_id)
        before, after = self._deadlines(move)
        states = {"reconfirm": reach.reconfirm, "open": reach.open, "released": reach.released}
        return {
            "term_id": move.term_id,
            "label": {"zh": term.label, "en": term.label_en},
            "outcome": move.outcome,
            "before": self._place(move.before),
            "after": self._place(move.after) if move.after else None,
            "admitted": reach.admitted,
            "unit_ids": list(reach.units),
            "replacement_deadline_before": before,
            "replacement_deadline_after": after,
            "sessions_changed": reach.sessions,
            "lecturers": [
                {"lecturer_id": id, "name": self.names.get(id, id), "state": state}
                for state, ids in states.items()
                for id in ids
            ],
            "breaches": [{"zh": each.zh, "en": each.en} for each in (table.breaches if table else ())],
        }

    def _deadlines(self, move: Move) -> tuple[Any, Any]:
        doc = self.terms[move.term_id]
        before = replacement_deadline({**doc, **to_wire(move.before)}, self.calendar)
        if move.after is None:
            return before, None
        return before, replacement_deadline({**doc, **to_wire(move.after)}, self.calendar)

    def _place(self, place: Place) -> Document:
        return {**to_wire(place), "room_title": self.rooms[place.room_id]}

    def _homeless(self, unplaced: Unplaced) -> Document:
        term = term_of(self.terms[unplaced.term_id])
        return {
            "term_id": unplaced.term_id,
            "label": {"zh": term.label, "en": term.label_en},
            "reasons": [
                {"code": each.code, "words": {"zh": each.zh, "en": each.en}, "details": each.details}
                for each in unplaced.reasons
            ],
        }


def _left_open(table: RetimedTable | None) -> set[str]:
    if table is None:
        return set()
    after = {each.session_id: each.lecturer_id for each in table.after}
    return {
        each.lecturer_id for each in table.before if each.lecturer_id and after.get(each.session_id) != each.lecturer_id
    }


def _row(doc: Document) -> Document:
    return {
        **{name: doc[name] for name in ("plan_id", "reason_code", "reason", "state", "asked_at", "asked_by")},
        "retiming_id": doc["_id"],
        "terms": len(doc["rows"]),
        "announced_at": doc["announced_at"],
    }
