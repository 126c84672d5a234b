"""A term that need not look again would find the place it has: nobody who is left alone could lie anywhere cheaper."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from deploy.sample.years import made_up_year
from services.scheduling.domain.placement import Problem
from services.scheduling.domain.placement_board import Board
from services.scheduling.domain.placement_cost import table_cost
from services.scheduling.domain.placement_greedy import Greedy, at
from services.scheduling.domain.placement_grid import Grid
from services.scheduling.domain.placement_spans import Axis
from tests.unit.scheduling.tiny_years import tiny_years


def cheaper_moves(board: Board) -> list[str]:
    """Return the terms that one move alone would make cheaper."""
    grid, found = board.grid, []
    for term in grid.problem.terms:
        if term.id not in board.placed or term.pin:
            continue
        cost = table_cost(board.axis, board.placed.values())
        before = board.take(term.id)
        for slot in grid.slots[term.id]:
            for room in [] if board.siblings(term, slot.span) else list(board.rooms_for(term, slot)):
                board.put(at(term, slot, room), slot)
                if table_cost(board.axis, board.placed.values()) < cost:
                    found.append(term.id)
                board.take(term.id)
        board.put(before)
    return found


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(tiny_years())
def test_in_the_end_no_term_of_a_tiny_year_could_move_to_a_cheaper_place(year: Problem) -> None:
    assert cheaper_moves(Greedy(Grid(Axis(year))).best()) == []


def test_in_the_end_no_term_of_a_made_up_year_could_move_to_a_cheaper_place() -> None:
    assert cheaper_moves(Greedy(Grid(Axis(made_up_year(30, seed=2)))).best()) == []
