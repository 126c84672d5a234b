"""The calendar of a problem in whole numbers, and what each term may have on it by itself."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from services.scheduling.domain.placement import Pin, Placed, Problem, Room, Term
from services.scheduling.domain.placement_cost import allowed_away, fair_weeks, span_cost
from services.scheduling.domain.placement_spans import Axis, Span


@dataclass(frozen=True, slots=True)
class Slot:
    """A span of one term in numbers: days counted from the first of the calendar, weeks from its first week.

    ``days`` has one bit for each day in the room, ``needs`` the same for each lecturer; ``weeks`` holds for each week
    its number, its first and last day within the span, and the trainee-days; ``rooms`` those the term may have then,
    smallest first; ``own`` what the days cost by themselves.
    """

    span: Span
    reports: int
    opens: int
    ends: int
    days: int
    needs: tuple[tuple[str, int], ...]
    weeks: tuple[tuple[int, int, int, int], ...]
    rooms: tuple[Room, ...]
    own: int


def let_stand(problem: Problem, places: Mapping[str, Placed]) -> Problem:
    """Return a problem in which terms stand where they lie (``places``) if its rules would not put them there now.

    So that a scheduler sees that the place is taken, though a room became too small since, its days were closed, or
    another plan has people report sooner and lets short terms run over a weekend.
    """
    grid = Grid(Axis(problem))

    def stands(term: Term) -> Term:
        at = places.get(term.id)
        if at is None or any(_is_at(slot, at) for slot in grid.slots_of(term)):
            return term
        return dataclasses.replace(term, pin=Pin(at.starts_on, at.room_id, at.ends_on, at.reports_on))

    return dataclasses.replace(problem, terms=tuple(stands(term) for term in problem.terms))


def _is_at(slot: Slot, at: Placed) -> bool:
    span = slot.span
    same = (span.starts_on, span.ends_on, span.reports_on) == (at.starts_on, at.ends_on, at.reports_on)
    return same and any(room.id == at.room_id for room in slot.rooms)


class Grid:
    """Every slot of every term of a problem, with the tables that tell what it would cost."""

    def __init__(self, axis: Axis) -> None:
        self.axis = axis
        self.problem = axis.problem
        self.terms = {term.id: term for term in axis.problem.terms}
        self.length = len(axis.problem.days)
        self._origin = axis.problem.days[0].day.toordinal() if axis.problem.days else 0
        self.week = [_week(day.day) for day in axis.problem.days]
        self.days_of_week: dict[int, tuple[int, int]] = {}
        for index, week in enumerate(self.week):
            self.days_of_week[week] = (self.days_of_week.get(week, (index, index))[0], index)
        self.fair = fair_weeks(axis.problem)
        self.shares = {term.id: tuple(self._shares(term)) for term in axis.problem.terms}
        self._numbers: dict[
            tuple[date, date, date], tuple[int, int, int, int, tuple[tuple[int, int, int, int], ...]]
        ] = {}

    @cached_property
    def slots(self) -> dict[str, list[Slot]]:
        """What each term may have by itself: window, calendar, blackouts, absences, bans and rooms looked at."""
        return {term.id: list(self.slots_of(term)) for term in self.problem.terms}

    def number(self, day: date) -> int:
        """Return the number of a day; one outside the calendar is the nearest inside."""
        return min(max(day.toordinal() - self._origin, 0), max(self.length - 1, 0))

    def slot_at(self, at: Placed) -> Slot:
        """Return the slot a placed term has, whether or not it may."""
        term = self.terms[at.term_id]
        teaching = tuple(self.axis.working_in(at.starts_on, at.ends_on))
        return self._slot(term, Span(at.starts_on, at.ends_on, at.reports_on, teaching), ())

    def free_spans(self, term: Term) -> Iterator[Span]:
        """Yield the spans of a term that its lecturers and bans leave open; blackouts are a matter of the campus."""
        return (
            span
            for span in self.axis.spans(term)
            if not self.axis.banned(term, span) and not (term.needs and self.axis.absences_on(term, span))
        )

    def _shares(self, term: Term) -> Iterator[tuple[str, int, int, bool]]:
        """Yield unit, people, how many of it may be away, and whether it is far."""
        for share in term.shares:
            unit = self.axis.units.get(share.unit_id)
            if unit is not None and share.people:
                yield unit.id, share.people, allowed_away(self.problem.policy, unit.staff), unit.far

    def slots_of(self, term: Term) -> Iterator[Slot]:
        """Yield what one term may have by itself; of one that stands, where it lies."""
        if (at := term.stands) is not None:
            room = self.axis.rooms.get(at.room_id)
            yield from (self._slot(term, span, (room,)) for span in self.axis.spans(term) if room is not None)
            return
        rooms = tuple(self.axis.suitable_rooms(term))
        campuses = {room.campus_id for room in rooms}
        for span in self.free_spans(term) if rooms else ():
            free = rooms
            if self.axis.blackouts_in(span):
                closed = {id for id in campuses if self.axis.blackouts_on(term, span, self.axis.campuses[id])}
                free = tuple(room for room in rooms if room.campus_id not in closed)
            if free:
                yield self._slot(term, span, free)

    def _slot(self, term: Term, span: Span, rooms: tuple[Room, ...]) -> Slot:
        reports, opens, ends, days, weeks = self._numbers_of(span)
        needs: dict[str, int] = {}
        for lecturer_id, day in self.axis.needed(term, span) if term.needs else ():
            needs[lecturer_id] = needs.get(lecturer_id, 0) | 1 << self.number(day)
        return Slot(
            span,
            reports,
            opens,
            ends,
            days,
            tuple(needs.items()),
            tuple((week, first, last, many * term.trainees) for week, first, last, many in weeks),
            rooms,
            span_cost(self.problem.policy, term, span),
        )

    def _numbers_of(self, span: Span) -> tuple[int, int, int, int, tuple[tuple[int, int, int, int], ...]]:
        """Return reporting, opening and last day, the days in the room, and the weeks with how many days are taught."""
        key = span.starts_on, span.ends_on, span.reports_on
        if key not in self._numbers:
            opens, ends = self.number(span.starts_on), self.number(span.ends_on)
            weeks: dict[int, list[int]] = {}
            for day in span.teaching:
                index = self.number(day)
                found = weeks.setdefault(self.week[index], [index, index, 0])
                found[1], found[2] = index, found[2] + 1
            self._numbers[key] = (
                self.number(span.reports_on),
                opens,
                ends,
                (1 << ends + 1) - (1 << opens),
                tuple((week, first, last, many) for week, (first, last, many) in weeks.items()),
            )
        return self._numbers[key]


def _week(day: date) -> int:
    """Return the number of an ISO week; 0001-01-01 was a Monday."""
    return (day.toordinal() - 1) // 7
