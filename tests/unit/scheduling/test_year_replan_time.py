"""A re-plan ends in its time, and there is always time to say why something was left out."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Collection
from datetime import date
from typing import Any

import pytest

from deploy.sample.years import made_up_year
from services.scheduling.domain.change import Change, changed
from services.scheduling.domain.conflict import Explanation
from services.scheduling.domain.placement import Placed, Problem
from services.scheduling.domain.placement_check import check
from services.scheduling.domain.placement_greedy import solve_greedily
from services.scheduling.domain.placement_grid import Grid
from services.scheduling.plugins import year_change
from services.scheduling.plugins.year_change import replan
from services.scheduling.plugins.year_explain import explained
from services.scheduling.plugins.year_model import Effort, Outcome, YearModel
from services.scheduling.plugins.year_program import Program
from tests.unit.scheduling.standing_clock import Clock
from tests.unit.scheduling.year_problems import crowd


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(time, "monotonic", found)
    return found


def closed_week(seconds: float) -> tuple[Problem, tuple[Placed, ...]]:
    year = made_up_year(30, seed=3, seconds=seconds)
    before = solve_greedily(year).placed
    week = Change("blackout", starts_on=date(2025, 5, 19), ends_on=date(2025, 5, 23))
    return changed(year, before, [week]), before


def test_a_re_plan_writes_no_more_rows_than_it_has_time_for(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every row takes a tenth of a second: of 8 s, all of them together take no longer."""
    written = 0
    keep_below = Program.keep_below

    def slow(*args: Any) -> None:
        nonlocal written
        written += 1
        clock.now += 0.1
        keep_below(*args)

    monkeypatch.setattr(Program, "keep_below", slow)
    year, before = closed_week(seconds=8.0)
    answer = replan(year, before)
    assert 0 < written < 90
    assert check(year, answer.placed) == []
    assert len(answer.placed) + len(answer.unplaced) == 30


def test_a_place_that_the_search_left_free_is_given_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    year, before = closed_week(seconds=60.0)
    lightest = year_change._Replanning._lightest
    monkeypatch.setattr(year_change._Replanning, "_lightest", lambda self: lightest(self)[3:])
    answer = replan(year, before)
    assert (len(answer.placed), answer.unplaced) == (30, ())
    assert check(year, answer.placed) == []


@dataclasses.dataclass
class Taken:
    """How long the searches of a re-plan took, and what was left for saying why."""

    searches: float = 0.0
    why: list[float] = dataclasses.field(default_factory=list)


@pytest.fixture
def taken(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Taken:
    """Let every search use up its time and find nothing."""
    found = Taken()

    def search(self: YearModel, effort: Effort, *more: Any) -> Outcome:
        found.searches += effort.seconds
        clock.now += effort.seconds
        return Outcome(None, 0.0, False)

    def why(grid: Grid, seconds: float, placed: Collection[str]) -> Explanation:
        found.why.append(seconds)
        return Explanation((), False)

    monkeypatch.setattr(YearModel, "solve", search)
    monkeypatch.setattr(year_change, "explained", why)
    return found


def test_part_of_the_time_is_kept_for_saying_why_as_long_as_terms_are_left_out(clock: Clock, taken: Taken) -> None:
    year = crowd(seconds=20.0)
    answer = replan(year, solve_greedily(dataclasses.replace(year, terms=year.terms[:4])).placed)
    assert answer.unplaced
    assert 10.0 < taken.searches <= 14.0
    assert taken.why == [pytest.approx(20.0 - taken.searches)]
    assert not answer.explained
    assert answer.zh.endswith(f"{len(answer.unplaced)}期没有排下（时限内没有查到冲突，能否排下尚无定论）")


def test_all_of_it_is_for_the_search_where_nothing_is_left_out(clock: Clock, taken: Taken) -> None:
    year, before = closed_week(seconds=20.0)
    answer = replan(year, before)
    assert (answer.unplaced, taken.why, answer.explained) == ((), [], True)
    assert 14.0 < taken.searches <= 20.0


def test_conflicts_are_looked_for_though_the_time_is_used_up(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """The steps of the search overrun by far."""
    year = crowd(seconds=20.0)
    before = solve_greedily(dataclasses.replace(year, terms=year.terms[:4])).placed
    quick = year_change._Replanning._lightest
    monkeypatch.setattr(year_change._Replanning, "_lightest", clock.after(500.0, quick))
    seconds: list[float] = []

    def why(grid: Grid, given: float, placed: Collection[str]) -> Explanation:
        seconds.append(given)
        return explained(grid, given, placed)

    monkeypatch.setattr(year_change, "explained", why)
    answer = replan(year, before)
    assert seconds == [pytest.approx(6.0)]
    assert answer.conflicts
    assert set(answer.conflicts[0].term_ids) <= {each.id for each in year.terms}
