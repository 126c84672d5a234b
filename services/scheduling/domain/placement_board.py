"""A table in the making: what is placed where, and what stands in the way of one more term."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from services.scheduling.domain.placement import Placed, Room, Term
from services.scheduling.domain.placement_cost import Week, weekly_load
from services.scheduling.domain.placement_spans import Axis, Span

_ONE_DAY = timedelta(days=1)
_ORIGIN = date(2000, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Obstacles:
    """What keeps a term out of one span and room; empty when it can go there."""

    room_taken_by: tuple[str, ...] = ()
    beds_short: tuple[tuple[date, int], ...] = ()
    siblings: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.room_taken_by or self.beds_short or self.siblings)


class Board:
    """The terms placed so far."""

    def __init__(self, axis: Axis, placed: Iterable[Placed] = ()) -> None:
        self.axis = axis
        self.terms = {term.id: term for term in axis.problem.terms}
        self.placed: dict[str, Placed] = {}
        self._in_room: dict[str, set[str]] = {}
        self._of_programme: dict[str, set[str]] = {}
        self._beds: Counter[tuple[str, date]] = Counter()
        self._busy: Counter[str] = Counter()
        self.loads: Counter[Week] = Counter()
        for each in placed:
            self.put(each)

    def put(self, placed: Placed) -> None:
        """Place a term, without asking whether it may go there."""
        term = self.terms[placed.term_id]
        self.placed[term.id] = placed
        self._in_room.setdefault(placed.room_id, set()).add(term.id)
        self._busy[placed.room_id] |= _mask(placed.starts_on, placed.ends_on)
        self._of_programme.setdefault(term.programme_id, set()).add(term.id)
        self._count_beds(term, placed, term.trainees)
        self.loads.update(self._weekly(term, placed))

    def take(self, term_id: str) -> Placed:
        """Take a term off the board again."""
        placed, term = self.placed.pop(term_id), self.terms[term_id]
        self._in_room[placed.room_id].remove(term_id)
        self._busy[placed.room_id] = 0
        for other in self._in_room[placed.room_id]:
            self._busy[placed.room_id] |= _mask(self.placed[other].starts_on, self.placed[other].ends_on)
        self._of_programme[term.programme_id].remove(term_id)
        self._count_beds(term, placed, -term.trainees)
        self.loads.subtract(self._weekly(term, placed))
        return placed

    def obstacles(self, term: Term, span: Span, room: Room) -> Obstacles:
        """Return what stands in the way of ``term`` in this span and room."""
        return Obstacles(self._room_users(span, room), self._beds_short(term, span, room), self.siblings(term, span))

    def fits(self, term: Term, span: Span, room: Room) -> bool:
        """Return whether nothing but the terms of its own programme (``siblings``) could be in the way."""
        if self._busy[room.id] & _mask(span.starts_on, span.ends_on):
            return False
        return not term.boards or not self._beds_short(term, span, room, first_only=True)

    def siblings(self, term: Term, span: Span) -> tuple[str, ...]:
        """Return the terms of the same programme that lie too near, or on the wrong side of it in order."""
        found = []
        for other_id in sorted(self._of_programme.get(term.programme_id, ())):
            other, at = self.terms[other_id], self.placed[other_id]
            if other_id != term.id and (
                _too_near(self.axis.gap(term), span, at) or self._out_of_order(term, span, other, at)
            ):
                found.append(other_id)
        return tuple(found)

    def _weekly(self, term: Term, placed: Placed) -> Counter[Week]:
        return weekly_load(term, self.axis.working_in(placed.starts_on, placed.ends_on))

    def _room_users(self, span: Span, room: Room) -> tuple[str, ...]:
        users = (self.placed[term_id] for term_id in self._in_room.get(room.id, ()))
        return tuple(
            sorted(at.term_id for at in users if at.starts_on <= span.ends_on and span.starts_on <= at.ends_on)
        )

    def _beds_short(self, term: Term, span: Span, room: Room, first_only: bool = False) -> tuple[tuple[date, int], ...]:
        if not term.boards:
            return ()
        beds, short, day = self.axis.campuses[room.campus_id].beds, [], span.reports_on
        while day <= span.ends_on:
            excess = self._beds[room.campus_id, day] + term.trainees - beds
            if excess > 0:
                short.append((day, excess))
                if first_only:
                    break
            day += _ONE_DAY
        return tuple(short)

    def _out_of_order(self, term: Term, span: Span, other: Term, at: Placed) -> bool:
        if not self.axis.problem.policy.in_order or (term.pin and other.pin):
            return False
        if term.ordinal < other.ordinal:
            return span.starts_on > at.starts_on
        return span.starts_on < at.starts_on

    def _count_beds(self, term: Term, placed: Placed, count: int) -> None:
        if not term.boards:
            return
        campus_id, day = self.axis.rooms[placed.room_id].campus_id, placed.reports_on
        while day <= placed.ends_on:
            self._beds[campus_id, day] += count
            day += _ONE_DAY


def _mask(first: date, last: date) -> int:
    """Return a number with one bit for each day."""
    return ((1 << ((last - first).days + 1)) - 1) << (first.toordinal() - _ORIGIN)


def _too_near(gap: int | None, span: Span, at: Placed) -> bool:
    if gap is None:
        return False
    return span.starts_on <= at.ends_on + timedelta(days=gap) and at.starts_on <= span.ends_on + timedelta(days=gap)
