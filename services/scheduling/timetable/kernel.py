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
    """Cost change of moving a lecture to another period; curricula of the swap partner ``other`` stay."""
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


@njit(cache=True, nogil=True)
def _lone_change(tables, state, course, period, room, sign):  # type: ignore[no-untyped-def]
    """Cost change of taking (sign -1) or putting (sign 1) one lecture, all others as they are now."""
    day, bit = tables.day_of[period], tables.bit_of[period]
    change = sign * tables.over[course, room]
    on_day, in_room = state.on_day[course, day], state.in_room[course, room]
    if on_day == (1 if sign < 0 else 0):
        used, wanted = state.days_used[course], tables.min_days[course]
        change += 5 * (max(0, wanted - used - sign) - max(0, wanted - used))
    if in_room == (1 if sign < 0 else 0):
        change += sign
    for at in range(tables.member_offsets[course], tables.member_offsets[course + 1]):
        before = state.pattern[tables.member_curricula[at], day]
        after = before & ~bit if sign < 0 else before | bit
        change += 2 * (tables.isolated[after] - tables.isolated[before])
    return change


@njit(cache=True, nogil=True)
def _chain(tables, state, lecture, other, moved, old_room):  # type: ignore[no-untyped-def]
    """Collect the Kempe chain of ``lecture`` with period ``other`` into ``moved``; return its length, 0 if barred."""
    rooms = state.cell.shape[1]
    here = state.period[lecture]
    moved[0] = lecture
    size, done = 1, 0
    while done < size:
        at = moved[done]
        done += 1
        course = tables.course_of[at]
        target = other if state.period[at] == here else here
        if tables.may[course, target] == 0:
            return 0
        for room in range(rooms):
            partner = state.cell[target, room]
            if partner < 0 or tables.clash[course, tables.course_of[partner]] == 0:
                continue
            known = False
            for index in range(size):
                if moved[index] == partner:
                    known = True
                    break
            if not known:
                if size == len(moved):
                    return 0
                moved[size] = partner
                size += 1
    for index in range(size):
        old_room[index] = state.room[moved[index]]
    return size


@njit(cache=True, nogil=True)
def _swap_chain(tables, state, lecture, other, slack, moved, old_room):  # type: ignore[no-untyped-def]
    """Exchange the periods of a Kempe chain, rooms anew where needed; return the change, or 1 << 30 when undone."""
    here = state.period[lecture]
    size = _chain(tables, state, lecture, other, moved, old_room)
    if size == 0:
        return 1 << 30
    rooms = state.cell.shape[1]
    leaving = 0
    for index in range(size):
        leaving += state.period[moved[index]] == here
    at_here, at_other = 0, 0
    for room in range(rooms):
        at_here += state.cell[here, room] >= 0
        at_other += state.cell[other, room] >= 0
    if at_here - leaving + (size - leaving) > rooms or at_other - (size - leaving) + leaving > rooms:
        return 1 << 30
    change = 0
    from_here = np.zeros(size, np.bool_)
    for index in range(size):
        at = moved[index]
        from_here[index] = state.period[at] == here
        change += _lone_change(tables, state, tables.course_of[at], state.period[at], state.room[at], -1)
        _take(tables, state, at)
    for index in range(size):
        at, target = moved[index], (other if from_here[index] else here)
        course = tables.course_of[at]
        chosen, lowest = -1, 1 << 30
        for room in range(rooms):
            if state.cell[target, room] >= 0:
                continue
            price = 4 * (tables.over[course, room] + (state.in_room[course, room] == 0)) - (room == old_room[index])
            if price < lowest:
                chosen, lowest = room, price
        change += _lone_change(tables, state, course, target, chosen, 1)
        _put(tables, state, at, target, chosen)
    if change <= slack:
        return change
    for index in range(size):
        _take(tables, state, moved[index])
    for index in range(size):
        _put(tables, state, moved[index], here if from_here[index] else other, old_room[index])
    return 1 << 30


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
def anneal(  # type: ignore[no-untyped-def]
    tables, state, best_period, best_room, cost, best, hot, cold, proposals, seed, room_share, keep_share, chain_share
):
    """Run ``proposals`` proposals, cooling geometrically from ``hot`` to ``cold``; return (cost, best).

    ``best_period``/``best_room`` are overwritten whenever a new best appears. ``seed`` is a one-word array of state.
    ``room_share`` of 256 proposals change the room only.
    """
    lectures, rooms = len(state.period), state.cell.shape[1]
    steps = max(1, proposals // 1000)
    factor = exp(log(cold / hot) / steps)
    temperature = hot
    moved, rooms_before = np.empty(2 * rooms, np.int32), np.empty(2 * rooms, np.int32)
    for _ in range(steps):
        for _ in range(1000):
            lecture = _below(seed, lectures)
            course = tables.course_of[lecture]
            old, old_room = state.period[lecture], state.room[lecture]
            new, new_room = old, old_room
            kind = _below(seed, 256)
            if kind >= room_share:
                first = tables.open_offsets[course]
                new = tables.open_periods[first + _below(seed, tables.open_offsets[course + 1] - first)]
                if _below(seed, 4096) < chain_share:
                    if new == old:
                        continue
                    slack = -temperature * log((_random(seed) + 1.0) / 4294967297.0)
                    change = _swap_chain(tables, state, lecture, new, slack, moved, rooms_before)
                    if change < 1 << 30:
                        cost += change
                        if cost < best:
                            best = cost
                            best_period[:] = state.period
                            best_room[:] = state.room
                    continue
            if kind < 256 - keep_share:
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
