"""Exact searches over a whole year: how many terms can be placed, and how cheaply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.scheduling.domain.placement import Term
from services.scheduling.domain.placement_board import Board
from services.scheduling.domain.placement_greedy import at
from services.scheduling.domain.placement_grid import Grid, Slot
from services.scheduling.plugins.year_bound import Aim, Relaxation
from services.scheduling.plugins.year_model import Effort, YearModel
from services.scheduling.plugins.year_outlook import columns_at, programme_of
from services.scheduling.plugins.year_program import Program
from services.scheduling.plugins.year_rooms import settle
from services.scheduling.plugins.year_rows import Slots

MOST_COLUMNS = 3000
"""Up to how many columns a proof by CP-SAT alone is worth trying."""
MOST_RELAXED = 6000
"""Up to how many a proof by branch and bound is, with campuses told apart only."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What an exact search found: a board, if any, and what no table within its limits undercuts."""

    board: Board | None
    bound: int
    ended: bool


def place_more(grid: Grid, slots: Slots, weights: Mapping[str, int], missing: int, effort: Effort) -> Finding:
    """Look for a table whose missing terms weigh less than ``missing``; the bound is of what must be missing."""
    program = programme_of(grid, "room", slots, ordered=True)
    model = YearModel(program, weights)
    model.minimise(model.missing)
    model.keep_below(model.missing, missing - 1)
    outcome = model.solve(effort)
    bound = missing if outcome.ended and outcome.chosen is None else round(outcome.bound)
    return Finding(_board(grid, program, outcome.chosen), min(missing, bound), outcome.ended)


def cheapest(
    grid: Grid, slots: Slots, weights: Mapping[str, int], missing: int, below: int, effort: Effort
) -> Finding | None:
    """Look for a table that costs less than ``below``, with no more missing; ``None`` when that is too much to try."""
    if columns_at(grid, "room", slots) > MOST_COLUMNS:
        return None
    program = programme_of(grid, "room", slots, ordered=True)
    model = YearModel(program, weights if missing else {})
    model.minimise(model.cost)
    model.keep_below(model.cost, below - 1)
    model.keep_below(model.missing, missing)
    outcome = model.solve(effort)
    bound = below if outcome.ended and outcome.chosen is None else round(outcome.bound)
    return Finding(_board(grid, program, outcome.chosen), min(below, bound), outcome.ended)


def worth_relaxing(grid: Grid, slots: Slots) -> bool:
    """Return whether ``relaxed`` could raise the bound in reasonable time."""
    return columns_at(grid, "campus", slots) <= MOST_RELAXED


def relaxed(grid: Grid, slots: Slots, aim: Aim, base: Board, seconds: float) -> Finding:
    """Bound the cost by a programme that tells only campuses apart.

    What is found there is put on ``base``, if rooms can be given.
    """
    program = programme_of(grid, "campus", slots, ordered=True)
    bound, chosen = Relaxation(program, aim).solve_whole(seconds)
    board = None
    if chosen is not None:
        places = _places(program, chosen)
        board = settle(base, {term.id for term, _, _ in places}, places)
    return Finding(board, bound, chosen is not None)


def _places(program: Program, chosen: tuple[int, ...]) -> list[tuple[Term, Slot, str]]:
    choices = [program.choices[column] for column in chosen]
    return [(choice.term, choice.slot, choice.rooms[0].campus_id) for choice in choices]


def _board(grid: Grid, program: Program, chosen: tuple[int, ...] | None) -> Board | None:
    """Return the board of a choice that tells rooms apart: each group gives its rooms in order of opening."""
    if chosen is None:
        return None
    board, free_from = Board(grid), dict[str, int]()
    for choice in sorted(
        (program.choices[column] for column in chosen), key=lambda choice: (choice.slot.opens, choice.term.id)
    ):
        room = next(room for room in choice.rooms if free_from.get(room.id, 0) <= choice.slot.opens)
        free_from[room.id] = choice.slot.ends + 1
        board.put(at(choice.term, choice.slot, room), choice.slot)
    return board
