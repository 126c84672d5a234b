"""The timetables of retimed terms on their new days: as they would be issued, and whom that concerns."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from services.scheduling.domain.retiming import Move, Place
from services.scheduling.domain.timetable import Session, Table, ordered, refitted
from services.scheduling.domain.timetable_check import Breach, check
from services.scheduling.domain.timetable_fill import mended
from services.scheduling.domain.timetable_setting import Held, Setting
from services.scheduling.domain.wire import to_wire
from services.scheduling.situation import Situation, calendar_of
from services.scheduling.store import SESSIONS, TERMS, TIMETABLES
from services.scheduling.tabling import issued_table, setting_of, taught_term
from shared.storage import View

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RetimedTable:
    """A term's timetable before and after; after is empty for a term that is cancelled.

    ``breaches`` are hard rules it would break even so, against what others hold.
    """

    term_id: str
    before: Table
    after: Table
    breaches: tuple[Breach, ...] = ()


def moved_term(situation: Situation, doc: Document, place: Place | None, outcome: str) -> Document:
    """Return a term document as it will be: at another place, online, or cancelled."""
    if place is None:
        return {**doc, "state": "cancelled"}
    moved = {**doc, **to_wire(place), "state": "placed"}
    moved["delivery"] = "online" if outcome == "online" else "campus"
    return {**moved, **situation.place(moved)}


def retimed_tables(view: View, moves: Iterable[Move]) -> list[RetimedTable]:
    """Return the timetables of the terms that have one, as they follow their terms.

    The n-th day of a term's table goes to its n-th new day, into the term's own room. Half-days change places where a
    lecturer cannot come otherwise; where nothing helps, the session's lecturer is left open. A joint lecture stays
    joint when all its terms shift alike, otherwise each of them gets a lecture of its own.
    """
    found = _Following(view, list(moves))
    together = found.judged(found.tables(keep_joint=True))
    if not any(each.breaches for each in together):
        return together
    return found.judged(found.tables(keep_joint=False))


class _Following:
    def __init__(self, view: View, moves: list[Move]) -> None:
        self.view = view
        situation, self.calendar = Situation(view), calendar_of(view)
        ids = [move.term_id for move in moves]
        self.old = {doc["_id"]: doc for doc in view.rows(TERMS).find({"_id": {"$in": ids}})}
        self.numbers = {doc["_id"]: doc["number"] for doc in view.rows(TIMETABLES).find({"_id": {"$in": ids}})}
        self.moves = [move for move in moves if self.numbers.get(move.term_id, 0)]
        self.new = {
            move.term_id: moved_term(situation, self.old[move.term_id], move.after, move.outcome) for move in moves
        }
        self.before = {
            move.term_id: issued_table(view, move.term_id, self.numbers[move.term_id]) for move in self.moves
        }
        self.joint = self._shifting_alike()

    def tables(self, keep_joint: bool) -> list[RetimedTable]:
        made: list[RetimedTable] = []
        joining: list[Held] = []
        for move in self.moves:
            after = self._after(move, joining, keep_joint) if move.after is not None else ()
            made.append(RetimedTable(move.term_id, self.before[move.term_id], after))
            joining += [Held(move.term_id, each) for each in after]
        return made

    def judged(self, made: list[RetimedTable]) -> list[RetimedTable]:
        tables = {each.term_id: each.after for each in made if each.after}
        if not tables:
            return made
        terms = [self.new[id] for id in tables]
        found = check(setting_of(self.view, terms, tables.values(), self.new), tables)
        return [
            dataclasses.replace(each, breaches=tuple(breach for breach in found if each.term_id in breach.term_ids))
            for each in made
        ]

    def _after(self, move: Move, joining: list[Held], keep_joint: bool) -> Table:
        term, old = self.new[move.term_id], self.old[move.term_id]
        was = {**old, **to_wire(move.before)}
        days = [list(taught_term(self.calendar, doc).days) for doc in (was, term)]
        online = move.outcome == "online"
        table = []
        for each in refitted(self.before[move.term_id], *days):
            joint = each.joint_id if keep_joint and not online and each.joint_id in self.joint else None
            room_id = each.room_id if joint or each.room_id is None else term["room_id"]
            table.append(dataclasses.replace(each, joint_id=joint, room_id=None if online else room_id))
        setting = setting_of(self.view, [term], [tuple(table)], self.new, joining)
        return mended(ordered(table), days[1], setting.limits, _blocks(setting, table))

    def _shifting_alike(self) -> frozenset[str]:
        """Return the joint lectures all of whose terms go with the retiming, onto the same days."""
        holders: dict[str, dict[str, Session]] = {}
        docs = self.view.rows(SESSIONS).find({"joint_id": {"$in": sorted(self._joints())}})
        for doc in docs:
            holders.setdefault(doc["joint_id"], {})[doc["term_id"]] = doc["session"]
        shifts = {move.term_id: (move.before.starts_on, move.after.starts_on) for move in self.moves if move.after}
        alike = {
            joint_id
            for joint_id, terms in holders.items()
            if terms.keys() <= shifts.keys() and len({shifts[id] for id in terms}) == 1
        }
        return frozenset(alike)

    def _joints(self) -> set[str]:
        return {each.joint_id for table in self.before.values() for each in table if each.joint_id}


def _blocks(setting: Setting, table: Iterable[Session]) -> Any:
    # A joint lecture that goes on together is held by its other terms too: that blocks nobody.
    joint: Mapping[tuple[Any, ...], str] = {
        (each.lecturer_id, each.on, each.half): each.joint_id for each in table if each.joint_id
    }
    return lambda who, day, half: setting.blocks(who, day, half, joint.get((who, day, half)))
