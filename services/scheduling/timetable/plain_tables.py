"""A plain problem as flat arrays, the form the quick kernel reads.

Plain is what curriculum-based course timetabling (UD2) asks for: every lecture takes one slot and one room, and costs
come from seats, days of a course, lonely slots of a term and rooms of a course. Anything else goes to the rich kernel.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.scheduling.timetable.class_hours import parts_of
from services.scheduling.timetable.layout import Layout

Ints = NDArray[np.int32]
BARRED = 1 << 20
"""The price of a room that may not be used; no temperature takes it."""
_DEAR = BARRED >> 3
"""A price from which on what a move saves elsewhere might pay for a room that may not be used."""
_MOST_SLOTS_A_DAY = 14


class PlainTables(NamedTuple):
    """What never changes during a search. Ragged rows are (offsets, values) pairs."""

    course_of: Ints
    """Course of each lecture."""
    open_offsets: Ints
    open_slots: Ints
    """Slots each course may use."""
    may: NDArray[np.uint8]
    """Whether (course, slot) is allowed."""
    clash: NDArray[np.uint8]
    """Whether two courses may not meet; a course clashes with itself."""
    clash_offsets: Ints
    clash_courses: Ints
    term_offsets: Ints
    terms: Ints
    """Terms of each course."""
    over: Ints
    """Price of one lecture of a course in a room."""
    min_days: Ints
    lonely: Ints
    """What the lonely slots of a day's bit pattern cost."""
    day_of: Ints
    bit_of: Ints
    """Day of a slot, and its place in the day as a bit."""
    days: int
    day_weight: int
    room_weight: int


def is_plain(layout: Layout) -> bool:
    """Return whether the quick kernel can take the problem."""
    problem, weights = layout.problem, layout.problem.weights
    limit = problem.rules.lecturer_hours
    extras = (
        problem.pins
        or weights.term_rooms
        or weights.order
        or weights.lecturer_days
        or any(room.unavailable for room in problem.rooms)
        or any(c.field or c.slots > 1 or not c.lectures or (c.fresh and weights.fresh) for c in problem.courses)
    )
    hours = limit is not None and any(course.hours for course in problem.courses) and max(problem.halves) > 1
    dear = any(price >= _DEAR for rooms in layout.rooms for price in rooms.values())
    too_long = limit is not None and any(parts_of(each.hours) > parts_of(limit.value) for each in problem.courses)
    return not (extras or hours or too_long or dear) and layout.grid.per_day <= _MOST_SLOTS_A_DAY


def plain_tables(layout: Layout) -> PlainTables:
    """Return the arrays of a plain problem."""
    problem, grid = layout.problem, layout.grid
    courses, slots = len(problem.courses), grid.slots
    may = np.zeros((courses, slots), np.uint8)
    over = np.full((courses, len(problem.rooms)), BARRED, np.int32)
    for c in range(courses):
        may[c, list(layout.starts[c])] = 1
        for room, price in layout.rooms[c].items():
            over[c, room] = price
    patterns = np.arange(1 << grid.per_day)
    alone = patterns & ~(patterns << 1) & ~(patterns >> 1)
    terms = np.zeros((courses, max(1, len(problem.terms))), np.uint8)
    for term, members in enumerate(layout.term_courses):
        terms[list(members), term] = 1
    return PlainTables(
        np.repeat(np.arange(courses), [course.lectures for course in problem.courses]).astype(np.int32),
        *ragged(may),
        may,
        clash_matrix(layout),
        *ragged(clash_matrix(layout)),
        *ragged(terms),
        over,
        np.array([course.min_days for course in problem.courses], np.int32),
        np.array([problem.weights.isolated * int(each).bit_count() for each in alone], np.int32),
        np.array([grid.day(slot) for slot in range(slots)], np.int32),
        np.array([1 << slot % grid.per_day for slot in range(slots)], np.int32),
        len(grid.days),
        problem.weights.min_days,
        problem.weights.course_rooms,
    )


def clash_matrix(layout: Layout) -> NDArray[np.uint8]:
    """Return which courses may not meet; each clashes with itself."""
    clash = np.eye(len(layout.problem.courses), dtype=np.uint8)
    for group in (*layout.term_courses, *layout.lecturer_courses):
        clash[np.ix_(group, group)] = 1
    return clash


def ragged(matrix: NDArray[np.uint8]) -> tuple[Ints, Ints]:
    """Return the columns set in each row as (offsets, values)."""
    rows = [np.flatnonzero(row) for row in matrix]
    offsets = np.cumsum([0, *(len(row) for row in rows)]).astype(np.int32)
    return offsets, np.concatenate(rows).astype(np.int32)
