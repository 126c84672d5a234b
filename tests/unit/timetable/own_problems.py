"""Problems of our own kind for property tests: small, with everything a problem may have."""

from __future__ import annotations

from hypothesis import strategies as st

from services.scheduling.timetable.grid import Grid
from services.scheduling.timetable.problem import (
    Course,
    Lecturer,
    Limit,
    Placed,
    Problem,
    Room,
    Rules,
    Term,
    Timetable,
    Weights,
)


@st.composite
def problems(draw: st.DrawFn, roomy: bool = False) -> Problem:
    """A sound problem; a ``roomy`` one nearly always has a timetable."""
    halves = draw(st.sampled_from([(1, 1), (2, 2), (2, 1)]))
    days = tuple(f"day {n}" for n in range(draw(st.integers(3 if roomy else 1, 5))))
    slots = len(days) * sum(halves)
    barred = st.lists(st.integers(0, slots - 1), max_size=1 if roomy else 3, unique=True).map(tuple)
    terms = tuple(Term(f"t{n}", f"term {n}", draw(st.integers(5, 40)), draw(barred)) for n in range(draw(_few(3))))
    lecturers = tuple(Lecturer(f"l{n}", f"lecturer {n}", draw(barred)) for n in range(draw(_few(4))))
    rooms = tuple(
        Room(f"r{n}", f"room {n}", draw(st.integers(20, 150)), draw(_KINDS), draw(barred)) for n in range(draw(_few(3)))
    )
    rooms = (*rooms, Room("hall", "hall", 1000, "hall"))
    courses = tuple(draw(_course(n, terms, lecturers, halves, roomy)) for n in range(draw(st.integers(2, 6))))
    return Problem(
        days,
        terms,
        lecturers,
        rooms,
        courses,
        halves,
        (),
        Rules(draw(st.sampled_from([None, Limit(4.0, "a rule")])), draw(st.sampled_from(["hard", "soft"]))),
        Weights(*(draw(st.integers(0, 4)) for _ in range(8))),
        "any",
    )


def _few(most: int) -> st.SearchStrategy[int]:
    return st.integers(1, most)


_KINDS = st.sampled_from(["classroom", "seminar"])


@st.composite
def _course(
    draw: st.DrawFn,
    number: int,
    terms: tuple[Term, ...],
    lecturers: tuple[Lecturer, ...],
    halves: tuple[int, ...],
    roomy: bool,
) -> Course:
    field = draw(st.integers(0, 4)) == 0
    most = len(halves) if field else min(halves)
    slots = draw(st.integers(1, most))
    return Course(
        f"c{number}",
        f"course {number}",
        draw(st.integers(1, 2 if roomy else 3)),
        tuple(draw(st.lists(st.sampled_from([each.id for each in terms]), max_size=2, unique=True))),
        tuple(draw(st.lists(st.sampled_from([each.id for each in lecturers]), max_size=2, unique=True))),
        draw(st.sampled_from([0.0, 2 / 3, 1.0, 1.334, 1.5, 2.0])),
        slots,
        field,
        draw(st.sampled_from([None, 10, 60])),
        () if field or roomy else tuple(draw(st.lists(_KINDS, max_size=1))),
        (),
        draw(st.integers(0, 2)),
        draw(st.sampled_from([None, 1, 2, 3])),
        draw(st.booleans()),
    )


@st.composite
def any_timetable(draw: st.DrawFn, problem: Problem) -> Timetable:
    """Any placing of the problem's lectures, mostly a bad one."""
    grid = Grid(problem.days, problem.halves)
    rooms = [each.id for each in problem.rooms]
    lectures = []
    for course in problem.courses:
        for number in range(1, course.lectures + 1):
            room = None if course.field else draw(st.sampled_from(rooms))
            lectures.append(Placed(course.id, number, draw(st.integers(0, grid.slots - 1)), room))
    return Timetable(tuple(lectures))
