"""On years small enough to try every table, the exact scheduler's proof is the truth; its models count as tables do."""

from __future__ import annotations

import dataclasses
from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.scheduling.domain.placement import ONLINE, Campus, Placed, Problem, Room
from services.scheduling.domain.placement_board import Board
from services.scheduling.domain.placement_cost import table_cost
from services.scheduling.domain.placement_greedy import Greedy
from services.scheduling.domain.placement_grid import Grid
from services.scheduling.domain.placement_spans import Axis
from services.scheduling.plugins.cp_sat import CpSatScheduler
from services.scheduling.plugins.year_bound import Aim, Relaxation
from services.scheduling.plugins.year_cuts import Cuts
from services.scheduling.plugins.year_outlook import programme_of
from services.scheduling.plugins.year_program import Row
from services.scheduling.plugins.year_rows import Grain, Groups, Rows
from services.scheduling.plugins.year_wishes import add_wishes
from tests.unit.scheduling.tiny_years import tables, tiny_years
from tests.unit.scheduling.year_problems import CAMPUSES, ROOMS, problem, problems, term

UNHURRIED = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])


@UNHURRIED
@given(tiny_years())
def test_a_proof_is_the_truth(year: Problem) -> None:
    axis, pins = Axis(year), {term.id for term in year.terms if term.pin}

    def rank(table: tuple[Placed, ...]) -> tuple[int, int, int]:
        return sum(at.term_id in pins for at in table), len(table), -table_cost(axis, table)

    best = max(map(rank, tables(year)))
    solution = CpSatScheduler().solve(year, lambda progress: None)
    assert solution.status == "optimal"
    assert rank(solution.placed) == best
    assert (solution.bound, solution.placed_bound) == (-best[2], best[1])


@UNHURRIED
@given(problems())
def test_the_programme_of_a_year_costs_what_its_table_costs(year: Problem) -> None:
    grid = Grid(Axis(year))
    board = Greedy(grid).best()
    rows = Rows(grid, Groups(grid, "room"), grid.slots)
    add_wishes(rows)
    assert rows.program.value(_columns(rows, board)) == table_cost(grid.axis, board.placed.values())


@UNHURRIED
@given(problems())
def test_what_some_terms_add_beside_others_is_what_the_table_gains(year: Problem) -> None:
    grid = Grid(Axis(year))
    board = Greedy(grid).best()
    free = {term_id: grid.slots[term_id] for term_id in list(board.placed)[::2]}
    rest = Board(grid, [at for term_id, at in board.placed.items() if term_id not in free])
    rows = Rows(grid, Groups(grid, "room"), free, rest)
    add_wishes(rows)
    added = table_cost(grid.axis, board.placed.values()) - table_cost(grid.axis, rest.placed.values())
    assert rows.program.value(_columns(rows, board)) == added


@UNHURRIED
@given(problems())
def test_no_relaxation_promises_more_than_a_table_keeps(year: Problem) -> None:
    grid = Grid(Axis(year))
    board = Greedy(grid).best()
    slots = {term_id: grid.slots[term_id] for term_id in board.placed}
    cost = table_cost(grid.axis, board.placed.values())
    for grain in ("room", "campus", "city"):
        bound = Relaxation(programme_of(grid, grain, slots, ordered=True), Aim({}, {})).solve(20.0)
        if bound is not None:
            assert bound.value <= cost
            assert bound.without(dict.fromkeys(slots, 1), 1) <= bound.value


@settings(UNHURRIED, max_examples=10)
@given(tiny_years(), st.sampled_from(["room", "campus", "city"]))
def test_every_table_of_a_tiny_year_is_good_and_no_dearer_where_places_are_not_told_apart(
    year: Problem, grain: Grain
) -> None:
    west = Campus("west", "西校区", "city.nanshan", 60)
    room = Room("w1", "西一教室", "west", 60)
    year = dataclasses.replace(year, terms=year.terms[:3], campuses=(*year.campuses, west), rooms=(*year.rooms, room))
    axis = Axis(year)
    grid = Grid(axis)
    rows = Rows(grid, Groups(grid, grain), grid.slots)
    add_wishes(rows)
    for table in tables(year):
        chosen = set(_columns(rows, Board(grid, table)))
        assert all(_used(row, chosen) <= row.limit for row in rows.program.rows if row.extra < 0)
        cost, promised = table_cost(axis, table), rows.program.value(chosen)
        assert promised == cost if grain == "room" else promised <= cost


@pytest.mark.parametrize("grain", ["room", "campus", "city"])
def test_what_is_held_online_leaves_the_bound_of_the_others_as_it_is(grain: Grain) -> None:
    week = {"earliest_start": date(2020, 5, 11), "latest_end": date(2020, 5, 15)}
    in_june = {"earliest_start": date(2020, 5, 11), "latest_end": date(2020, 6, 12)}
    terms = [
        term(f"t{n}", programme_id=f"p{n}", programme_ordinal=n, **(week if n < 3 else in_june)) for n in range(1, 5)
    ]
    online = term(
        "o1", programme_id="p9", trainees=300, campus_id="online", room_kind="online.o1", boards=False, **in_june
    )
    room = Room("online.o1", "线上", "online", 300, "online.o1")
    alone = problem(*terms)
    beside = problem(*terms, online, rooms=(*ROOMS, room), campuses=(*CAMPUSES, ONLINE))

    def bound(year: Problem) -> int:
        grid = Grid(Axis(year))
        found = Relaxation(programme_of(grid, grain, grid.slots, ordered=True), Aim({}, {})).solve(20.0)
        assert found is not None
        return found.value

    assert bound(beside) == bound(alone) > 0


@UNHURRIED
@given(problems(), st.integers(0, 1000))
def test_no_table_breaks_a_cut_nor_pays_for_it(year: Problem, seed: int) -> None:
    grid = Grid(Axis(year))
    board = Greedy(grid).best()
    slots = {term_id: grid.slots[term_id] for term_id in board.placed}
    rows = Rows(grid, Groups(grid, "campus"), slots)
    add_wishes(rows)
    program, chosen = rows.program, _columns(rows, board)
    paid, given_rows = program.value(chosen), list(program.rows)
    chance, found = np.random.default_rng(seed), Cuts(program, given_rows)
    for _ in range(5):
        # Any shares will do: of the relaxation's own, most rows would give no cut.
        shares, extras = chance.random(len(program.choices)), np.zeros(len(program.extra_costs))
        program.rows += found.broken(shares, extras)
    for row in program.rows:
        assert _used(row, set(chosen)) <= row.limit or row.extra >= 0
    assert program.value(chosen) == paid


def _used(row: Row, chosen: set[int]) -> float:
    return sum(much for column, much in zip(row.columns, row.coefficients, strict=True) if column in chosen)


def _columns(rows: Rows, board: Board) -> list[int]:
    found = []
    for term_id, columns in rows.program.terms.items():
        at = board.placed.get(term_id)
        for column in columns:
            choice = rows.program.choices[column]
            if at and choice.slot.span.starts_on == at.starts_on and choice.group == rows.groups.of[at.room_id]:
                found.append(column)
    return found
