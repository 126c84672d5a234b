"""A timetable whose half-days are shared, with no lecture later in its half-day than it has to be.

A scheduler does not mind when in a half-day a lecture begins. People who would wait for it do.
"""

from __future__ import annotations

from services.scheduling.timetable.assess import assess
from services.scheduling.timetable.layout import Layout
from services.scheduling.timetable.problem import Course, Placed, Problem, Timetable

Taken = set[tuple[str, str, int]]
"""The slots taken from each course, term, lecturer and room."""


def settled(problem: Problem, timetable: Timetable) -> Timetable:
    """Return a timetable with lectures moved towards the beginning of their half-days, where that costs nothing.

    None overtakes another of its term, and pins stay.
    """
    parts = problem.halves[0]
    if parts == 1:
        return timetable
    layout = Layout(problem)
    pinned = {(pin.course_id, pin.number) for pin in problem.pins}
    taken: Taken = set()
    for at in timetable.lectures:
        taken |= _taken(layout, at)
    moved = []
    for at in sorted(timetable.lectures, key=lambda at: at.slot):
        course = problem.courses[layout.course_index[at.course_id]]
        taken -= _taken(layout, at)
        if not course.field and (at.course_id, at.number) not in pinned:
            at = _earlier(layout, course, at, taken, parts)
        taken |= _taken(layout, at)
        moved.append(at)
    after = Timetable(tuple(moved))
    before, now = assess(problem, timetable), assess(problem, after)
    return after if now.feasible and now.cost <= before.cost else timetable


def _earlier(layout: Layout, course: Course, at: Placed, taken: Taken, parts: int) -> Placed:
    starts = layout.starts[layout.course_index[course.id]]
    first = at.slot - at.slot % parts
    before = [slot for slot in range(first, at.slot) for id in course.term_ids if ("term", id, slot) in taken]
    for slot in range(max(before, default=first - 1) + 1, at.slot):
        there = Placed(at.course_id, at.number, slot, at.room_id)
        is_open = slot in starts and (
            at.room_id is None or layout.room_open(layout.room_index[at.room_id], starts[slot])
        )
        if is_open and taken.isdisjoint(_taken(layout, there)) and not _is_alone(layout, course, there, taken):
            return there
    return at


def _is_alone(layout: Layout, course: Course, at: Placed, taken: Taken) -> bool:
    """Return whether a lecture of a single slot has nothing beside it in one of its terms."""
    day = layout.grid.day(at.slot)
    beside = [slot for slot in (at.slot - 1, at.slot + 1) if slot >= 0 and layout.grid.day(slot) == day]
    return course.slots == 1 and any(all(("term", id, slot) not in taken for slot in beside) for id in course.term_ids)


def _taken(layout: Layout, at: Placed) -> Taken:
    course = layout.problem.courses[layout.course_index[at.course_id]]
    whose = [("course", course.id), *(("term", id) for id in course.term_ids)]
    whose += [("lecturer", id) for id in course.lecturer_ids]
    whose += [("room", at.room_id)] if at.room_id is not None else []
    return {(*who, slot) for who in whose for slot in layout.grid.covered(course, at.slot) or ()}
