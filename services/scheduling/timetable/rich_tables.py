"""Any problem as flat arrays, the form the rich kernel reads: lectures of several slots, locks, hours, every cost."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.scheduling.timetable.class_hours import parts_of
from services.scheduling.timetable.layout import Layout
from services.scheduling.timetable.plain_tables import Ints, clash_matrix, ragged

_NO_LIMIT = 1 << 60


class RichTables(NamedTuple):
    """What never changes during a search. Ragged rows are (offsets, values) pairs.

    Field teaching has a room of its own behind the real ones, so that every lecture has a cell.
    """

    course_of: Ints
    """Course of each lecture."""
    start_offsets: Ints
    starts: Ints
    """Slots at which lectures of each course may begin."""
    span: Ints
    """(course, slot) → slots a lecture takes when it begins there, 0: it may not."""
    room_offsets: Ints
    rooms: Ints
    """Rooms each course may use."""
    may_use: NDArray[np.uint8]
    """Whether (course, room) is allowed."""
    price: NDArray[np.int64]
    """(course, room) → price of one lecture there."""
    slot_price: Ints
    """(course, slot) → price of beginning there."""
    clash: NDArray[np.uint8]
    clash_offsets: Ints
    clash_courses: Ints
    term_offsets: Ints
    terms: Ints
    """Terms of each course."""
    lecturer_offsets: Ints
    lecturers: Ints
    """Lecturers of each course."""
    staged_offsets: Ints
    staged: Ints
    """Lectures of each term that belong to a module."""
    module: Ints
    """Module of each course, 0: none."""
    min_days: Ints
    fewest_days: Ints
    hours: NDArray[np.int64]
    """(course, slot) → parts of a class hour in each half-day touched, when a lecture begins there."""
    day_of: Ints
    half_of: Ints
    bit_of: NDArray[np.int64]
    """Day and half-day of a slot, and its place in the day as a bit."""
    fixed_slot: NDArray[np.uint8]
    fixed_room: NDArray[np.uint8]
    """Whether a lecture is locked in its slot, in its room."""
    closed: NDArray[np.uint8]
    """Whether (slot, room) may not be used."""
    days: int
    halves: int
    real_rooms: int
    hour_limit: int
    day_weight: int
    lonely_weight: int
    course_room_weight: int
    term_room_weight: int
    order_weight: int
    lecturer_day_weight: int


def rich_tables(layout: Layout) -> RichTables:
    """Return the arrays of a problem."""
    problem, grid, weights = layout.problem, layout.grid, layout.problem.weights
    courses, slots, real = len(problem.courses), grid.slots, len(problem.rooms)
    outside = [c for c, course in enumerate(problem.courses) if course.field]
    span, slot_price = (np.zeros((courses, slots), np.int32) for _ in range(2))
    hours = np.zeros((courses, slots), np.int64)
    price = np.zeros((courses, real + len(outside)), np.int64)
    may_use = np.zeros(price.shape, np.uint8)
    for place, c in enumerate(outside):
        may_use[c, real + place] = 1
    for c, course in enumerate(problem.courses):
        for slot, covered in layout.starts[c].items():
            span[c, slot] = len(covered)
            touched = {(grid.day(at), grid.half(at)) for at in covered}
            hours[c, slot] = parts_of(course.hours, len(touched))
            slot_price[c, slot] = weights.fresh if course.fresh and grid.half(slot) else 0
        for room, cost in layout.rooms[c].items():
            may_use[c, room], price[c, room] = 1, cost
    clash, limit = clash_matrix(layout), problem.rules.lecturer_hours
    course_of = np.repeat(np.arange(courses), [course.lectures for course in problem.courses]).astype(np.int32)
    fixed = _fixed(layout, course_of)
    return RichTables(
        course_of,
        *ragged((span > 0).astype(np.uint8)),
        span,
        *ragged(may_use),
        may_use,
        price,
        slot_price,
        clash,
        *ragged(clash),
        *ragged(_members(layout.term_courses, courses)),
        *ragged(_members(layout.lecturer_courses, courses)),
        *ragged(_staged(layout, course_of)),
        np.array([course.module or 0 for course in problem.courses], np.int32),
        np.array([course.min_days for course in problem.courses], np.int32),
        np.array(layout.fewest_days or [0], np.int32),
        hours,
        np.array([grid.day(slot) for slot in range(slots)], np.int32),
        np.array([grid.day(slot) * len(grid.halves) + grid.half(slot) for slot in range(slots)], np.int32),
        np.array([1 << slot % grid.per_day for slot in range(slots)], np.int64),
        *fixed,
        _closed(layout, real + len(outside)),
        len(grid.days),
        len(grid.halves),
        real,
        _NO_LIMIT if limit is None else parts_of(limit.value),
        weights.min_days,
        weights.isolated,
        weights.course_rooms,
        weights.term_rooms,
        weights.order,
        weights.lecturer_days,
    )


def _members(groups: tuple[tuple[int, ...], ...], courses: int) -> NDArray[np.uint8]:
    matrix = np.zeros((courses, max(1, len(groups))), np.uint8)
    for number, group in enumerate(groups):
        matrix[list(group), number] = 1
    return matrix


def _staged(layout: Layout, course_of: Ints) -> NDArray[np.uint8]:
    matrix = np.zeros((max(1, len(layout.term_courses)), len(course_of)), np.uint8)
    for term, group in enumerate(layout.term_courses):
        staged = [c for c in group if layout.problem.courses[c].module is not None]
        matrix[term, np.isin(course_of, staged)] = 1
    return matrix


def _fixed(layout: Layout, course_of: Ints) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    slot, room = np.zeros(len(course_of), np.uint8), np.zeros(len(course_of), np.uint8)
    for pin in layout.problem.pins:
        lecture = int(np.searchsorted(course_of, layout.course_index[pin.course_id])) + pin.number - 1
        slot[lecture] = 1
        room[lecture] = pin.room_id is not None
    return slot, room


def _closed(layout: Layout, rooms: int) -> NDArray[np.uint8]:
    closed = np.zeros((layout.grid.slots, rooms), np.uint8)
    for number, room in enumerate(layout.problem.rooms):
        closed[list(room.unavailable), number] = 1
    return closed
