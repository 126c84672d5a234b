"""What is written before a search counts as time, and all of the time is for conflicts until there is one."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterable
from typing import Any

import pytest

from services.scheduling.domain.demands import demands_on, held
from services.scheduling.domain.placement_grid import Grid
from services.scheduling.domain.placement_spans import Axis
from services.scheduling.plugins import year_conflicts, year_explain
from services.scheduling.plugins.year_conflicts import Conflicts
from services.scheduling.plugins.year_demands import DemandModel, Ways
from services.scheduling.plugins.year_explain import explain_year, explained
from services.scheduling.plugins.year_loosening import Loosenings
from services.scheduling.plugins.year_model import YearModel
from services.scheduling.plugins.year_overload import Overloads, added_up
from services.scheduling.plugins.year_program import Program
from services.scheduling.plugins.year_rows import Groups, Rows
from services.scheduling.plugins.year_run import Run
from services.scheduling.plugins.year_shortage import shortage
from services.scheduling.plugins.year_time import NEVER, TimeIsUp, Until
from tests.unit.scheduling.standing_clock import Clock
from tests.unit.scheduling.year_problems import crowd


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(time, "monotonic", found)
    return found


def test_a_part_of_what_is_left_is_counted_from_now_on(clock: Clock) -> None:
    until = Until.within(10.0)
    assert (until.left, until.part(0.5).left, until.over) == (10.0, 5.0, False)
    clock.now += 8.0
    until.require()
    assert until.part(0.5).left == 1.0
    clock.now += 2.0
    assert (until.over, until.part(0.5).left, NEVER.over) == (True, 0.0, False)
    with pytest.raises(TimeIsUp):
        until.require()


def test_nothing_is_written_down_in_full_once_the_time_is_up(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    grid, gone = Grid(Axis(crowd(6))), Until(clock.now)
    ids = list(grid.slots)
    asked = [*(held(id) for id in ids), *demands_on(grid.axis, ids)]
    with pytest.raises(TimeIsUp):
        Rows(grid, Groups(grid, "room"), grid.slots, until=gone)
    with pytest.raises(TimeIsUp):
        DemandModel(Ways(grid), asked, (), gone)
    with pytest.raises(TimeIsUp):
        Overloads(Ways(grid), ids, asked, gone)
    rows = Rows(grid, Groups(grid, "room"), grid.slots, until=Until.within(1.0))
    model = DemandModel(Ways(grid), (), asked)
    clock.now += 1.0
    with pytest.raises(TimeIsUp):
        YearModel(rows.program, {})
    monkeypatch.setattr(time, "monotonic", clock.after(1.0, clock))
    with pytest.raises(TimeIsUp):
        shortage(model, 5.0)


def blind(monkeypatch: pytest.MonkeyPatch, clock: Clock, seconds: float) -> list[float]:
    """Let every look for a conflict take so long and find nothing; return when they were."""
    began, looks = clock.now, list[float]()

    def core(self: Conflicts, term_ids: Iterable[str]) -> None:
        looks.append(clock.now - began)
        clock.now += seconds

    monkeypatch.setattr(Run, "place", lambda run: None)
    monkeypatch.setattr(Conflicts, "_core", core)
    monkeypatch.setattr(Conflicts, "_overload", lambda *asked: frozenset())
    monkeypatch.setattr(Conflicts, "_short", lambda *asked: frozenset())
    return looks


def test_while_no_conflict_is_found_all_of_the_time_is_for_looking(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    year = crowd(seconds=20.0)
    looks = blind(monkeypatch, clock, 1.5)
    explanation = explain_year(year)
    assert 17.0 < max(looks) < 20.0
    assert (explanation.conflicts, explanation.complete) == ((), False)
    assert explanation.placed_bound == 30 == explanation.placed + explanation.open
    few = [look for look in looks if look < 20.0 * year_conflicts._FOR_FEW]
    assert len(few) < 12, "what is left of the few is passed over, so that the whole year has its turn"


def test_from_the_first_conflict_on_half_of_the_time_is_for_what_settles_it(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    year = crowd(seconds=20.0)
    large = dataclasses.replace(year.terms[0], trainees=61)
    looks = blind(monkeypatch, clock, 1.0)
    seconds: list[float] = []

    class Words(Loosenings):
        def __init__(self, ways: Ways, given: float) -> None:
            seconds.append(given)
            super().__init__(ways, given)

    monkeypatch.setattr(year_explain, "Loosenings", Words)
    (conflict,) = explain_year(dataclasses.replace(year, terms=(large, *year.terms[1:]))).conflicts
    assert conflict.term_ids == ("t0",)
    assert max(looks) < 10.0
    assert seconds == [pytest.approx(10.0, abs=1.0)]


def test_a_large_year_in_which_adding_up_tells_nothing_is_not_looked_at_in_every_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[str] = []
    of = Ways.of

    def counted(self: Ways, term_id: str) -> list[Any]:
        made.append(term_id)
        return of(self, term_id)

    monkeypatch.setattr(Ways, "of", counted)
    monkeypatch.setattr(year_conflicts, "_LARGE", 2)
    for terms, over in ((3, False), (30, True)):
        grid = Grid(Axis(crowd(terms)))
        assert bool(Conflicts(grid, 60.0, placed=())._overload(list(grid.slots))) == over
        assert set(made) == (set(grid.slots) if over else set())


def test_what_adding_up_found_is_said_though_no_time_was_left_to_thin_it_out(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(year_conflicts, "_LARGE", 10)
    monkeypatch.setattr(year_conflicts, "_FEW", ())
    monkeypatch.setattr(year_conflicts, "added_up", clock.after(19.0, added_up))
    monkeypatch.setattr(Ways, "of", clock.after(0.5, Ways.of))
    (conflict,) = explained(Grid(Axis(crowd())), 20.0, placed=["t0"]).conflicts
    assert not conflict.minimal
    assert len(conflict.term_ids) >= 3
    assert "超出" in conflict.zh
    assert "时限内未能逐项精简" in conflict.zh


def test_a_table_that_there_is_no_time_to_better_is_the_quick_one(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = 0
    keep_below = Program.keep_below

    def slow(*args: Any) -> None:
        nonlocal rows
        rows += 1
        clock.now += 0.1
        keep_below(*args)

    monkeypatch.setattr(Program, "keep_below", slow)
    run = Run(Grid(Axis(crowd(seconds=2.0))), lambda _: None, workers=1)
    quick = run.board
    run.place()
    assert run.board is quick
    assert 0 < rows <= 21
