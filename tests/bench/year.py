"""``python -m tests.bench.year [--terms 24,100,300,1000] [--seconds 60] [--seed 1] [--replan 30]``.

Places made-up years, each in a process of its own, and prints for each: how many terms are placed, how far from the
best at most, seconds of the clock and of the processor, and peak memory with that of the workers; then, on the same
years, the seconds of the greedy scheduler (processor) and of a least-change re-plan after a week is closed (clock and
processor, ``--replan`` seconds at most), how many terms it keeps on the calendar and how many people it tells, with the
fewest that any table tells. Every table is looked at by the independent checker, and a broken rule ends the bench.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import resource
import subprocess
import sys
import time
from datetime import date
from typing import Any

from deploy.sample.years import made_up_year
from services.scheduling.domain.change import Change, changed
from services.scheduling.domain.placement import Placed, Problem, Solution
from services.scheduling.domain.placement_check import check
from services.scheduling.domain.placement_verdict import gap_percent
from services.scheduling.plugins.cp_sat import CpSatScheduler
from services.scheduling.plugins.greedy import GreedyScheduler
from services.scheduling.plugins.year_change import replan

_HEAD = (
    "terms",
    "placed",
    "at most",
    "cost",
    "bound",
    "gap %",
    "wall s",
    "cpu s",
    "MiB",
    "greedy s",
    "replan s",
    "its cpu s",
    "kept",
    "told",
    "least",
)
_WORKERS = 2
_WHO = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
_CLOSED = Change("blackout", starts_on=date(2025, 5, 19), ends_on=date(2025, 5, 23))


def main() -> None:
    """Run the years one after the other, or one of them in this process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--terms", default="24,100,300,1000")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--replan", type=float, default=30.0)
    parser.add_argument("--alone", action="store_true", help="in this process, as one line of JSON")
    given = parser.parse_args()
    if given.alone:
        print(json.dumps(_measure(made_up_year(int(given.terms), given.seed, given.seconds), given.replan)))
        return
    print("".join(f"{name:>10}" for name in _HEAD), flush=True)
    for terms in given.terms.split(","):
        arguments = ["--terms", terms, "--seconds", str(given.seconds), "--seed", str(given.seed)]
        arguments += ["--replan", str(given.replan), "--alone"]
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.year", *arguments], check=True, stdout=subprocess.PIPE, text=True
        )
        row = json.loads(done.stdout.splitlines()[-1])
        print("".join(f"{row[name]!s:>10}" for name in _HEAD), flush=True)


def _processor() -> float:
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, _WHO))


def _measure(year: Problem, seconds: float) -> dict[str, Any]:
    wall, cpu = time.monotonic(), _processor()
    solution = CpSatScheduler(_WORKERS).solve(year, lambda _: None)
    wall, cpu = time.monotonic() - wall, _processor() - cpu
    own, workers = (resource.getrusage(who).ru_maxrss // 1024 for who in _WHO)
    memory = own + _WORKERS * workers
    _hold(year, solution.placed)
    quick = _quick(year)
    closed = changed(year, solution.placed, [_CLOSED])
    began, used = time.monotonic(), time.process_time()
    answer = replan(dataclasses.replace(closed, seconds=seconds), solution.placed)
    replanned, used = time.monotonic() - began, time.process_time() - used
    _hold(closed, answer.placed)
    return {
        "terms": len(year.terms),
        "placed": len(solution.placed),
        "at most": solution.placed_bound,
        "cost": solution.cost,
        "bound": solution.bound,
        "gap %": gap_percent(solution.cost, solution.bound),
        "wall s": round(wall, 1),
        "cpu s": round(cpu, 1),
        "MiB": memory,
        "greedy s": quick.seconds,
        "replan s": round(replanned, 1),
        "its cpu s": round(used, 1),
        "kept": len(answer.placed),
        "told": answer.told,
        "least": answer.told_bound,
    }


def _quick(year: Problem) -> Solution:
    cpu = time.process_time()
    solution = GreedyScheduler().solve(year, lambda _: None)
    cpu = time.process_time() - cpu
    _hold(year, solution.placed)
    return dataclasses.replace(solution, seconds=round(cpu, 2))


def _hold(year: Problem, placed: tuple[Placed, ...]) -> None:
    broken = check(year, placed)
    if broken:
        raise SystemExit(f"{len(year.terms)} terms: {broken[0].en}")


if __name__ == "__main__":
    main()
