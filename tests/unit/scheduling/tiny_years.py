"""Years so small that every table can be tried out, for comparing schedulers with the truth."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from services.scheduling.domain.placement import (
    ONLINE,
    Absence,
    Campus,
    Lecturer,
    Need,
    Order,
    Pin,
    Placed,
    Policy,
    Problem,
    Room,
    Share,
    Term,
    Unit,
)
from services.scheduling.domain.placement_check import check
from services.scheduling.domain.placement_spans import Axis
from tests.unit.scheduling.year_problems import days

FIRST, LAST = date(2020, 6, 8), date(2020, 6, 30)
CAMPUSES = (Campus("east", "东校区", "city.donghu", 100),)
ROOMS = (Room("e1", "东一教室", "east", 60), Room("e2", "东二教室", "east", 50))


@st.composite
def tiny_years(draw: Any, pins: bool = True) -> Problem:
    """Two to four terms in three weeks with the Dragon Boat Festival, two rooms, a hundred beds; some held online."""
    terms: list[Term] = []
    online = draw(st.sampled_from([(), (), (), ("t0",), ("t1",)]))
    gaps = {programme: draw(st.sampled_from([None, 0, 2])) for programme in (1, 2)}
    for index in range(draw(st.integers(2, 4))):
        programme = draw(st.integers(1, 2))
        first = draw(st.sampled_from([date(2020, 6, 8), date(2020, 6, 8), date(2020, 6, 15)]))
        terms.append(
            Term(
                f"t{index}",
                f"p{programme}",
                programme,
                index + 1,
                "专题培训班",
                days=draw(st.sampled_from([2, 3, 5])),
                trainees=draw(st.sampled_from([35, 50, 55])),
                earliest_start=first,
                latest_end=draw(st.sampled_from([date(2020, 6, 19), date(2020, 6, 30), first + timedelta(days=8)])),
                target=draw(st.none() | st.dates(FIRST, date(2020, 6, 24))),
                min_gap=gaps[programme],
                needs=draw(st.sampled_from([(), (), (Need("liang", (1, 2)),)])),
                shares=draw(st.sampled_from([(), (Share("city.donghu", 15),), (Share("city.yunling", 12),)])),
                pin=draw(st.none() | st.none() | st.just(Pin(date(2020, 6, 15)))) if pins else None,
                **(_nowhere(f"t{index}") if f"t{index}" in online else {}),
            )
        )
    ordered = draw(st.booleans())
    return Problem(
        tuple(terms),
        (*ROOMS, *(_room_of(term) for term in terms if term.id in online)),
        (*CAMPUSES, *([ONLINE] if online else [])),
        days(FIRST - timedelta(days=1), LAST),
        policy=Policy(
            longest_run=draw(st.sampled_from([5, 2])), report_ahead=draw(st.integers(0, 1)), in_order=ordered
        ),
        seconds=20.0,
        lecturers=(Lecturer("liang", "梁老师", _absences(draw)),),
        units=(Unit("city.donghu", "东湖区委", 200), Unit("city.yunling", "云岭县委", 90, far=True)),
        orders=draw(st.sampled_from([(), (), (Order("t0", "t1", 2),)])),
    )


def _nowhere(term_id: str) -> dict[str, Any]:
    return {"campus_id": ONLINE.id, "room_kind": f"online.{term_id}", "boards": False}


def _room_of(term: Term) -> Room:
    id = f"online.{term.id}"
    return Room(id, ONLINE.title, ONLINE.id, term.trainees, id)


def _absences(draw: Any) -> tuple[Absence, ...]:
    but = draw(st.sampled_from([None, None, "t0"]))
    return (Absence(date(2020, 6, 10), date(2020, 6, 11), "按课程表授课" if but else "", but),)


def tables(problem: Problem) -> Iterator[tuple[Placed, ...]]:
    """Yield every table, whole or in part, that the independent check finds good."""
    axis = Axis(problem)
    yield from _grown(problem, axis, (), list(problem.terms))


def _grown(problem: Problem, axis: Axis, table: tuple[Placed, ...], left: list[Term]) -> Iterator[tuple[Placed, ...]]:
    if not left:
        yield table
        return
    term, rest = left[0], left[1:]
    yield from _grown(problem, axis, table, rest)
    for day in problem.days:
        span = axis.span_from(term, day.day)
        for room in problem.rooms if span else ():
            assert span is not None
            more = (*table, Placed(term.id, span.starts_on, span.ends_on, span.reports_on, room.id))
            if not check(problem, more):
                yield from _grown(problem, axis, more, rest)
