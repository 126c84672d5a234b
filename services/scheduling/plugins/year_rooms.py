"""Giving single rooms to terms whose days and campus are settled."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from services.scheduling.domain.placement import Room, Term
from services.scheduling.domain.placement_board import Board
from services.scheduling.domain.placement_greedy import at
from services.scheduling.domain.placement_grid import Slot

Place = tuple[Term, Slot, str]


def settle(board: Board, lifted: Collection[str], places: Iterable[Place]) -> Board | None:
    """Return a board with some terms lifted off and put back on their new days, the smallest rooms first.

    Where no room of the campus is free for one, the rooms of the whole campus are given anew. ``None``: some term
    finds no room, or is in the way of another by its days.
    """
    placed = list(places)
    rest = [entry for entry in board.entries() if entry[0].id not in lifted]
    after = Board(board.grid)
    for term, slot, _ in rest:
        after.put(board.placed[term.id], slot)
    crowded: set[str] = set()
    left: list[Place] = []
    for term, slot, campus_id in sorted(placed, key=_hardest):
        room = _room(after, term, slot, campus_id)
        if room is None:
            left.append((term, slot, campus_id))
            crowded.add(campus_id)
        else:
            after.put(at(term, slot, room), slot)
    if left:
        again = _anew(after, crowded, left)
        if again is None:
            return None
        after = again
    return None if any(after.siblings(term, slot.span) for term, slot, _ in placed) else after


def _anew(board: Board, campuses: set[str], left: list[Place]) -> Board | None:
    """Return the board with the rooms of some campuses given anew, in order of opening; pinned rooms stay."""
    after, open_places = Board(board.grid), list(left)
    for term, slot, now in board.entries():
        if now.campus_id not in campuses or (term.pin and term.pin.room_id):
            after.put(board.placed[term.id], slot)
        else:
            open_places.append((term, slot, now.campus_id))
    for term, slot, campus_id in sorted(open_places, key=lambda each: (each[1].opens, -each[0].trainees, each[0].id)):
        room = _room(after, term, slot, campus_id)
        if room is None:
            return None
        after.put(at(term, slot, room), slot)
    return after


def _room(board: Board, term: Term, slot: Slot, campus_id: str) -> Room | None:
    return next(
        (room for room in board.rooms_for(term, _allowed(board, term, slot)) if room.campus_id == campus_id), None
    )


def _allowed(board: Board, term: Term, slot: Slot) -> Slot:
    """Return the slot with its rooms: one that a board made up for a placed term has none."""
    if slot.rooms:
        return slot
    return next((each for each in board.grid.slots[term.id] if each.opens == slot.opens), slot)


def _hardest(place: Place) -> tuple[int, int, str]:
    term, slot, _ = place
    return len(slot.rooms), -term.trainees, term.id
