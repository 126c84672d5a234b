"""Years that do not fit, made for tests, and what becomes of one where somebody takes a way out at its word."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from services.scheduling.domain.conflict import Asked, Loosening
from services.scheduling.domain.placement import (
    Absence,
    Ban,
    Blackout,
    Campus,
    Dormitory,
    Pin,
    Placed,
    Problem,
    Room,
    Term,
)
from services.scheduling.domain.placement_check import check
from services.scheduling.domain.placement_spans import Axis
from tests.unit.scheduling.tiny_years import FIRST, tiny_years

_ONE_DAY = timedelta(days=1)
_STRETCH = re.compile(r"(?:(\d+)年)?(\d+)月(\d+)日(?:至(?:(\d+)月)?(\d+)日)?")
_BLACKOUTS = st.tuples(st.sampled_from([8, 10, 15, 16, 22]), st.sampled_from([0, 2, 4, 20])).map(
    lambda drawn: Blackout("b", "封控", date(2020, 6, drawn[0]), date(2020, 6, drawn[0]) + timedelta(days=drawn[1]))
)


@st.composite
def broken_years(draw: Any) -> Problem:
    """Tiny years of two or three terms in which more is wanted than there is, often for two reasons at once."""
    year: Problem = draw(tiny_years())
    kinds = draw(st.sampled_from([("classroom", "classroom"), ("classroom", "seminar")]))
    offline = [room for room in year.rooms if room.campus_id == "east"]
    rooms = [dataclasses.replace(room, kind=kind) for room, kind in zip(offline, kinds, strict=True)]
    rooms = rooms[: draw(st.sampled_from([1, 2, 2]))]
    terms = [_odd(draw, each) if each.boards else each for each in year.terms[:3]]
    ids = {each.id for each in terms}
    beds = draw(st.sampled_from([300, 100, 70]))
    east = Campus("east", "东校区", "city.donghu", beds, (Dormitory("single", "一号楼", 40),))
    return dataclasses.replace(
        year,
        terms=tuple(terms),
        rooms=(*rooms, *(room for room in year.rooms if room.campus_id != "east")),
        campuses=(east, *(campus for campus in year.campuses if campus.online)),
        blackouts=tuple(draw(st.lists(_BLACKOUTS, max_size=1))),
        orders=tuple(each for each in year.orders if {each.before, each.after} <= ids),
        policy=dataclasses.replace(year.policy, lead_days=draw(st.sampled_from([0, 0, 0, 9]))),
        today=FIRST - timedelta(days=8),
        seconds=60.0,
    )


_WEEK = {"earliest_start": date(2020, 6, 8), "latest_end": date(2020, 6, 12)}
_ODD: list[dict[str, Any]] = [
    {},
    {},
    _WEEK,
    _WEEK,
    {"latest_end": date(2020, 6, 17)},
    {"trainees": 62},
    {"room_kind": "seminar"},
    {"room_kind": "seminar", **_WEEK},
    {"bed_kind": "single"},
    {"pin": Pin(date(2020, 6, 15), "e1")},
    {"pin": Pin(date(2020, 6, 13))},
    {"bans": (Ban(date(2020, 6, 10), date(2020, 6, 17)),)},
    {"barred_rooms": ("e1",), **_WEEK},
]


def _odd(draw: Any, term: Term) -> Term:
    return dataclasses.replace(term, **{**draw(st.sampled_from(_ODD)), **draw(st.sampled_from(_ODD))})


def fits(year: Problem) -> bool:
    """Return whether all terms can be held, by trying every table with the independent checker."""
    return _grown(year, Axis(year), (), list(year.terms))


def _grown(year: Problem, axis: Axis, table: tuple[Placed, ...], left: list[Term]) -> bool:
    if not left:
        return True
    for day in year.days:
        span = axis.span_from(left[0], day.day)
        for room in year.rooms if span else ():
            assert span is not None
            more = (*table, Placed(left[0].id, span.starts_on, span.ends_on, span.reports_on, room.id))
            if not check(year, more) and _grown(year, axis, more, left[1:]):
                return True
    return False


def among(year: Problem, term_ids: Iterable[str]) -> Problem:
    """Return a year of some of its terms, with the gaps that hold in all of it."""
    axis, ids = Axis(year), set(term_ids)
    return dataclasses.replace(
        year,
        terms=tuple(dataclasses.replace(each, min_gap=axis.gap(each)) for each in year.terms if each.id in ids),
        orders=tuple(each for each in year.orders if {each.before, each.after} <= ids),
    )


def taken(year: Problem, asked: Asked, way: Loosening, less: int = 0) -> Problem | None:
    """Return the year with a way out as its words say it; ``less``: so much less of it; ``None``: words do not tell."""
    return _Taking(year, asked, way, less).year()


class _Taking:
    def __init__(self, year: Problem, asked: Asked, way: Loosening, less: int) -> None:
        self._year, self._asked, self._amount, self._less = year, asked, way.amount - less, less
        self._zh = way.zh.removesuffix("；另有其他要求仍须让步")
        self._unit = way.unit

    def year(self) -> Problem | None:
        id, n = self._asked.subject, self._amount
        match self._asked.rule:
            case "held":
                return self._held()
            case "beds":
                return self._campus(n)
            case "rooms" if not self._less:
                return dataclasses.replace(self._year, rooms=(*self._year.rooms, *self._new_rooms()))
            case "gap":
                gap = max(each.min_gap or 0 for each in self._year.terms if each.programme_id == id)
                least = None if n > gap and not self._less else gap - min(n, gap)
                return self._terms(lambda each: each.programme_id == id, min_gap=least)
            case "order":
                return self._order()
            case "blackout" if not self._less:
                return dataclasses.replace(self._year, blackouts=tuple(self._blackouts()))
            case "absence" if not self._less:
                return dataclasses.replace(self._year, lecturers=tuple(self._lecturers()))
            case "window" if not self._less:
                first, last = self._days()[0], self._days()[-1]
                return self._terms(lambda each: each.id == id, earliest_start=first, latest_end=last)
            case _:
                return None if self._less else self._of_term()

    def _of_term(self) -> Problem | None:
        id = self._asked.subject
        room = next((room for room in self._year.rooms if room.title in self._zh), None)
        match self._asked.rule:
            case "seats":
                assert room is not None
                larger = dataclasses.replace(room, capacity=room.capacity + self._amount)
                return dataclasses.replace(
                    self._year, rooms=tuple(larger if each is room else each for each in self._year.rooms)
                )
            case "pin":
                assert room is not None
                return self._terms(lambda each: each.id == id, pin=Pin(self._days()[0], room.id))
            case "room-kind":
                assert room is not None
                return self._terms(lambda each: each.id == id, room_kind=room.kind)
            case "barred-room":
                assert room is not None
                return self._terms(lambda each: each.id == id, barred_rooms=())
            case "ban":
                term = next(each for each in self._year.terms if each.id == id)
                bans = [Ban(*each) for ban in term.bans for each in _without(ban.starts_on, ban.ends_on, self._days())]
                return self._terms(lambda each: each.id == id, bans=tuple(bans))
            case _:
                return None

    def _held(self) -> Problem | None:
        id = self._asked.subject
        if self._zh.startswith("不办"):
            return None if self._less else among(self._year, [each.id for each in self._year.terms if each.id != id])
        if self._unit == "people":
            return self._terms(lambda each: each.id == id, trainees=_of(self._year, id).trainees - self._amount)
        days, needs = _of(self._year, id).days - self._amount, _of(self._year, id).needs
        kept = tuple(dataclasses.replace(each, days=tuple(d for d in each.days if d <= days)) for each in needs)
        return self._terms(lambda each: each.id == id, days=days, needs=tuple(each for each in kept if each.days))

    def _campus(self, more: int) -> Problem:
        (campus,) = (each for each in self._year.campuses if each.id == self._asked.subject)
        houses = tuple(dataclasses.replace(each, beds=each.beds + more) for each in campus.dormitories)
        changed = dataclasses.replace(campus, beds=campus.beds + more)
        if "类" in self._zh:
            changed = dataclasses.replace(campus, dormitories=houses)
        others = (each for each in self._year.campuses if each is not campus)
        return dataclasses.replace(self._year, campuses=(changed, *others))

    def _new_rooms(self) -> Iterator[Room]:
        found = re.findall(r"(\d+)间(\d+)座以上的(?:“(.+?)”类)?教室", self._zh)
        assert sum(int(many) for many, _, _ in found) == self._amount
        for number, (many, seats, kind) in enumerate(found):
            for each in range(int(many)):
                id = f"new{number}-{each}"
                yield Room(id, "新", self._asked.subject, int(seats), kind or "any other kind")

    def _order(self) -> Problem:
        before, after = self._asked.subject.split(">")
        (order,) = (each for each in self._year.orders if (each.before, each.after) == (before, after))
        kept = [each for each in self._year.orders if each is not order]
        if self._less or self._amount <= order.delay:
            kept.append(dataclasses.replace(order, delay=max(0, order.delay - self._amount)))
        return dataclasses.replace(self._year, orders=tuple(kept))

    def _blackouts(self) -> Iterator[Blackout]:
        for each in self._year.blackouts:
            for first, last in _without(each.starts_on, each.ends_on, self._days()):
                yield dataclasses.replace(each, id=f"{first}", starts_on=first, ends_on=last)

    def _lecturers(self) -> Iterator[Any]:
        for each in self._year.lecturers:
            absences = [
                Absence(first, last, absence.reason, absence.but)
                for absence in each.absences
                for first, last in _without(absence.starts_on, absence.ends_on, self._days())
            ]
            yield dataclasses.replace(each, absences=tuple(absences))

    def _terms(self, concerned: Any, **changes: Any) -> Problem:
        terms = (dataclasses.replace(each, **changes) if concerned(each) else each for each in self._year.terms)
        return dataclasses.replace(self._year, terms=tuple(terms))

    def _days(self) -> list[date]:
        found = []
        for year, month, day, month_to, day_to in _STRETCH.findall(self._zh):
            first = date(int(year or self._year.days[-1].day.year), int(month), int(day))
            last = date(first.year, int(month_to or month), int(day_to or day))
            found += [first + number * _ONE_DAY for number in range((last - first).days + 1)]
        return found


def _of(year: Problem, term_id: str) -> Term:
    return next(each for each in year.terms if each.id == term_id)


def _without(first: date, last: date, days: Iterable[date]) -> Iterator[tuple[date, date]]:
    """Yield what is left of a stretch of days, day by day."""
    gone = set(days)
    for number in range((last - first).days + 1):
        if first + number * _ONE_DAY not in gone:
            yield first + number * _ONE_DAY, first + number * _ONE_DAY
