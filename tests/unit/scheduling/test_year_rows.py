"""The rows on the order of terms forbid exactly what is out of order, and writing them takes few looks."""

from __future__ import annotations

import dataclasses
import sys
from collections import Counter
from datetime import date
from itertools import product
from types import FrameType
from typing import Any

import pytest

from services.scheduling.domain.placement import Order, Policy, Problem, Room
from services.scheduling.domain.placement_grid import Grid, Slot
from services.scheduling.domain.placement_spans import Axis
from services.scheduling.plugins import year_rows
from services.scheduling.plugins.year_program import Program
from services.scheduling.plugins.year_rows import Grain, Groups, Rows
from tests.unit.scheduling.year_problems import CAMPUSES, ROOMS, problem, term

MAY = {"earliest_start": date(2020, 5, 11), "latest_end": date(2020, 6, 12)}


def rows_of(year: Problem, grain: Grain = "room", backwards: bool = False) -> Rows:
    grid = Grid(Axis(year))
    slots = {id: found[::-1] if backwards else found for id, found in grid.slots.items()}
    return Rows(grid, Groups(grid, grain), slots)


def allowed(program: Program, *columns: int) -> bool:
    chosen = set(columns)
    return all(
        sum(amount for column, amount in zip(row.columns, row.coefficients, strict=True) if column in chosen)
        <= row.limit
        for row in program.rows
    )


def far_apart(year: Problem) -> Problem:
    """Return the year with rooms and beds enough, so that nothing but the order is in the way of two terms."""
    campuses = tuple(dataclasses.replace(each, beds=1000) for each in CAMPUSES)
    rooms = (*ROOMS, *(Room(f"{room.id}b", room.title, room.campus_id, room.capacity, room.kind) for room in ROOMS))
    return dataclasses.replace(year, campuses=campuses, rooms=rooms)


def pairs(program: Program) -> list[tuple[Slot, Slot, bool]]:
    return [
        (program.choices[one].slot, program.choices[other].slot, allowed(program, one, other))
        for one, other in product(program.terms["a"], program.terms["b"])
    ]


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("grain", ["room", "campus"])
def test_the_terms_of_a_programme_open_in_order(grain: Grain, backwards: bool) -> None:
    year = far_apart(problem(term("a", **MAY), term("b", ordinal=2, days=3, **MAY)))
    for one, other, fine in pairs(rows_of(year, grain, backwards).program):
        assert fine == (one.opens <= other.opens)


@pytest.mark.parametrize("delay", [0, 7])
def test_a_term_that_comes_after_another_waits_for_its_end_and_the_delay(delay: int) -> None:
    later = term("b", programme_id="p2", programme_ordinal=2, days=3, **MAY)
    year = far_apart(problem(term("a", **MAY), later, orders=(Order("a", "b", delay),)))
    for one, other, fine in pairs(rows_of(year).program):
        assert fine == (one.ends + delay < other.opens)


def calls(year: Problem) -> int:
    """Return how many functions are called within the module that writes the rows."""
    counted: Counter[str] = Counter()

    def look(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code.co_filename == year_rows.__file__:
            counted["calls"] += 1

    sys.setprofile(look)
    try:
        rows_of(year)
    finally:
        sys.setprofile(None)
    return counted["calls"]


def test_twice_as_many_days_take_no_more_than_twice_the_looks() -> None:
    def year(last: date) -> Problem:
        window = {"earliest_start": date(2020, 5, 11), "latest_end": last, "days": 2}
        policy = Policy(report_ahead=0)
        return problem(*(term(f"t{n}", ordinal=n, **window) for n in range(1, 5)), policy=policy)

    short, long = year(date(2020, 6, 14)), year(date(2020, 7, 18))
    columns = [len(rows_of(each).program.choices) for each in (short, long)]
    assert columns[1] > 1.8 * columns[0]
    assert calls(long) / calls(short) < 1.3 * columns[1] / columns[0]
