"""An instance as flat arrays, the form the compiled kernel reads."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.scheduling.timetable.instance import Instance

Ints = NDArray[np.int32]


class Tables(NamedTuple):
    """What never changes during a search. Ragged rows are (offsets, values) pairs."""

    course_of: Ints
    """Course of each lecture."""
    open_offsets: Ints
    open_periods: Ints
    """Periods each course may use."""
    may: NDArray[np.uint8]
    """Whether (course, period) is allowed."""
    clash: NDArray[np.uint8]
    """Whether two courses may not meet; a course clashes with itself."""
    clash_offsets: Ints
    clash_courses: Ints
    member_offsets: Ints
    member_curricula: Ints
    """Curricula of each course."""
    within: NDArray[np.uint8]
    """Whether (course, curriculum) belong together."""
    over: Ints
    """Capacity cost of (course, room)."""
    min_days: Ints
    isolated: Ints
    """How many lectures of a day's bit pattern stand alone."""
    day_of: Ints
    bit_of: Ints
    """Day of a period, and its slot as a bit."""


def tables_of(instance: Instance) -> Tables:
    """Return the arrays of an instance."""
    courses, periods = len(instance.courses), instance.periods
    may = np.ones((courses, periods), np.uint8)
    for code, period in instance.unavailable:
        may[instance.course_index[code], period] = 0
    clash = np.eye(courses, dtype=np.uint8)
    for a, b in instance.clashes():
        clash[a, b] = clash[b, a] = 1
    within = np.zeros((courses, max(1, len(instance.curricula))), np.uint8)
    for number, curriculum in enumerate(instance.curricula):
        for code in curriculum.courses:
            within[instance.course_index[code], number] = 1
    students = np.array([course.students for course in instance.courses])
    seats = np.array([room.seats for room in instance.rooms])
    patterns = np.arange(1 << instance.periods_per_day)
    alone = patterns & ~(patterns << 1) & ~(patterns >> 1)
    isolated = np.array([int(pattern).bit_count() for pattern in alone])
    slots = np.arange(periods) % instance.periods_per_day
    return Tables(
        np.repeat(np.arange(courses), [course.lectures for course in instance.courses]).astype(np.int32),
        *_ragged(may),
        may,
        clash,
        *_ragged(clash),
        *_ragged(within),
        within,
        np.maximum(0, students[:, None] - seats[None, :]).astype(np.int32),
        np.array([course.min_days for course in instance.courses], np.int32),
        isolated.astype(np.int32),
        (np.arange(periods) // instance.periods_per_day).astype(np.int32),
        (1 << slots).astype(np.int32),
    )


def _ragged(matrix: NDArray[np.uint8]) -> tuple[Ints, Ints]:
    rows = [np.flatnonzero(row) for row in matrix]
    offsets = np.cumsum([0, *(len(row) for row in rows)]).astype(np.int32)
    return offsets, np.concatenate(rows).astype(np.int32)
