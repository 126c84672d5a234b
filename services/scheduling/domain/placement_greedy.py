"""Placing terms one after the other, hardest first, with one round of making room: quick, and it keeps every rule."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from services.scheduling.domain.placement import Placed, Problem, Room, Solution, Term
from services.scheduling.domain.placement_board import Board, Obstacles
from services.scheduling.domain.placement_calm import Calm
from services.scheduling.domain.placement_cost import room_cost, table_cost, table_costs
from services.scheduling.domain.placement_grid import Grid, Slot
from services.scheduling.domain.placement_reasons import explain_all
from services.scheduling.domain.placement_spans import Axis

_TRIES = 2000
_LOOKS = 100_000
"""Slots looked at in all: what keeps the whole construction below two seconds, and repeatable."""


class Greedy:
    """One greedy construction over a problem."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._tries, self._looks = _TRIES, _LOOKS
        self._numbered = sorted(grid.problem.terms, key=_number)
        self._slots = {term_id: sorted(slots, key=_own) for term_id, slots in grid.slots.items()}
        self._seats = {term_id: _least_seats(grid, term_id) for term_id in grid.slots}
        self._round = max(1, sum(len(slots) for slots in self._slots.values()))

    def best(self) -> Board:
        """Return the best of several constructions: most terms, then least cost."""
        boards: list[Board] = []
        for order in self._orders():
            if boards and self._looks < self._round:
                break
            boards.append(self._construct(order))
        best = min(boards, key=self.rank)
        self._polish(best)
        return best

    def finish(self, board: Board) -> None:
        """Place what still fits on a board, and let its terms look for better places for a while."""
        self._tries, self._looks = _TRIES, _LOOKS
        self.fill(board)
        self._polish(board)
        self.fill(board)

    def rank(self, board: Board) -> tuple[int, int]:
        """Return what makes one board better than another: the smaller, the better."""
        return -weight(board), table_cost(self._grid.axis, board.placed.values())

    def fill(self, board: Board) -> None:
        """Place what still fits on a board, moving at most one other term aside for each."""
        for term in self._numbered:
            if term.id not in board.placed and not self._place(board, term):
                self._make_room(board, term)

    def _polish(self, board: Board) -> None:
        calm = Calm(self._grid)
        while self._looks >= self._round and self._polish_once(board, calm):
            pass

    def _polish_once(self, board: Board, calm: Calm) -> bool:
        """Let every term that is not pinned look for a better place, one after the other; return whether any moved."""
        moved = False
        for term in self._numbered:
            if term.id in board.placed and not term.pin and not calm.about(term):
                slot, before = board.slot(term.id), board.take(term.id)
                cost = board.ledger.added(term, slot, board.axis.rooms[before.room_id])
                if not self._place(board, term, below=cost + 1):
                    board.put(before, slot)
                moves = board.placed[term.id] != before
                looked = [each for each in self._slots[term.id] if each.own <= cost]
                calm.looked(term, [slot, *looked], (slot, board.slot(term.id)) if moves else None)
                moved |= moves
        return moved

    def _construct(self, order: Callable[[Term], Any]) -> Board:
        board = Board(self._grid)
        terms = self._grid.problem.terms
        for term in sorted(terms, key=lambda term: (term.pin is None, order(term), _number(term))):
            self._place(board, term)
        self.fill(board)
        return board

    def _orders(self) -> tuple[Callable[[Term], Any], ...]:
        flexibility = {term_id: len(found) for term_id, found in self._slots.items()}
        return (
            lambda term: flexibility[term.id],
            lambda term: (term.latest_end, term.earliest_start),
            lambda term: -term.trainees * term.days,
            lambda term: term.target or term.earliest_start,
        )

    def _place(self, board: Board, term: Term, below: float = math.inf) -> bool:
        """Put a term where it costs least; return whether there is any place at a cost below this."""
        best: tuple[Slot, Room] | None = None
        seats = self._seats[term.id]
        for slot in self._slots[term.id]:
            self._looks -= 1
            if slot.own >= below - seats:
                break
            most = below - room_cost(self._grid.problem.policy, term, slot.rooms[0])
            if slot.own >= most:
                # A blackout can take the smaller rooms out of these days and leave them in later ones.
                continue
            if board.siblings(term, slot.span):
                continue
            days = board.ledger.added_by_days(term, slot, most)
            if days >= most:
                continue
            for room in board.rooms_for(term, slot):
                added = days + board.ledger.added_by_room(term, slot, room)
                if added < below:
                    below, best = added, (slot, room)
        if best is None:
            return False
        board.put(at(term, *best), best[0])
        return True

    def _make_room(self, board: Board, term: Term) -> bool:
        for slot, room in each_choice(self._slots[term.id]):
            if self._tries <= 0:
                return False
            self._tries -= 1
            found = board.obstacles(term, slot, room)
            blockers = {*found.room_taken_by, *found.siblings, *found.lecturer_busy}
            if len(blockers) > 1 or any(board.terms[blocker].pin for blocker in blockers):
                continue
            for other in sorted(blockers) or _sleepers(board, room, found):
                self._tries -= 1
                removed = board.take(other)
                if not board.obstacles(term, slot, room):
                    board.put(at(term, slot, room), slot)
                    if self._place(board, board.terms[other]):
                        return True
                    board.take(term.id)
                board.put(removed)
        return False


def each_choice(found: Iterable[Slot]) -> Iterator[tuple[Slot, Room]]:
    """Yield every slot with each of its rooms."""
    return ((slot, room) for slot in found for room in slot.rooms)


def _sleepers(board: Board, room: Room, found: Obstacles) -> list[str]:
    """Return the terms that could be moved aside to free beds on the days that are short of them."""
    days = [day for day, _ in found.beds_short]
    return [
        term_id
        for term_id, at in sorted(board.placed.items())
        if not board.terms[term_id].pin
        and board.axis.rooms[at.room_id].campus_id == room.campus_id
        and any(at.reports_on <= day <= at.ends_on for day in days)
    ]


def at(term: Term, slot: Slot, room: Room) -> Placed:
    """Return the placed term for a choice."""
    return Placed(term.id, slot.span.starts_on, slot.span.ends_on, slot.span.reports_on, room.id)


def worth(grid: Grid, term_id: str) -> int:
    """Return how much it counts to place a term: a pinned one more than all free ones together."""
    return len(grid.terms) + 1 if grid.terms[term_id].pin else 1


def weight(board: Board) -> int:
    """Return how much a board holds."""
    return sum(worth(board.grid, term_id) for term_id in board.placed)


def solve_greedily(problem: Problem) -> Solution:
    """Return a table that keeps every rule, with no proof of how far it is from the best."""
    grid = Grid(Axis(problem))
    return concluded(grid, Greedy(grid).best(), "greedy")


def in_order(board: Board) -> tuple[Placed, ...]:
    """Return what is on a board by opening."""
    return tuple(sorted(board.placed.values(), key=lambda each: (each.starts_on, each.term_id)))


def concluded(grid: Grid, board: Board, scheduler: str) -> Solution:
    """Return a board as an unproven solution, each term left over explained."""
    placed = in_order(board)
    left = [term for term in grid.problem.terms if term.id not in board.placed]
    possible = sum(bool(slots) for slots in grid.slots.values())
    costs = table_costs(grid.axis, placed)
    return Solution(
        scheduler,
        "feasible",
        placed,
        explain_all(board, left),
        costs.total,
        0,
        possible,
        costs=costs,
    )


def _least_seats(grid: Grid, term_id: str) -> int:
    """Return what the empty seats of a term's smallest room cost."""
    policy, term = grid.problem.policy, grid.terms[term_id]
    return min((room_cost(policy, term, slot.rooms[0]) for slot in grid.slots[term_id]), default=0)


def _own(slot: Slot) -> tuple[int, int]:
    return slot.own, slot.opens


def _number(term: Term) -> tuple[int, int, str]:
    return term.programme_ordinal, term.ordinal, term.id
