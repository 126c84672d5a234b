"""Where a term can lie on the calendar: its spans of teaching days and the day people report."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from services.scheduling.domain.placement import Absence, Blackout, Campus, Day, Lecturer, Problem, Room, Term

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """A possible place of a term: opening, last day, reporting day and the days with lessons."""

    starts_on: date
    ends_on: date
    reports_on: date
    teaching: tuple[date, ...]

    def covers(self, day: date) -> bool:
        """Return whether the room is in use on ``day``."""
        return self.starts_on <= day <= self.ends_on


def unit_covers(root: str, unit: str) -> bool:
    """Return whether ``unit`` is ``root`` or lies below it (unit paths are dotted; the empty path is the city)."""
    return root in ("", unit) or unit.startswith(root + ".")


class Axis:
    """The calendar of a problem with the spans of its terms."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.campuses = {campus.id: campus for campus in problem.campuses}
        self.rooms = {room.id: room for room in problem.rooms}
        self.lecturers = {lecturer.id: lecturer for lecturer in problem.lecturers}
        self.units = {unit.id: unit for unit in problem.units}
        self._days = {day.day: day for day in problem.days}
        self._spans: dict[tuple[int, date], Span | None] = {}
        self._blackouts: dict[tuple[date, date], list[Blackout]] = {}

    @cached_property
    def working(self) -> list[date]:
        """Working days in order."""
        return [day.day for day in self.problem.days if day.works]

    def day(self, day: date) -> Day | None:
        """Return the calendar's word on a day; ``None`` outside it."""
        return self._days.get(day)

    def working_in(self, first: date, last: date) -> list[date]:
        """Return the working days from ``first`` to ``last``."""
        return self.working[bisect_left(self.working, first) : bisect_right(self.working, last)]

    def earliest(self, term: Term) -> date:
        """Return the first day a term may open, with the letters' lead time; a pinned one was settled before."""
        policy, today = self.problem.policy, self.problem.today
        if not policy.lead_days or today is None or term.pin:
            return term.earliest_start
        return max(term.earliest_start, today + timedelta(days=policy.lead_days))

    def span_from(self, term: Term, start: date) -> Span | None:
        """Return the span that opens on ``start``; ``None`` when the run of working days is too short."""
        key = term.days, start
        if key not in self._spans:
            self._spans[key] = self._span(term.days, start)
        return self._spans[key]

    def _span(self, days: int, start: date) -> Span | None:
        policy, teaching, current = self.problem.policy, [start], start
        first = self._days.get(start)
        if first is None or not first.works:
            return None
        while len(teaching) < days:
            current += _ONE_DAY
            day = self._days.get(current)
            if day is None or (not day.works and (day.kind == "holiday" or days <= policy.longest_run)):
                return None
            if day.works:
                teaching.append(current)
        return Span(start, current, self.reporting_day(start), tuple(teaching))

    def reporting_day(self, start: date) -> date:
        """Return the day people report for a term that opens on ``start``."""
        ahead = start - timedelta(days=self.problem.policy.report_ahead)
        day = self._days.get(ahead)
        return start if day is None or day.kind == "holiday" else ahead

    def unbroken(self, term: Term) -> Iterator[Span]:
        """Yield every span within the window and lead time, blackouts not yet looked at; that of a term that stands."""
        if (at := term.stands) is not None:
            yield Span(at.starts_on, at.ends_on, at.reports_on, tuple(self.working_in(at.starts_on, at.ends_on)))
            return
        for start in self.working_in(self.earliest(term), term.latest_end):
            span = self.span_from(term, start)
            if span and span.ends_on <= term.latest_end:
                yield span

    def blackouts_in(self, span: Span) -> list[Blackout]:
        """Return the blackouts on the days of a span, whomever they concern."""
        key = span.reports_on, span.ends_on
        if key not in self._blackouts:
            self._blackouts[key] = [
                blackout
                for blackout in self.problem.blackouts
                if blackout.starts_on <= span.ends_on and span.reports_on <= blackout.ends_on
            ]
        return self._blackouts[key]

    def blackouts_on(self, term: Term, span: Span, campus: Campus) -> list[Blackout]:
        """Return the blackouts that forbid a term on this campus in this span."""
        return [blackout for blackout in self.blackouts_in(span) if _concerns(blackout, term, campus)]

    def needed(self, term: Term, span: Span) -> Iterator[tuple[str, date]]:
        """Yield the lecturers a term needs with the days it needs them; a day beyond its last is none of its days."""
        for need in term.needs:
            for number in need.days or range(1, term.days + 1):
                if 1 <= number <= len(span.teaching):
                    yield need.lecturer_id, span.teaching[number - 1]

    def absences_on(self, term: Term, span: Span) -> list[tuple[Lecturer, Absence]]:
        """Return the absences of lecturers that forbid a term in this span."""
        return [
            (lecturer, absence)
            for lecturer_id, day in self.needed(term, span)
            if (lecturer := self.lecturers.get(lecturer_id)) is not None
            for absence in lecturer.absences
            if absence.keeps_from(term.id, day)
        ]

    def banned(self, term: Term, span: Span) -> bool:
        """Return whether the span touches days the term may not be held on."""
        return any(ban.starts_on <= span.ends_on and span.starts_on <= ban.ends_on for ban in term.bans)

    def suitable_rooms(self, term: Term) -> list[Room]:
        """Return the rooms that fit a term by size, kind, campus and beds of the campus, smallest first."""
        found = [room for room in self.rooms_in_reach(term) if self._suits(term, room)]
        return sorted(found, key=lambda room: (room.capacity, room.id))

    def rooms_in_reach(self, term: Term) -> list[Room]:
        """Return the rooms of what is held online for a term that is, and the rooms of buildings for any other."""
        online = self.is_online(term)
        campuses = {campus.id for campus in self.problem.campuses if campus.online == online}
        return [room for room in self.problem.rooms if room.campus_id in campuses]

    def is_online(self, term: Term) -> bool:
        """Return whether a term is held online."""
        campus = self.campuses.get(term.campus_id or "")
        return campus is not None and campus.online

    def _suits(self, term: Term, room: Room) -> bool:
        campus = self.campuses[room.campus_id]
        return (
            room.capacity >= term.trainees
            and term.room_kind in (None, room.kind)
            and term.campus_id in (None, room.campus_id)
            and (term.pin is None or term.pin.room_id in (None, room.id))
            and room.id not in term.barred_rooms
            and (not term.boards or min(campus.beds, campus.beds_of(term.bed_kind)) >= term.trainees)
        )

    @cached_property
    def _gaps(self) -> dict[str, int]:
        gaps: dict[str, int] = {}
        for term in self.problem.terms:
            if term.min_gap is not None:
                gaps[term.programme_id] = max(term.min_gap, gaps.get(term.programme_id, 0))
        return gaps

    def gap(self, term: Term) -> int | None:
        """Return the calendar days to keep free between the terms of this term's programme; ``None``: no rule."""
        return self._gaps.get(term.programme_id)

    @cached_property
    def _spacings(self) -> dict[str, int]:
        spacings: dict[str, int] = {}
        for term in self.problem.terms:
            if term.spacing is not None:
                spacings[term.programme_id] = max(term.spacing, spacings.get(term.programme_id, 0))
        return spacings

    def spacing(self, programme_id: str) -> int:
        """Return the days that should lie between the openings of a programme."""
        return self._spacings.get(programme_id, self.problem.policy.spacing_days)

    def spans(self, term: Term) -> list[Span]:
        """Return the spans within window, lead time and pin, blackouts not yet looked at."""
        pinned = term.pin.starts_on if term.pin else None
        return [span for span in self.unbroken(term) if pinned in (None, span.starts_on)]


def _concerns(blackout: Blackout, term: Term, campus: Campus) -> bool:
    if campus.online:
        return False
    if not blackout.districts and not blackout.campus_ids:
        return True
    return campus.id in blackout.campus_ids or any(
        unit_covers(root, campus.district) or any(unit_covers(root, district) for district in term.districts)
        for root in blackout.districts
    )
