"""``python -m tests.bench.year_crowded [--terms 300,500,1000] [--beds 45] [--seconds 8] [--processor]``.

Takes made-up years, leaves them so many percent of their beds in all, and prints for each: the processor time of the
greedy scheduler and how many terms it places; then that of explaining the crowded year, and of re-planning it against a
greedy table with all beds and how many terms that leaves out, each with the conflicts it found. With ``--processor``
the seconds are such of the processor, for a machine that others use as well.
"""

from __future__ import annotations

import argparse
import dataclasses
import time
from collections.abc import Callable
from typing import TypeVar

from deploy.sample.years import made_up_year
from services.scheduling.domain.placement import Problem
from services.scheduling.domain.placement_check import check
from services.scheduling.plugins.greedy import GreedyScheduler
from services.scheduling.plugins.year_change import replan
from services.scheduling.plugins.year_explain import explain_year

T = TypeVar("T")
_HEAD = ("terms", "greedy s", "placed", "explain s", "conflicts", "replan s", "left out", "conflicts")


def main() -> None:
    """Measure the years one after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--terms", default="300,500,1000")
    parser.add_argument("--beds", type=int, default=45, help="percent")
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--processor", action="store_true")
    given = parser.parse_args()
    if given.processor:
        time.monotonic = time.process_time
    print("".join(f"{name:>10}" for name in _HEAD), flush=True)
    for terms in map(int, given.terms.split(",")):
        year = made_up_year(terms, 1, given.seconds)
        print("".join(f"{each!s:>10}" for each in _measure(year, _crowded(year, given.beds))), flush=True)


def _crowded(year: Problem, percent: int) -> Problem:
    """Return the year with fewer beds in all; of each kind there are as many as before, so that any term fits alone."""
    campuses = (dataclasses.replace(each, beds=each.beds * percent // 100) for each in year.campuses)
    return dataclasses.replace(year, campuses=tuple(campuses))


def _measure(year: Problem, crowded: Problem) -> tuple[object, ...]:
    before = GreedyScheduler().solve(year, lambda _: None).placed
    greedy, quick = _timed(lambda: GreedyScheduler().solve(crowded, lambda _: None))
    explaining, why = _timed(lambda: explain_year(crowded))
    replanning, answer = _timed(lambda: replan(crowded, before))
    for placed in (quick.placed, answer.placed):
        if broken := check(crowded, placed):
            raise SystemExit(broken[0].en)
    found = len(why.conflicts), len(answer.conflicts)
    return (
        len(year.terms),
        greedy,
        len(quick.placed),
        explaining,
        found[0],
        replanning,
        len(answer.unplaced),
        found[1],
    )


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    began = time.process_time()
    found = work()
    return round(time.process_time() - began, 2), found


if __name__ == "__main__":
    main()
