"""A wish to stop is heard while a model is built, and building one takes as long as the model is large."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest

from services.scheduling.timetable import start
from services.scheduling.timetable.exact import ExactScheduler
from services.scheduling.timetable.exact_model import ExactModel
from services.scheduling.timetable.layout import Layout
from services.scheduling.timetable.portfolio import PortfolioScheduler
from services.scheduling.timetable.problem import Course, Lecturer, Limit, Problem, Room, Rules, Term
from services.scheduling.timetable.scheduler import Effort, Head, Stopped, TimetableScheduler
from services.scheduling.timetable.search import SearchScheduler
from services.scheduling.timetable.start import feasible_start
from services.scheduling.timetable.stopping import StopHeard
from tests.unit.timetable.small_school import SCHOOL, table

SCHEDULERS: tuple[TimetableScheduler, ...] = (ExactScheduler(), SearchScheduler(), PortfolioScheduler())


def many(courses: int, days: int = 20, *, plain: bool = False) -> Problem:
    """Terms of ten courses each; a ``plain`` one has nothing that asks for the whole model."""
    terms = range(max(1, courses // 10))
    return Problem(
        days=tuple(f"d{n}" for n in range(days)),
        terms=tuple(Term(f"t{n}", f"T{n}", 30) for n in terms),
        lecturers=tuple(Lecturer(f"l{n}", f"L{n}") for n in terms),
        rooms=(Room("r", "R", 40),),
        courses=tuple(
            Course(f"c{n}", "x", 1, (f"t{n % len(terms)}",), (f"l{n // 10}",), 4.0, module=n % 3)
            for n in range(courses)
        ),
        rules=Rules(None if plain else Limit(4.0)),
    )


def after(looks: int) -> tuple[Stopped, Callable[[], int]]:
    """Return a wish to stop that is there from that look on, and how often somebody looked."""
    numbers, seen = count(), [0]

    def stopped() -> bool:
        seen[0] += 1
        return next(numbers) >= looks

    return stopped, lambda: seen[0]


def test_a_model_is_given_up_at_the_first_look_that_finds_a_wish_to_stop() -> None:
    layout = Layout(many(20))
    wanted = dict.fromkeys(range(20), 1)
    stopped, seen = after(10**9)
    ExactModel(layout, {}, wanted, stopped=stopped)
    assert seen() > 4 * 20
    for looks in range(0, seen(), seen() // 12):
        stopped, heard = after(looks)
        with pytest.raises(StopHeard):
            ExactModel(layout, {}, wanted, stopped=stopped)
        assert heard() == looks + 1


@pytest.mark.parametrize("plain", [True, False], ids=["slots-first", "whole-model"])
def test_a_first_timetable_is_not_looked_for_when_the_stop_comes_before(
    plain: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "_finds", lambda *_: pytest.fail("the model was built to its end"))
    stopped, _ = after(5)
    assert feasible_start(Layout(many(20, plain=plain)), 1, 60.0, stopped) is None


@pytest.mark.parametrize("scheduler", SCHEDULERS, ids=["exact", "search", "portfolio"])
def test_what_was_there_when_the_stop_came_is_kept(scheduler: TimetableScheduler) -> None:
    nothing = scheduler.schedule(SCHOOL, Effort(600.0), lambda _: None, lambda: True)
    assert (nothing.status, nothing.timetable) == ("unknown", None)
    kept = scheduler.schedule(SCHOOL, Effort(600.0), lambda _: None, lambda: True, Head(table(), 0.2, 1))
    assert (kept.status, kept.timetable, kept.cost, kept.bound) == ("feasible", table(), 4, 1)
