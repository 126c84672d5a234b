"""The state of the rich kernel: a timetable with its counts, and lifting a lecture out of it or dropping it in.

Lifting and dropping return what they change of the cost, with every other lecture where it is; a move is a few of each,
so its change is their sum. Together with ``fits`` that is the whole delta evaluation.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from services.scheduling.timetable.chance import PART, WHOLE
from services.scheduling.timetable.plain_tables import Ints
from services.scheduling.timetable.rich_tables import RichTables

MOST_MOVED = 6
"""Most lectures that one move displaces, with the one that began it."""


class RichState(NamedTuple):
    """A timetable, complete unless lectures are lifted, and the counts its cost is made of."""

    slot: Ints
    """Slot at which each lecture begins, -1 while it is lifted."""
    room: Ints
    cell: Ints
    """Lecture in (slot, room), -1: none, -2: the room is closed then."""
    near: Ints
    """(course, slot) → how many lectures then clash with the course."""
    on_day: Ints
    days_used: Ints
    in_room: Ints
    rooms_used: Ints
    """(course, day), (course), (course, room), (course) → how many lectures, days, lectures, rooms."""
    pattern: NDArray[np.int64]
    """(term, day) → slots used, as bits."""
    term_in_room: Ints
    term_rooms: Ints
    lecturer_on_day: Ints
    lecturer_days: Ints
    taught: NDArray[np.int64]
    """(lecturer, half-day) → parts of class hours."""
    moved: Ints
    moved_slot: Ints
    moved_room: Ints
    """Scratch: the lectures of a move and where they were."""


def rich_state(tables: RichTables, slot: Ints, room: Ints) -> RichState:
    """Return the state of a feasible timetable given by slot and room of every lecture."""
    courses, slots = tables.span.shape
    rooms, terms = tables.price.shape[1], len(tables.staged_offsets) - 1
    lecturers = len(tables.fewest_days)

    def zeros(*shape: int) -> Ints:
        return np.zeros(shape, np.int32)

    state = RichState(
        np.full(len(slot), -1, np.int32),
        zeros(len(slot)),
        np.where(tables.closed, -2, -1).astype(np.int32),
        zeros(courses, slots),
        zeros(courses, tables.days),
        zeros(courses),
        zeros(courses, rooms),
        zeros(courses),
        np.zeros((terms, tables.days), np.int64),
        zeros(terms, rooms),
        zeros(terms),
        zeros(lecturers, tables.days),
        zeros(lecturers),
        np.zeros((lecturers, tables.days * tables.halves), np.int64),
        zeros(MOST_MOVED),
        zeros(MOST_MOVED),
        zeros(MOST_MOVED),
    )
    _fill(tables, state, slot.astype(np.int32), room.astype(np.int32))
    return state


@njit(**PART)
def lonely(pattern):  # type: ignore[no-untyped-def]
    """Return how many slots of a day stand alone."""
    alone = pattern & ~(pattern << 1) & ~(pattern >> 1)
    count = 0
    while alone:
        alone &= alone - 1
        count += 1
    return count


@njit(**PART)
def order_cost(tables, state, lecture, slot):  # type: ignore[no-untyped-def]
    """Return what a lecture at a slot pays for standing in the wrong order of modules."""
    course, wrong = tables.course_of[lecture], 0
    for at in range(tables.term_offsets[course], tables.term_offsets[course + 1]):
        term, staged = tables.terms[at], False
        before = 0
        for place in range(tables.staged_offsets[term], tables.staged_offsets[term + 1]):
            other = tables.staged[place]
            if other == lecture:
                staged = True
                continue
            there, step = state.slot[other], tables.module[tables.course_of[other]] - tables.module[course]
            if there >= 0 and ((step > 0 and there < slot) or (step < 0 and there > slot)):
                before += 1
        if staged:
            wrong += before
    return tables.order_weight * wrong


@njit(**PART)
def lift(tables, state, lecture):  # type: ignore[no-untyped-def]
    """Take a lecture out and return the change of cost."""
    course, slot, room = tables.course_of[lecture], state.slot[lecture], state.room[lecture]
    day, span = tables.day_of[slot], tables.span[course, slot]
    state.slot[lecture] = -1
    change = -tables.price[course, room] - tables.slot_price[course, slot]
    if tables.order_weight:
        change -= order_cost(tables, state, lecture, slot)
    bits = 0
    for at in range(slot, slot + span):
        state.cell[at, room] = -1
        bits |= tables.bit_of[at]
        for place in range(tables.clash_offsets[course], tables.clash_offsets[course + 1]):
            state.near[tables.clash_courses[place], at] -= 1
    state.on_day[course, day] -= 1
    if state.on_day[course, day] == 0:
        state.days_used[course] -= 1
        change += tables.day_weight * (state.days_used[course] < tables.min_days[course])
    outside = room >= tables.real_rooms
    state.in_room[course, room] -= 1
    if state.in_room[course, room] == 0 and not outside:
        state.rooms_used[course] -= 1
        change -= tables.course_room_weight * (state.rooms_used[course] > 0)
    for place in range(tables.term_offsets[course], tables.term_offsets[course + 1]):
        term = tables.terms[place]
        before = state.pattern[term, day]
        state.pattern[term, day] = before & ~bits
        change += tables.lonely_weight * (lonely(before & ~bits) - lonely(before))
        if not outside:
            state.term_in_room[term, room] -= 1
            if state.term_in_room[term, room] == 0:
                state.term_rooms[term] -= 1
                change -= tables.term_room_weight * (state.term_rooms[term] > 0)
    for place in range(tables.lecturer_offsets[course], tables.lecturer_offsets[course + 1]):
        lecturer = tables.lecturers[place]
        state.lecturer_on_day[lecturer, day] -= 1
        if state.lecturer_on_day[lecturer, day] == 0:
            state.lecturer_days[lecturer] -= 1
            change -= tables.lecturer_day_weight * (state.lecturer_days[lecturer] >= tables.fewest_days[lecturer])
        for half in range(tables.half_of[slot], tables.half_of[slot + span - 1] + 1):
            state.taught[lecturer, half] -= tables.hours[course, slot]
    return change


@njit(**PART)
def drop(tables, state, lecture, slot, room):  # type: ignore[no-untyped-def]
    """Put a lifted lecture where it fits and return the change of cost."""
    course = tables.course_of[lecture]
    day, span = tables.day_of[slot], tables.span[course, slot]
    change = tables.price[course, room] + tables.slot_price[course, slot]
    if tables.order_weight:
        change += order_cost(tables, state, lecture, slot)
    state.slot[lecture], state.room[lecture] = slot, room
    bits = 0
    for at in range(slot, slot + span):
        state.cell[at, room] = lecture
        bits |= tables.bit_of[at]
        for place in range(tables.clash_offsets[course], tables.clash_offsets[course + 1]):
            state.near[tables.clash_courses[place], at] += 1
    if state.on_day[course, day] == 0:
        change -= tables.day_weight * (state.days_used[course] < tables.min_days[course])
        state.days_used[course] += 1
    state.on_day[course, day] += 1
    outside = room >= tables.real_rooms
    if state.in_room[course, room] == 0 and not outside:
        change += tables.course_room_weight * (state.rooms_used[course] > 0)
        state.rooms_used[course] += 1
    state.in_room[course, room] += 1
    for place in range(tables.term_offsets[course], tables.term_offsets[course + 1]):
        term = tables.terms[place]
        before = state.pattern[term, day]
        state.pattern[term, day] = before | bits
        change += tables.lonely_weight * (lonely(before | bits) - lonely(before))
        if not outside:
            if state.term_in_room[term, room] == 0:
                change += tables.term_room_weight * (state.term_rooms[term] > 0)
                state.term_rooms[term] += 1
            state.term_in_room[term, room] += 1
    for place in range(tables.lecturer_offsets[course], tables.lecturer_offsets[course + 1]):
        lecturer = tables.lecturers[place]
        if state.lecturer_on_day[lecturer, day] == 0:
            change += tables.lecturer_day_weight * (state.lecturer_days[lecturer] >= tables.fewest_days[lecturer])
            state.lecturer_days[lecturer] += 1
        state.lecturer_on_day[lecturer, day] += 1
        for half in range(tables.half_of[slot], tables.half_of[slot + span - 1] + 1):
            state.taught[lecturer, half] += tables.hours[course, slot]
    return change


@njit(**PART)
def fits(tables, state, lecture, slot, room):  # type: ignore[no-untyped-def]
    """Return whether a lifted lecture may be dropped there: every hard rule, locks aside."""
    course = tables.course_of[lecture]
    fine = 0 <= slot < tables.span.shape[1] and tables.may_use[course, room] == 1
    span = tables.span[course, slot] if fine else 0
    fine = span > 0
    at = slot
    while fine and at < slot + span:
        fine = state.cell[at, room] == -1 and state.near[course, at] == 0
        at += 1
    place = tables.lecturer_offsets[course]
    while fine and place < tables.lecturer_offsets[course + 1]:
        lecturer = tables.lecturers[place]
        place += 1
        for half in range(tables.half_of[slot], tables.half_of[slot + span - 1] + 1):
            if state.taught[lecturer, half] + tables.hours[course, slot] > tables.hour_limit:
                fine = False
    return fine


@njit(**WHOLE)
def _fill(tables, state, slot, room):  # type: ignore[no-untyped-def]
    for lecture in range(len(slot)):
        drop(tables, state, lecture, slot[lecture], room[lecture])
