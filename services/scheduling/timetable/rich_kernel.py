"""Simulated annealing over feasible timetables of any problem, compiled.

A lecture goes to another slot and room; what stands in its way goes where it came from, or somewhere else where it
fits. Every hard rule and every lock holds after each move. Slower than the plain kernel and good for everything.
"""

from __future__ import annotations

from numba import njit

from services.scheduling.timetable.chance import PART, WHOLE, below, patience
from services.scheduling.timetable.rich_state import drop, fits, lift

_TRIES = 4
"""Rooms tried for a displaced lecture: its own, then any."""


@njit(**PART)
def _blockers(tables, state, lecture, slot, room):  # type: ignore[no-untyped-def]
    """Collect what must go for a lecture to come; return how many move with it, 0 when it cannot be."""
    course, moved = tables.course_of[lecture], state.moved
    moved[0] = lecture
    size = 1
    for at in range(slot, slot + tables.span[course, slot]):
        if state.cell[at, room] == -2:
            size = 0
        clashing = state.near[course, at]
        other = 0
        while size > 0 and other < state.cell.shape[1] and (clashing > 0 or other <= room):
            resident = state.cell[at, other]
            other += 1
            if resident < 0 or (other - 1 != room and tables.clash[course, tables.course_of[resident]] == 0):
                continue
            known = False
            for index in range(size):
                known |= moved[index] == resident
            if not known:
                # Two lectures of one course would only change names.
                if size == len(moved) or tables.fixed_slot[resident] or tables.course_of[resident] == course:
                    size = 0
                else:
                    moved[size] = resident
                    size += 1
    return size


@njit(**PART)
def _neighbour(tables, state, lecture, room):  # type: ignore[no-untyped-def]
    """Collect a lecture and who would have to give it the room; return how many, 0 when it cannot be."""
    course, slot = tables.course_of[lecture], state.slot[lecture]
    state.moved[0] = lecture
    size = 1
    for at in range(slot, slot + tables.span[course, slot]):
        resident = state.cell[at, room]
        if resident == -2:
            size = 0
        elif resident >= 0 and size > 0:
            whole = state.slot[resident] == slot and (
                tables.span[tables.course_of[resident], slot] == tables.span[course, slot]
            )
            if not whole or tables.fixed_room[resident]:
                size = 0
            else:
                state.moved[1] = resident
                size = 2
    return size


@njit(**PART)
def _move(tables, state, chance, size, slot, room, slack):  # type: ignore[no-untyped-def]
    """Move the collected lectures, the first to (slot, room); return the change, or 0 and everything as it was.

    With the first one's own slot only rooms are exchanged.
    """
    moved, old_slot, old_room = state.moved, state.moved_slot, state.moved_room
    change, done, fine = 0, 0, True
    for index in range(size):
        old_slot[index], old_room[index] = state.slot[moved[index]], state.room[moved[index]]
        change += lift(tables, state, moved[index])
    same_time = old_slot[0] == slot
    for index in range(size):
        lecture = moved[index]
        course = tables.course_of[lecture]
        target, wanted, tries = slot, room, 1
        if index > 0 and same_time:
            wanted = old_room[0]
        elif index > 0:
            # As far from where the first one was as it stood from where that one goes; now and then anywhere.
            target, wanted, tries = old_slot[0] + old_slot[index] - slot, old_room[index], _TRIES
            away = target < 0 or target >= tables.span.shape[1] or tables.span[course, target] == 0
            if away or below(chance, 4) == 0:
                first = tables.start_offsets[course]
                target = tables.starts[first + below(chance, tables.start_offsets[course + 1] - first)]
        fine = False
        while tries > 0 and not fine:
            tries = 0 if tables.fixed_room[lecture] else tries - 1
            fine = fits(tables, state, lecture, target, wanted)
            if not fine and tries > 0:
                first = tables.room_offsets[course]
                wanted = tables.rooms[first + below(chance, tables.room_offsets[course + 1] - first)]
        if not fine:
            break
        change += drop(tables, state, lecture, target, wanted)
        done += 1
    if fine and change <= slack:
        return change
    for index in range(done):
        lift(tables, state, moved[index])
    for index in range(size):
        drop(tables, state, moved[index], old_slot[index], old_room[index])
    return 0


@njit(**WHOLE)
def anneal_rich(  # type: ignore[no-untyped-def]
    tables, state, best_slot, best_room, cost, best, temperature, proposals, chance, waits
):
    """Run ``proposals`` proposals at one temperature and return (cost, best).

    ``best_slot``/``best_room`` are overwritten whenever a new best appears.
    """
    for _ in range(proposals):
        lecture = below(chance, len(state.slot))
        course, slot, room = tables.course_of[lecture], state.slot[lecture], state.room[lecture]
        kind = below(chance, 8)
        first = tables.room_offsets[course]
        new_room = tables.rooms[first + below(chance, tables.room_offsets[course + 1] - first)]
        new_slot, size = slot, 0
        if kind < 2:
            if new_room != room and tables.fixed_room[lecture] == 0:
                size = _neighbour(tables, state, lecture, new_room)
        elif tables.fixed_slot[lecture] == 0:
            first = tables.start_offsets[course]
            new_slot = tables.starts[first + below(chance, tables.start_offsets[course + 1] - first)]
            if kind % 2 or tables.fixed_room[lecture]:
                new_room = room
            if new_slot != slot:
                size = _blockers(tables, state, lecture, new_slot, new_room)
        if size > 0:
            slack = patience(chance, waits, temperature)
            cost += _move(tables, state, chance, size, new_slot, new_room, slack)
        if cost < best:
            best = cost
            for at in range(len(best_slot)):
                best_slot[at] = state.slot[at]
                best_room[at] = state.room[at]
    return cost, best
