"""What a planner demands of a year, one by one: each is either kept or given up, whatever becomes of the others."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from services.scheduling.domain.placement import Campus, Placed, Room, Term
from services.scheduling.domain.placement_spans import Axis, Span

Rule = Literal[
    "held",
    "window",
    "lead",
    "pin",
    "ban",
    "barred-room",
    "room-kind",
    "campus",
    "seats",
    "unbroken",
    "blackout",
    "absence",
    "lecturer",
    "beds",
    "rooms",
    "gap",
    "sequence",
    "order",
]
SHARED: frozenset[Rule] = frozenset({"lecturer", "beds", "rooms", "gap", "sequence", "order"})
"""Rules between terms; the others judge one term's place by itself."""
_OF_OTHERS: frozenset[Rule] = SHARED | {"blackout", "absence"}
Broken = tuple[object, ...]
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Demand:
    """One demand. ``subject`` is a term; for ``blackout`` and ``absence``, ``lecturer``, ``beds`` and ``rooms``,
    ``gap`` and ``sequence`` it is the blackout, the lecturer, the campus, the programme; an order is named
    ``before>after``.

    ``number`` says which of a term's bans or of a lecturer's absences; ``kind`` which kind of beds (all: ``None``).
    """

    rule: Rule
    subject: str
    number: int = 0
    kind: str = ""

    @property
    def of_term(self) -> bool:
        """Whether ``subject`` is a term."""
        return self.rule not in _OF_OTHERS


def held(term_id: str) -> Demand:
    """Return the demand that a term be held, as long and as large as it is."""
    return Demand("held", term_id)


def demands_on(axis: Axis, term_ids: Collection[str]) -> list[Demand]:
    """Return every demand that some terms touch, without those that they be held."""
    terms = [term for term in axis.problem.terms if term.id in term_ids]
    found = dict.fromkeys(each for term in terms for each in _own(axis, term))
    found |= dict.fromkeys(Demand("blackout", each.id) for each in axis.problem.blackouts)
    for campus in axis.problem.campuses:
        if campus.online:
            continue
        found[Demand("rooms", campus.id)] = None
        for kind in sorted({term.bed_kind or "" for term in terms if term.boards} | {""}):
            found[Demand("beds", campus.id, kind=kind)] = None
    for term in terms:
        if axis.gap(term) is not None:
            found[Demand("gap", term.programme_id)] = None
        if axis.problem.policy.in_order:
            found[Demand("sequence", term.programme_id)] = None
    for order in axis.problem.orders:
        if order.before in term_ids and order.after in term_ids:
            found[Demand("order", f"{order.before}>{order.after}")] = None
    return list(found)


def _own(axis: Axis, term: Term) -> Iterator[Demand]:
    if not term.fixed:
        yield Demand("window", term.id)
    yield Demand("unbroken", term.id)
    yield Demand("seats", term.id)
    if lead_until(axis, term) is not None:
        yield Demand("lead", term.id)
    if term.pin is not None:
        yield Demand("pin", term.id)
    if term.barred_rooms:
        yield Demand("barred-room", term.id)
    if term.room_kind is not None:
        yield Demand("room-kind", term.id)
    if term.campus_id is not None:
        yield Demand("campus", term.id)
    for number in range(len(term.bans)):
        yield Demand("ban", term.id, number)
    for need in term.needs:
        lecturer = axis.lecturers.get(need.lecturer_id)
        yield Demand("lecturer", need.lecturer_id)
        for number in range(len(lecturer.absences) if lecturer else 0):
            yield Demand("absence", need.lecturer_id, number)


def lead_until(axis: Axis, term: Term) -> date | None:
    """Return the first day that the letters' lead time leaves a term; ``None`` where it binds nothing."""
    policy, today = axis.problem.policy, axis.problem.today
    if not policy.lead_days or today is None or term.pin:
        return None
    return today + timedelta(days=policy.lead_days)


@dataclass(frozen=True, slots=True)
class Way:
    """A term on some days in some room, whether or not it may be there.

    ``breaks`` has what it breaks by itself, with what exactly is broken: the days, seats or rooms that would have to be
    given up.
    """

    term: Term
    span: Span
    rooms: tuple[Room, ...]
    breaks: dict[Demand, Broken]

    @property
    def campus_id(self) -> str:
        """The campus of its rooms, which are alike."""
        return self.rooms[0].campus_id

    def at(self, room: Room) -> Placed:
        """Return it as a placed term."""
        return Placed(self.term.id, self.span.starts_on, self.span.ends_on, self.span.reports_on, room.id)


def ways(axis: Axis, term: Term) -> Iterator[Way]:
    """Yield every way to hold a term on the calendar in full, rules or no rules; before tomorrow in its window only.

    Where it stands it breaks nothing.
    """
    kinds: dict[tuple[object, ...], list[Room]] = {}
    named = {each.pin.room_id for each in axis.problem.terms if each.pin}
    named |= {id for each in axis.problem.terms for id in each.barred_rooms}
    for room in sorted(axis.rooms_in_reach(term), key=lambda room: room.id):
        alike = room.campus_id, room.kind, room.capacity, room.id if room.id in named else ""
        kinds.setdefault(alike, []).append(room)
    alike_rooms = [(tuple(rooms), dict(_broken_by_room(term, rooms[0]))) for rooms in kinds.values()]
    campuses = {rooms[0].campus_id: axis.campuses[rooms[0].campus_id] for rooms, _ in alike_rooms}
    rules, at = _Rules(axis, term), term.stands
    if at is not None and (stands_in := axis.rooms.get(at.room_id)) is not None:
        yield from (Way(term, span, (stands_in,), {}) for span in axis.unbroken(term))
    for first in range(len(axis.working) - term.days + 1):
        teaching = tuple(axis.working[first : first + term.days])
        if axis.problem.today is not None and teaching[0] <= min(axis.problem.today, term.earliest_start - _ONE_DAY):
            continue
        span = Span(teaching[0], teaching[-1], axis.reporting_day(teaching[0]), teaching)
        days = dict(rules.broken_by_days(span))
        closed = {id: {**days, **dict(rules.broken_by_blackouts(span, each))} for id, each in campuses.items()}
        for rooms, broken in alike_rooms:
            yield Way(term, span, rooms, _both(closed[rooms[0].campus_id], broken))


def _both(one: dict[Demand, Broken], other: dict[Demand, Broken]) -> dict[Demand, Broken]:
    """Return what is broken in all; what breaks no more than another way is the same dictionary, as there are many."""
    if not other:
        return one
    both = {**one, **other}
    for demand in one.keys() & other.keys():
        both[demand] = (*one[demand], *other[demand])
    return both


class _Rules:
    """Says which rules of its own a term breaks."""

    def __init__(self, axis: Axis, term: Term) -> None:
        self._axis, self._term = axis, term
        self._lead_until = lead_until(axis, term)
        calendar = [day.day for day in axis.problem.days]
        named = [term.earliest_start, term.latest_end, *([self._lead_until] if self._lead_until else [])]
        named += [term.pin.starts_on] if term.pin else []
        self._first = min((*calendar, *named)) - _ONE_DAY
        self._dates = _days(self._first, max((*calendar, *named)) + _ONE_DAY)

    def broken_by_days(self, span: Span) -> Iterator[tuple[Demand, Broken]]:
        """Yield what its days break, with which of them."""
        axis, term = self._axis, self._term
        before = self._between(span.starts_on, term.earliest_start - _ONE_DAY)
        outside = (*before, *self._between(term.latest_end + _ONE_DAY, span.ends_on))
        if outside and not term.fixed:
            yield Demand("window", term.id), outside
        if self._lead_until is not None and span.starts_on < self._lead_until:
            yield Demand("lead", term.id), self._between(span.starts_on, self._lead_until - _ONE_DAY)
        if term.pin and span.starts_on != term.pin.starts_on:
            first, last = sorted((term.pin.starts_on, span.starts_on))
            yield Demand("pin", term.id), self._between(first, last - _ONE_DAY)
        free = [day for day in self._between(span.starts_on, span.ends_on) if day not in span.teaching]
        kinds = {day: known.kind for day in free if (known := axis.day(day)) is not None}
        if free and (term.days <= axis.problem.policy.longest_run or "holiday" in kinds.values()):
            yield Demand("unbroken", term.id), tuple(free)
        for number, ban in enumerate(term.bans):
            touched = self._between(max(ban.starts_on, span.starts_on), min(ban.ends_on, span.ends_on))
            if touched:
                yield Demand("ban", term.id, number), touched
        for lecturer_id in dict.fromkeys(need.lecturer_id for need in term.needs):
            lecturer = axis.lecturers.get(lecturer_id)
            needed = [day for id, day in axis.needed(term, span) if id == lecturer_id]
            for number, absence in enumerate(lecturer.absences if lecturer else ()):
                missed = [day for day in needed if absence.keeps_from(term.id, day)]
                if missed:
                    yield Demand("absence", lecturer_id, number), tuple(missed)

    def broken_by_blackouts(self, span: Span, campus: Campus) -> Iterator[tuple[Demand, Broken]]:
        """Yield the blackouts that its days fall into on a campus, with which of them."""
        for blackout in self._axis.blackouts_on(self._term, span, campus):
            first, last = max(blackout.starts_on, span.reports_on), min(blackout.ends_on, span.ends_on)
            yield Demand("blackout", blackout.id), self._between(first, last)

    def _between(self, first: date, last: date) -> tuple[date, ...]:
        """Return the days from one to another, both included; the same objects each time, as ways have many."""
        begin = (first - self._first).days
        return tuple(self._dates[begin : max(begin, (last - self._first).days + 1)])


def _broken_by_room(term: Term, room: Room) -> Iterator[tuple[Demand, Broken]]:
    if room.capacity < term.trainees:
        yield Demand("seats", term.id), tuple(range(room.capacity, term.trainees))
    if term.room_kind not in (None, room.kind):
        yield Demand("room-kind", term.id), (room.kind,)
    if term.campus_id not in (None, room.campus_id):
        yield Demand("campus", term.id), (room.campus_id,)
    if room.id in term.barred_rooms:
        yield Demand("barred-room", term.id), (room.id,)
    if term.pin and term.pin.room_id not in (None, room.id):
        yield Demand("pin", term.id), (room.id,)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
