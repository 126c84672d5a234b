"""A table beside a published one is made lighter piece by piece: what was left out finds a place, fewer are told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from deploy.sample.years import made_up_year
from services.scheduling.domain.change import Change, changed
from services.scheduling.domain.placement import Problem
from services.scheduling.domain.placement_board import Board
from services.scheduling.domain.placement_check import check
from services.scheduling.domain.placement_greedy import solve_greedily
from services.scheduling.plugins.year_published import Published
from services.scheduling.plugins.year_regain import Regaining
from services.scheduling.plugins.year_rows import Groups
from tests.unit.scheduling.tiny_years import tables, tiny_years


def closed_week(year: Problem, week: date) -> Published:
    before = solve_greedily(year).placed
    return Published(
        changed(year, before, [Change("blackout", starts_on=week, ends_on=week + timedelta(days=4))]), before
    )


@pytest.mark.parametrize(("seed", "week"), [(4, date(2025, 5, 19)), (6, date(2025, 9, 15))])
def test_what_found_no_place_quickly_finds_one(seed: int, week: date) -> None:
    published = closed_week(made_up_year(40, seed), week)
    regaining = Regaining(published, published.quick(), seed=1)
    left_out, before = published.slots.keys() - regaining.board.placed.keys(), regaining.weight
    assert len(left_out) == 1
    regaining.run(30.0, published.certain)
    assert published.slots.keys() == regaining.board.placed.keys()
    assert published.certain <= regaining.weight < before
    assert regaining.weight < sum(published.people.values()), "nobody is told but those who give way"
    assert check(published.grid.problem, tuple(regaining.board.placed.values())) == []


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(tiny_years(pins=False))
def test_no_table_becomes_heavier_nor_lighter_than_the_best_and_every_rule_holds(year: Problem) -> None:
    published = closed_week(year, date(2020, 6, 8))
    rooms = Groups(published.grid, "room")
    least = min(
        published.weight(published.table(Board(published.grid, table), rooms))
        for table in tables(published.grid.problem)
    )
    regaining = Regaining(published, published.quick(), seed=1)
    before = regaining.weight
    regaining.run(5.0, published.certain)
    assert least <= regaining.weight <= before
    assert check(published.grid.problem, tuple(regaining.board.placed.values())) == []
