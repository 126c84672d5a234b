"""``python -m tests.bench.timetable FOLDER [--seconds 60] [--seeds 5]``: the search on the competition's instances.

For every ``.ctt`` file of the folder: best known cost, our median, best and worst over the seeds, seconds to the first
feasible timetable, proposals a second. Costs come from the independent checker; an infeasible timetable ends the bench.
"""

from __future__ import annotations

import argparse
import statistics
from pathlib import Path

from services.scheduling.timetable.checker import check
from services.scheduling.timetable.ctt import read_instance
from services.scheduling.timetable.search import Budget, Found, search

# Bettinelli, Cacchiani, Roberti, Toth (TOP 23, 2015), tables 1 and 2.
BEST_KNOWN = dict(zip((f"comp{n:02}" for n in range(1, 12)), (5, 24, 64, 35, 284, 27, 6, 37, 96, 4, 0), strict=True))


def main() -> None:
    """Run the bench and print its table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    files = sorted(given.folder.glob("*.ctt"))
    if given.only:
        files = [file for file in files if file.stem in given.only.split(",")]
    if not files:
        parser.error(f"no .ctt files in {given.folder}")
    warm = read_instance(files[0].read_text("utf-8"))
    search(warm, Budget(proposals=1000))
    print(f"{'instance':10}{'best known':>11}{'median':>8}{'best':>6}{'worst':>7}{'feasible s':>12}{'M moves/s':>15}")
    total = 0.0
    for file in files:
        runs = [_run(file, given.seconds, seed) for seed in range(1, given.seeds + 1)]
        costs = [found.score.cost for found in runs]
        median = statistics.median(costs)
        total += median
        feasible = statistics.median(found.first_feasible for found in runs)
        speed = statistics.median(found.proposals / found.seconds / 1e6 for found in runs)
        known = BEST_KNOWN.get(file.stem, "")
        print(
            f"{file.stem:10}{known:>11}{median:>8g}{min(costs):>6}{max(costs):>7}{feasible:>12.2f}{speed:>15.1f}",
            flush=True,
        )
    print(f"{'sum':10}{'':>11}{total:>8g}")


def _run(file: Path, seconds: float, seed: int) -> Found:
    instance = read_instance(file.read_text("utf-8"))
    found = search(instance, Budget(seconds=seconds), seed=seed)
    if check(instance, found.timetable).violations:
        raise SystemExit(f"{file}: seed {seed} gave an infeasible timetable")
    return found


if __name__ == "__main__":
    main()
