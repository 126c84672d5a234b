"""Simulated annealing over feasible timetables, compiled.

A move sends a lecture to a random cell (period, room) its course may use; an occupied cell swaps. Hard rules hold at
every step, so no conflict weight has to be tuned. The change of cost is computed before anything is touched, since most
proposals fail. Sizes are those of the arrays; costs are integers; nothing here allocates.
"""

from __future__ import annotations

from math import exp, log
from typing import NamedTuple

import numpy as np
from numba import njit

from services.scheduling.timetable.tables import Ints, Tables


class State(NamedTuple):
    """A complete timetable and the counts that make evaluating a move cheap."""

    period: Ints
    """Period of each lecture."""
    room: Ints
    cell: Ints
    """Lecture in (period, room), or -1."""
    near: Ints
    """(course, period) → how many lectures then clash with the course."""
    on_day: Ints
    """(course, day) → lectures."""
    days_used: Ints
    in_room: Ints
    """(course, room) → lectures."""
    pattern: Ints
    """(curriculum, day) → slots used, as bits."""


def state_of(tables: Tables, period: Ints, room: Ints, days: int, rooms: int) -> State:
    """Return the state of a feasible timetable given by period and room of every lecture."""
    courses, periods = tables.may.shape
    state = State(
        period.astype(np.int32).copy(),
        room.astype(np.int32).copy(),
        np.full((periods, rooms), -1, np.int32),
        np.zeros((courses, periods), np.int32),
        np.zeros((courses, days), np.int32),
        np.zeros(courses, np.int32),
        np.zeros((courses, rooms), np.int32),
        np.zeros((tables.within.shape[1], days), np.int32),
    )
    for lecture in range(len(period)):
        _put(tables, state, lecture, int(period[lecture]), int(room[lecture]))
    return state


@njit(cache=True, nogil=True, inline="always")
def _put(tables, state, lecture, period, room):  # type: ignore[no-untyped-def]
    course = tables.course_of[lecture]
    day = tables.day_of[period]
    state.period[lecture] = period
    state.room[lecture] = room
    state.cell[period, room] = lecture
    for at in range(tables.clash_offsets[course], tables.clash_offsets[course + 1]):
        state.near[tables.clash_courses[at], period] += 1
    if state.on_day[course, day] == 0:
        state.days_used[course] += 1
    state.on_day[course, day] += 1
    state.in_room[course, room] += 1
    for at in range(tables.member_offsets[course], tables.member_offsets[course + 1]):
        state.pattern[tables.member_curricula[at], day] |= tables.bit_of[period]


@njit(cache=True, nogil=True, inline="always")
def _take(tables, state, lecture):  # type: ignore[no-untyped-def]
    course = tables.course_of[lecture]
    period, room = state.period[lecture], state.room[lecture]
    day = tables.day_of[period]
    state.cell[period, room] = -1
    for at in range(tables.clash_offsets[course], tables.clash_offsets[course + 1]):
        state.near[tables.clash_courses[at], period] -= 1
    state.on_day[course, day] -= 1
    if state.on_day[course, day] == 0:
        state.days_used[course] -= 1
    state.in_room[course, room] -= 1
    for at in range(tables.member_offsets[course], tables.member_offsets[course + 1]):
        state.pattern[tables.member_curricula[at], day] &= ~tables.bit_of[period]


@njit(cache=True, nogil=True, inline="always")
def _room_change(tables, state, course, old, new):  # type: ignore[no-untyped-def]
    change = tables.over[course, new] - tables.over[course, old]
    if old != new:
        if state.in_room[course, old] == 1:
            change -= 1
        if state.in_room[course, new] == 0:
            change += 1
    return change


@njit(cache=True, nogil=True, inline="always")
def _period_change(tables, state, course, old, new, other):  # type: ignore[no-untyped-def]
    """Cost change of moving a lecture between periods; curricula of ``other`` (its swap partner, or -1) stay as they are."""
    change = 0
    old_day, new_day = tables.day_of[old], tables.day_of[new]
    old_bit, new_bit = tables.bit_of[old], tables.bit_of[new]
    if old_day != new_day:
        used = state.days_used[course]
        after = used - (state.on_day[course, old_day] == 1) + (state.on_day[course, new_day] == 0)
        wanted = tables.min_days[course]
        change += 5 * (max(0, wanted - after) - max(0, wanted - used))
    for at in range(tables.member_offsets[course], tables.member_offsets[course + 1]):
        curriculum = tables.member_curricula[at]
        if other >= 0 and tables.within[other, curriculum]:
            continue
        before = state.pattern[curriculum, old_day]
        if old_day == new_day:
            change += 2 * (tables.isolated[before & ~old_bit | new_bit] - tables.isolated[before])
        else:
            there = state.pattern[curriculum, new_day]
            change += 2 * (
                tables.isolated[before & ~old_bit]
                - tables.isolated[before]
                + tables.isolated[there | new_bit]
                - tables.isolated[there]
            )
    return change


@njit(cache=True, nogil=True, inline="always")
def _random(seed):  # type: ignore[no-untyped-def]
    word = seed[0]
    word ^= word << np.uint64(13)
    word ^= word >> np.uint64(7)
    word ^= word << np.uint64(17)
    seed[0] = word
    return word >> np.uint64(32)


@njit(cache=True, nogil=True, inline="always")
def _below(seed, bound):  # type: ignore[no-untyped-def]
    return np.int64((_random(seed) * np.uint64(bound)) >> np.uint64(32))


@njit(cache=True, nogil=True)
def anneal(tables, state, best_period, best_room, cost, best, hot, cold, proposals, seed, room_share):  # type: ignore[no-untyped-def]
    """Run ``proposals`` proposals, cooling geometrically from ``hot`` to ``cold``; return (cost, best).

    ``best_period``/``best_room`` are overwritten whenever a new best appears. ``seed`` is a one-word array of state.
    ``room_share`` of 256 proposals change the room only.
    """
    lectures, rooms = len(state.period), state.cell.shape[1]
    steps = max(1, proposals // 1000)
    factor = exp(log(cold / hot) / steps)
    temperature = hot
    for _ in range(steps):
        for _ in range(1000):
            lecture = _below(seed, lectures)
            course = tables.course_of[lecture]
            old, old_room = state.period[lecture], state.room[lecture]
            new = old
            if _below(seed, 256) >= room_share:
                first = tables.open_offsets[course]
                new = tables.open_periods[first + _below(seed, tables.open_offsets[course + 1] - first)]
            new_room = _below(seed, rooms)
            partner = state.cell[new, new_room]
            if partner == lecture:
                continue
            slack = -temperature * log((_random(seed) + 1.0) / 4294967297.0)
            if partner < 0:
                if new != old and state.near[course, new] - (tables.clash[course, course] if new == old else 0) > 0:
                    continue
                change = _room_change(tables, state, course, old_room, new_room)
                if new != old:
                    change += _period_change(tables, state, course, old, new, -1)
                if change > slack:
                    continue
                _take(tables, state, lecture)
                _put(tables, state, lecture, new, new_room)
            else:
                other = tables.course_of[partner]
                if other == course:
                    continue
                if new != old:
                    shared = np.int32(tables.clash[course, other])
                    if (
                        tables.may[other, old] == 0
                        or state.near[course, new] != shared
                        or state.near[other, old] != shared
                    ):
                        continue
                change = _room_change(tables, state, course, old_room, new_room) + _room_change(
                    tables, state, other, new_room, old_room
                )
                if new != old:
                    change += _period_change(tables, state, course, old, new, other)
                    change += _period_change(tables, state, other, new, old, course)
                if change > slack:
                    continue
                _take(tables, state, lecture)
                _take(tables, state, partner)
                _put(tables, state, lecture, new, new_room)
                _put(tables, state, partner, old, old_room)
            cost += change
            if cost < best:
                best = cost
                best_period[:] = state.period
                best_room[:] = state.room
        temperature *= factor
    return cost, best
