"""Simulated annealing over feasible timetables of a plain problem, compiled.

Hard rules hold at every step, so no conflict weight has to be tuned. Slots without a clash are kept in a list for each
course and vacant rooms for each slot, so that hardly a proposal is wasted on what is not allowed; the change of cost is
known before anything is touched, since most proposals fail. Costs are integers; nothing here allocates in the loop.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from services.scheduling.timetable.chance import PART, WHOLE, below, patience
from services.scheduling.timetable.plain_tables import Ints, PlainTables

CHAIN = 6
"""Most lectures that change their slots at once; longer chains are hardly ever taken."""
_NO = 1 << 30


class PlainState(NamedTuple):
    """A complete timetable and the counts that make evaluating a move cheap."""

    slot: Ints
    """Slot of each lecture."""
    room: Ints
    cell: Ints
    """Lecture in (slot, room), or -1."""
    near: Ints
    """(course, slot) → how many lectures then clash with the course."""
    on_day: Ints
    """(course, day) → lectures."""
    days_used: Ints
    in_room: Ints
    """(course, room) → lectures."""
    pattern: Ints
    """(term, day) → slots used, as bits."""
    clear: Ints
    """(course, i) → the allowed slots without a clash, in any order; ``clear_size`` of them."""
    clear_size: Ints
    clear_at: Ints
    """(course, slot) → its place in that list, or -1."""
    vacant: Ints
    """(slot, i) → the vacant rooms, in any order; ``vacant_size`` of them."""
    vacant_size: Ints
    vacant_at: Ints
    chain: Ints
    """Scratch: the lectures of a chain, the rooms they would take, and which lectures are in it."""
    chain_rooms: Ints
    marked: NDArray[np.uint8]


def plain_state(tables: PlainTables, slot: Ints, room: Ints) -> PlainState:
    """Return the state of a feasible timetable given by slot and room of every lecture."""
    courses, slots = tables.may.shape
    rooms, terms = tables.over.shape[1], int(tables.terms.max(initial=0)) + 1
    free = np.tile(np.arange(rooms, dtype=np.int32), (slots, 1))
    state = PlainState(
        np.zeros(len(slot), np.int32),
        np.zeros(len(slot), np.int32),
        np.full((slots, rooms), -1, np.int32),
        np.zeros((courses, slots), np.int32),
        np.zeros((courses, tables.days), np.int32),
        np.zeros(courses, np.int32),
        np.zeros((courses, rooms), np.int32),
        np.zeros((terms, tables.days), np.int32),
        np.zeros((courses, slots), np.int32),
        np.zeros(courses, np.int32),
        np.full((courses, slots), -1, np.int32),
        free.copy(),
        np.full(slots, rooms, np.int32),
        free.copy(),
        np.zeros(CHAIN, np.int32),
        np.zeros(CHAIN, np.int32),
        np.zeros(len(slot), np.uint8),
    )
    for c in range(courses):
        allowed = np.flatnonzero(tables.may[c])
        state.clear[c, : len(allowed)] = allowed
        state.clear_at[c, allowed] = np.arange(len(allowed))
        state.clear_size[c] = len(allowed)
    _fill(tables, state, slot.astype(np.int32), room.astype(np.int32))
    return state


@njit(**PART)
def _put(tables, state, lecture, slot, room):  # type: ignore[no-untyped-def]
    course, day = tables.course_of[lecture], tables.day_of[slot]
    state.slot[lecture] = slot
    state.room[lecture] = room
    state.cell[slot, room] = lecture
    size = state.vacant_size[slot] - 1
    place, last = state.vacant_at[slot, room], state.vacant[slot, size]
    state.vacant[slot, place] = last
    state.vacant_at[slot, last] = place
    state.vacant_at[slot, room] = -1
    state.vacant_size[slot] = size
    for at in range(tables.clash_offsets[course], tables.clash_offsets[course + 1]):
        other = tables.clash_courses[at]
        count = state.near[other, slot]
        state.near[other, slot] = count + 1
        if count == 0 and tables.may[other, slot]:
            size = state.clear_size[other] - 1
            place, last = state.clear_at[other, slot], state.clear[other, size]
            state.clear[other, place] = last
            state.clear_at[other, last] = place
            state.clear_at[other, slot] = -1
            state.clear_size[other] = size
    if state.on_day[course, day] == 0:
        state.days_used[course] += 1
    state.on_day[course, day] += 1
    state.in_room[course, room] += 1
    for at in range(tables.term_offsets[course], tables.term_offsets[course + 1]):
        state.pattern[tables.terms[at], day] |= tables.bit_of[slot]


@njit(**PART)
def _take(tables, state, lecture):  # type: ignore[no-untyped-def]
    course, slot, room = tables.course_of[lecture], state.slot[lecture], state.room[lecture]
    day = tables.day_of[slot]
    state.cell[slot, room] = -1
    size = state.vacant_size[slot]
    state.vacant[slot, size] = room
    state.vacant_at[slot, room] = size
    state.vacant_size[slot] = size + 1
    for at in range(tables.clash_offsets[course], tables.clash_offsets[course + 1]):
        other = tables.clash_courses[at]
        count = state.near[other, slot] - 1
        state.near[other, slot] = count
        if count == 0 and tables.may[other, slot]:
            size = state.clear_size[other]
            state.clear[other, size] = slot
            state.clear_at[other, slot] = size
            state.clear_size[other] = size + 1
    state.on_day[course, day] -= 1
    if state.on_day[course, day] == 0:
        state.days_used[course] -= 1
    state.in_room[course, room] -= 1
    for at in range(tables.term_offsets[course], tables.term_offsets[course + 1]):
        state.pattern[tables.terms[at], day] &= ~tables.bit_of[slot]


@njit(**WHOLE)
def _fill(tables, state, slot, room):  # type: ignore[no-untyped-def]
    for lecture in range(len(slot)):
        _put(tables, state, lecture, slot[lecture], room[lecture])


@njit(**PART)
def _room_change(tables, state, course, old, new):  # type: ignore[no-untyped-def]
    change = tables.over[course, new] - tables.over[course, old]
    if state.in_room[course, old] == 1:
        change -= tables.room_weight
    if state.in_room[course, new] == 0:
        change += tables.room_weight
    return change if old != new else 0


@njit(**PART)
def _slot_change(tables, state, course, old, new, swapping):  # type: ignore[no-untyped-def]
    """Change of cost when a lecture goes to another slot. ``swapping``: terms busy there give their lecture back."""
    old_day, new_day = tables.day_of[old], tables.day_of[new]
    old_bit, new_bit = tables.bit_of[old], tables.bit_of[new]
    change = 0
    if old_day != new_day:
        used, wanted = state.days_used[course], tables.min_days[course]
        after = used - (state.on_day[course, old_day] == 1) + (state.on_day[course, new_day] == 0)
        change += tables.day_weight * (max(0, wanted - after) - max(0, wanted - used))
    for at in range(tables.term_offsets[course], tables.term_offsets[course + 1]):
        term = tables.terms[at]
        there = state.pattern[term, new_day]
        if swapping and there & new_bit:
            continue
        before = state.pattern[term, old_day]
        if old_day == new_day:
            change += tables.lonely[before & ~old_bit | new_bit] - tables.lonely[before]
        else:
            change += tables.lonely[before & ~old_bit] - tables.lonely[before]
            change += tables.lonely[there | new_bit] - tables.lonely[there]
    return change


@njit(**PART)
def _exchange_rooms(tables, state, lecture, other):  # type: ignore[no-untyped-def]
    """Let two lectures of one slot change rooms."""
    slot, here, there = state.slot[lecture], state.room[lecture], state.room[other]
    course, partner = tables.course_of[lecture], tables.course_of[other]
    state.cell[slot, there], state.cell[slot, here] = lecture, other
    state.room[lecture], state.room[other] = there, here
    state.in_room[course, here] -= 1
    state.in_room[course, there] += 1
    state.in_room[partner, there] -= 1
    state.in_room[partner, here] += 1


@njit(**PART)
def _change_room(tables, state, lecture, room):  # type: ignore[no-untyped-def]
    """Put a lecture into a vacant room of its slot."""
    course, slot, old = tables.course_of[lecture], state.slot[lecture], state.room[lecture]
    state.cell[slot, old], state.cell[slot, room] = -1, lecture
    state.room[lecture] = room
    place = state.vacant_at[slot, room]
    state.vacant[slot, place] = old
    state.vacant_at[slot, old], state.vacant_at[slot, room] = place, -1
    state.in_room[course, old] -= 1
    state.in_room[course, room] += 1


@njit(**PART)
def _chain(tables, state, lecture, other, chain, marked):  # type: ignore[no-untyped-def]
    """Collect the Kempe chain of a lecture between its slot and another; return its length, 0 when it cannot be."""
    here = state.slot[lecture]
    chain[0] = lecture
    marked[lecture] = 1
    size, done, leaving = 1, 0, 0
    while size > 0 and done < size:
        at = chain[done]
        done += 1
        course = tables.course_of[at]
        target = other if state.slot[at] == here else here
        leaving += target == other
        left = state.near[course, target]
        if tables.may[course, target] == 0 or left >= len(chain):
            done = -1
        room = 0
        while done > 0 and left > 0:
            partner = state.cell[target, room]
            room += 1
            if partner < 0 or tables.clash[course, tables.course_of[partner]] == 0:
                continue
            left -= 1
            if marked[partner] == 0:
                # Two lectures of one course would only change names.
                if size == len(chain) or tables.course_of[partner] == course:
                    done = -1
                else:
                    marked[partner] = 1
                    chain[size] = partner
                    size += 1
        if done < 0:
            break
    coming = size - leaving
    if state.vacant_size[other] + coming < leaving or state.vacant_size[here] + leaving < coming:
        done = -1
    if done < 0:
        for index in range(size):
            marked[chain[index]] = 0
        return 0
    return size


@njit(**PART)
def _swap_chain(tables, state, lecture, other, slack):  # type: ignore[no-untyped-def]
    """Exchange the slots of a Kempe chain if that is not dearer than ``slack``; return the change, or ``_NO``."""
    here = state.slot[lecture]
    chain, rooms, marked = state.chain, state.chain_rooms, state.marked
    size = _chain(tables, state, lecture, other, chain, marked)
    if size == 0:
        return _NO
    change = 0
    for index in range(size):
        at = chain[index]
        target = other if state.slot[at] == here else here
        change += _slot_change(tables, state, tables.course_of[at], state.slot[at], target, True)
        resident = state.cell[target, state.room[at]]
        rooms[index] = state.room[at] if resident < 0 or marked[resident] else -1
    # Rooms can win back little: what is far too dearer is given up before any is looked for.
    hopeless = slack + 4 * size * tables.room_weight
    for index in range(size):
        if rooms[index] < 0 and change <= hopeless:
            at = chain[index]
            course, target = tables.course_of[at], other if state.slot[at] == here else here
            chosen, lowest = -1, _NO
            for room in range(state.cell.shape[1]):
                resident = state.cell[target, room]
                if resident >= 0 and marked[resident] == 0:
                    continue
                price = tables.over[course, room] + tables.room_weight * (state.in_room[course, room] == 0)
                if price >= lowest:
                    continue
                taken = False
                for earlier in range(size):
                    taken |= rooms[earlier] == room and state.slot[chain[earlier]] == state.slot[at]
                if not taken:
                    chosen, lowest = room, price
            rooms[index] = chosen
            change += _room_change(tables, state, course, state.room[at], chosen) if chosen >= 0 else _NO
    for index in range(size):
        marked[chain[index]] = 0
    if change > slack:
        return _NO
    for index in range(size):
        marked[chain[index]] = state.slot[chain[index]] == here
        _take(tables, state, chain[index])
    for index in range(size):
        at = chain[index]
        _put(tables, state, at, other if marked[at] else here, rooms[index])
        marked[at] = 0
    return change


@njit(**PART)
def _propose(tables, state, temperature, chance, waits, shares):  # type: ignore[no-untyped-def]
    """Try one random move; return the change of cost, 0 also when it was not taken."""
    lecture = below(chance, len(state.slot))
    course, slot, room = tables.course_of[lecture], state.slot[lecture], state.room[lecture]
    kind = below(chance, 256)
    if kind < shares[0]:
        new_room = below(chance, state.cell.shape[1])
        partner = state.cell[slot, new_room]
        change = _room_change(tables, state, course, room, new_room)
        if partner >= 0:
            change += _room_change(tables, state, tables.course_of[partner], new_room, room)
        if partner == lecture or change > patience(chance, waits, temperature):
            return 0
        if partner >= 0:
            _exchange_rooms(tables, state, lecture, partner)
        else:
            _change_room(tables, state, lecture, new_room)
        return change
    if kind < shares[1]:
        first = tables.open_offsets[course]
        new = tables.open_slots[first + below(chance, tables.open_offsets[course + 1] - first)]
        if new == slot or state.near[course, new] == 0 or state.near[course, new] >= len(state.chain):
            return 0
        slack = patience(chance, waits, temperature)
        change = _swap_chain(tables, state, lecture, new, slack)
        return change if change != _NO else 0
    if state.clear_size[course] == 0:
        return 0
    new = state.clear[course, below(chance, state.clear_size[course])]
    partner = -1
    if state.vacant_size[new] == 0 or kind % 16 == 0:
        new_room = below(chance, state.cell.shape[1])
        partner = state.cell[new, new_room]
        if partner >= 0 and state.clear_at[tables.course_of[partner], slot] < 0:
            return 0
    elif kind % 2 and state.cell[new, room] < 0:
        new_room = room
    else:
        new_room = state.vacant[new, below(chance, state.vacant_size[new])]
    slack = patience(chance, waits, temperature)
    change = _room_change(tables, state, course, room, new_room)
    change += _slot_change(tables, state, course, slot, new, False)
    if partner >= 0:
        other = tables.course_of[partner]
        change += _room_change(tables, state, other, new_room, room)
        change += _slot_change(tables, state, other, new, slot, False)
    if change > slack:
        return 0
    _take(tables, state, lecture)
    if partner >= 0:
        _take(tables, state, partner)
        _put(tables, state, partner, slot, room)
    _put(tables, state, lecture, new, new_room)
    return change


@njit(**WHOLE)
def anneal_plain(  # type: ignore[no-untyped-def]
    tables, state, best_slot, best_room, cost, best, temperature, proposals, chance, waits, shares
):
    """Run ``proposals`` proposals at one temperature and return (cost, best).

    ``best_slot``/``best_room`` are overwritten whenever a new best appears. ``shares``: of 256 proposals those below
    the first change rooms only, those below the second exchange Kempe chains, the rest shift a lecture.
    """
    for _ in range(proposals):
        cost += _propose(tables, state, temperature, chance, waits, shares)
        if cost < best:
            best = cost
            for lecture in range(len(best_slot)):
                best_slot[lecture] = state.slot[lecture]
                best_room[lecture] = state.room[lecture]
    return cost, best
