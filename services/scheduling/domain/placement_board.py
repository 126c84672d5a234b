"""A table in the making: what is placed where, what stands in the way of one more term, and what it would cost."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from services.scheduling.domain.placement import Placed, Room, Term
from services.scheduling.domain.placement_grid import Grid, Slot
from services.scheduling.domain.placement_ledger import Ledger
from services.scheduling.domain.placement_spans import Axis, Span


@dataclass(frozen=True, slots=True)
class Obstacles:
    """What keeps a term out of one span and room; empty when it can go there.

    ``siblings`` are terms that must lie farther away or on the other side: of its programme, or by an order.
    ``beds_short`` are the days on which beds are missing, with how many: of all kinds, or of ``bed_kind`` alone.
    ``lecturer_busy`` are the terms that have one of its lecturers on a day it needs them.
    """

    room_taken_by: tuple[str, ...] = ()
    beds_short: tuple[tuple[date, int], ...] = ()
    siblings: tuple[str, ...] = ()
    lecturer_busy: tuple[str, ...] = ()
    bed_kind: str | None = None

    def __bool__(self) -> bool:
        return bool(self.room_taken_by or self.beds_short or self.siblings or self.lecturer_busy)


class Board:
    """The terms placed so far."""

    def __init__(self, grid: Grid | Axis, placed: Iterable[Placed] = ()) -> None:
        self.grid = grid if isinstance(grid, Grid) else Grid(grid)
        self.axis = self.grid.axis
        self.terms = self.grid.terms
        self.placed: dict[str, Placed] = {}
        self.ledger = Ledger(self.grid)
        self._slot: dict[str, Slot] = {}
        self._in_room: defaultdict[str, set[str]] = defaultdict(set)
        self._of_programme: defaultdict[str, set[str]] = defaultdict(set)
        self._busy: Counter[str] = Counter()
        self._teaches: Counter[str] = Counter()
        self._taught_by: defaultdict[str, set[str]] = defaultdict(set)
        self._beds: dict[tuple[str, str | None], list[int]] = {}
        self._before: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        self._after: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        for order in self.grid.problem.orders:
            self._before[order.after].append((order.before, order.delay))
            self._after[order.before].append((order.after, order.delay))
        for each in placed:
            self.put(each)

    def put(self, placed: Placed, slot: Slot | None = None) -> None:
        """Place a term, without asking whether it may go there."""
        term, slot = self.terms[placed.term_id], slot or self.grid.slot_at(placed)
        self.placed[term.id], self._slot[term.id] = placed, slot
        self._in_room[placed.room_id].add(term.id)
        self._busy[placed.room_id] |= slot.days
        for lecturer_id, days in slot.needs:
            self._teaches[lecturer_id] |= days
            self._taught_by[lecturer_id].add(term.id)
        self._of_programme[term.programme_id].add(term.id)
        self._count_beds(term, placed, term.trainees)
        self.ledger.enter(term, slot, self.axis.rooms[placed.room_id].campus_id)

    def take(self, term_id: str) -> Placed:
        """Take a term off the board again."""
        placed, slot, term = self.placed.pop(term_id), self._slot.pop(term_id), self.terms[term_id]
        self._in_room[placed.room_id].remove(term_id)
        self._busy[placed.room_id] = 0
        for other in self._in_room[placed.room_id]:
            self._busy[placed.room_id] |= self._slot[other].days
        for lecturer_id, _ in slot.needs:
            self._taught_by[lecturer_id].remove(term_id)
            self._teaches[lecturer_id] = 0
            for other in self._taught_by[lecturer_id]:
                self._teaches[lecturer_id] |= dict(self._slot[other].needs)[lecturer_id]
        self._of_programme[term.programme_id].remove(term_id)
        self._count_beds(term, placed, -term.trainees, slot)
        self.ledger.strike(term, slot, self.axis.rooms[placed.room_id].campus_id)
        return placed

    def entries(self) -> Iterator[tuple[Term, Slot, Room]]:
        """Yield each placed term with its slot and room."""
        for term_id, placed in self.placed.items():
            yield self.terms[term_id], self._slot[term_id], self.axis.rooms[placed.room_id]

    def slot(self, term_id: str) -> Slot:
        """Return the slot of a placed term."""
        return self._slot[term_id]

    def opens(self, term_id: str) -> int | None:
        """Return the number of the day a placed term opens on."""
        slot = self._slot.get(term_id)
        return None if slot is None else slot.opens

    def obstacles(self, term: Term, slot: Slot, room: Room) -> Obstacles:
        """Return what stands in the way of ``term`` in this slot and room."""
        worst, kind = self.beds_missing(term, slot, room.campus_id)
        return Obstacles(
            tuple(id for id in self.users(room, slot.days) if id != term.id) if self.taken(room, slot) else (),
            self.beds_short(term, slot, room.campus_id, kind) if worst > 0 else (),
            self.siblings(term, slot.span),
            self.rivals(term, slot),
            kind,
        )

    def taken(self, room: Room, slot: Slot) -> bool:
        """Return whether some term has a room on days of a slot."""
        return bool(self._busy[room.id] & slot.days)

    def users(self, room: Room, days: int) -> tuple[str, ...]:
        """Return the terms that have a room on some of the days (one bit each)."""
        return tuple(sorted(id for id in self._in_room[room.id] if self._slot[id].days & days))

    def rooms_for(self, term: Term, slot: Slot) -> Iterable[Room]:
        """Yield the smallest room of each campus in which only its siblings (``siblings``) could be in the way."""
        if any(self._teaches[lecturer_id] & days for lecturer_id, days in slot.needs):
            return
        tried: set[str] = set()
        for room in slot.rooms:
            if room.campus_id not in tried and not self._busy[room.id] & slot.days:
                tried.add(room.campus_id)
                if self._has_beds(term, slot, room.campus_id):
                    yield room

    def siblings(self, term: Term, span: Span) -> tuple[str, ...]:
        """Return the terms that lie too near, or on the wrong side: of the same programme, or by an order."""
        found = []
        gap = self.axis.gap(term)
        apart = None if gap is None else timedelta(days=gap)
        for other_id in self._of_programme[term.programme_id]:
            other, at = self.terms[other_id], self.placed[other_id]
            if other_id != term.id and (_too_near(apart, span, at) or self._out_of_order(term, span, other, at)):
                found.append(other_id)
        for other_id, delay in self._before[term.id]:
            placed = self.placed.get(other_id)
            if placed is not None and (span.starts_on - placed.ends_on).days <= delay:
                found.append(other_id)
        for other_id, delay in self._after[term.id]:
            placed = self.placed.get(other_id)
            if placed is not None and (placed.starts_on - span.ends_on).days <= delay:
                found.append(other_id)
        return tuple(sorted(set(found))) if found else ()

    def rivals(self, term: Term, slot: Slot) -> tuple[str, ...]:
        """Return the terms that have a lecturer of a term on a day on which it needs them in a slot."""
        found = set()
        for lecturer_id, days in slot.needs:
            for other in self._taught_by[lecturer_id] - {term.id}:
                if dict(self._slot[other].needs)[lecturer_id] & days:
                    found.add(other)
        return tuple(sorted(found))

    def _has_beds(self, term: Term, slot: Slot, campus_id: str) -> bool:
        if not term.boards:
            return True
        campus, here = self.axis.campuses[campus_id], slice(slot.reports, slot.ends + 1)
        for kind in {None, term.bed_kind}:
            used = self._beds.get((campus_id, kind))
            if used is not None and max(used[here]) + term.trainees > campus.beds_of(kind):
                return False
        return True

    def beds_missing(self, term: Term, slot: Slot, campus_id: str) -> tuple[int, str | None]:
        """Return how many beds are missing on the worst day, and the kind: all together or those the term asks for.

        Nothing is missing up to 0.
        """
        most, worst_kind = 0, None
        campus, here = self.axis.campuses[campus_id], slice(slot.reports, slot.ends + 1)
        for kind in dict.fromkeys((None, term.bed_kind)) if term.boards else ():
            used = self._beds.get((campus_id, kind))
            missing = (max(used[here]) if used else 0) + term.trainees - campus.beds_of(kind)
            if missing > most:
                most, worst_kind = missing, kind
        return most, worst_kind

    def beds_short(self, term: Term, slot: Slot, campus_id: str, kind: str | None) -> tuple[tuple[date, int], ...]:
        """Return the days on which beds of a kind are missing, with how many."""
        used, days = self._beds.get((campus_id, kind)), self.grid.problem.days
        short = term.trainees - self.axis.campuses[campus_id].beds_of(kind)
        missing = ((day, (used[day] if used else 0) + short) for day in range(slot.reports, slot.ends + 1))
        return tuple((days[day].day, much) for day, much in missing if much > 0)

    def _out_of_order(self, term: Term, span: Span, other: Term, at: Placed) -> bool:
        if not self.axis.problem.policy.in_order or (term.pin and other.pin):
            return False
        if (term.ordinal, term.id) < (other.ordinal, other.id):
            return span.starts_on > at.starts_on
        return span.starts_on < at.starts_on

    def _count_beds(self, term: Term, placed: Placed, count: int, slot: Slot | None = None) -> None:
        if not term.boards:
            return
        campus_id, slot = self.axis.rooms[placed.room_id].campus_id, slot or self._slot[term.id]
        for kind in {None, term.bed_kind}:
            used = self._beds.setdefault((campus_id, kind), [0] * max(1, self.grid.length))
            for day in range(slot.reports, slot.ends + 1):
                used[day] += count


def _too_near(apart: timedelta | None, span: Span, at: Placed) -> bool:
    if apart is None:
        return False
    return span.starts_on <= at.ends_on + apart and at.starts_on <= span.ends_on + apart
