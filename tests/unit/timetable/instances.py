"""Instances of the field's own kind for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from services.scheduling.timetable.instance import Course, Curriculum, Instance, Lecture, Room, Timetable


@st.composite
def instances(draw: st.DrawFn) -> Instance:
    """A small instance; most have a feasible timetable."""
    days, per_day = draw(st.integers(2, 4)), draw(st.integers(2, 4))
    rooms = tuple(Room(f"r{n}", draw(st.integers(10, 60))) for n in range(draw(st.integers(2, 4))))
    courses = tuple(
        Course(
            f"c{n}",
            f"t{draw(st.integers(0, 4))}",
            draw(st.integers(1, 3)),
            draw(st.integers(1, 2)),
            draw(st.integers(5, 70)),
        )
        for n in range(draw(st.integers(3, 7)))
    )
    codes = st.lists(st.sampled_from([course.code for course in courses]), min_size=1, max_size=3, unique=True)
    curricula = tuple(Curriculum(f"q{n}", tuple(draw(codes))) for n in range(draw(st.integers(1, 4))))
    barred = st.tuples(st.sampled_from([course.code for course in courses]), st.integers(0, days * per_day - 1))
    return Instance("any", courses, rooms, days, per_day, curricula, draw(st.frozensets(barred, max_size=6)))


@st.composite
def any_lectures(draw: st.DrawFn, instance: Instance) -> Timetable:
    """Any placing of every lecture, mostly a bad one."""
    return tuple(
        Lecture(index, draw(st.integers(0, len(instance.rooms) - 1)), draw(st.integers(0, instance.periods - 1)))
        for index, course in enumerate(instance.courses)
        for _ in range(course.lectures)
    )
