"""A term that need not look again would find the place it has: nobody who is left alone could lie anywhere cheaper."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deploy.sample.years import made_up_year
from services.scheduling.domain.placement import Blackout, Campus, Pin, Policy, Problem, Room
from services.scheduling.domain.placement_board import Board
from services.scheduling.domain.placement_cost import table_cost
from services.scheduling.domain.placement_greedy import Greedy, at, solve_greedily
from services.scheduling.domain.placement_grid import Grid
from services.scheduling.domain.placement_spans import Axis
from tests.unit.scheduling.tiny_years import tiny_years
from tests.unit.scheduling.year_problems import problem, term


def cheaper_moves(board: Board) -> list[str]:
    """Return the terms that one move alone would make cheaper."""
    grid, found = board.grid, []
    for each in grid.problem.terms:
        if each.id not in board.placed or each.pin:
            continue
        cost = table_cost(board.axis, board.placed.values())
        before = board.take(each.id)
        for slot in grid.slots[each.id]:
            for room in [] if board.siblings(each, slot.span) else list(board.rooms_for(each, slot)):
                board.put(at(each, slot, room), slot)
                if table_cost(board.axis, board.placed.values()) < cost:
                    found.append(each.id)
                board.take(each.id)
        board.put(before)
    return found


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(tiny_years())
def test_in_the_end_no_term_of_a_tiny_year_could_move_to_a_cheaper_place(year: Problem) -> None:
    assert cheaper_moves(Greedy(Grid(Axis(year))).best()) == []


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(tiny_years(), st.dates(date(2020, 6, 8), date(2020, 6, 24)), st.integers(1, 9))
def test_nor_to_one_behind_the_days_on_which_the_campus_with_the_small_rooms_is_closed(
    year: Problem, closes_on: date, days: int
) -> None:
    closed = Blackout("repair", "检修", closes_on, closes_on + timedelta(days=days), campus_ids=("east",))
    year = dataclasses.replace(
        year,
        campuses=(*year.campuses, Campus("west", "西校区", "city.nanshan", 200)),
        rooms=(*year.rooms, Room("w1", "西礼堂", "west", 400), Room("w2", "西报告厅", "west", 500)),
        blackouts=(closed,),
        policy=dataclasses.replace(year.policy, weight_target=3),
    )
    assert cheaper_moves(Greedy(Grid(Axis(year))).best()) == []


def test_a_small_room_that_opens_again_later_is_not_passed_over_for_an_empty_hall() -> None:
    here = {"earliest_start": date(2020, 5, 11), "latest_end": date(2020, 5, 29), "boards": False}
    year = problem(
        term("t1", target=date(2020, 5, 11), **here),
        term("t2", programme_id="p2", programme_ordinal=2, pin=Pin(date(2020, 5, 11), "e1"), **here),
        rooms=(Room("e1", "东一教室", "east", 40), Room("w1", "西礼堂", "west", 400)),
        blackouts=(Blackout("repair", "检修", date(2020, 5, 17), date(2020, 5, 22), campus_ids=("east",)),),
        policy=Policy(weight_target=1, weight_balance=0),
    )
    placed = solve_greedily(year).placed
    assert [(at.term_id, at.starts_on, at.room_id) for at in placed] == [
        ("t2", date(2020, 5, 11), "e1"),
        ("t1", date(2020, 5, 25), "e1"),
    ]


def test_in_the_end_no_term_of_a_made_up_year_could_move_to_a_cheaper_place() -> None:
    assert cheaper_moves(Greedy(Grid(Axis(made_up_year(30, seed=2)))).best()) == []
