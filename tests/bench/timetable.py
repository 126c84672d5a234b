"""``python -m tests.bench.timetable FOLDER [--seconds 60 | --proposals N] [--seeds 5] [--only comp01,comp05]``.

Solves ``.ctt`` files with several seeds and prints for each: best known cost, our median, best and worst, seconds to
the first feasible timetable, evaluations a second, and how many cores the solve really had. Costs come from the
competition's checker; an infeasible timetable ends the bench. Every run is kept in a results file: a second call goes
on where the first was cut off, and its table holds all runs of the same kind, whichever call made them.

On a machine that others use as well, seconds of the clock say little: with ``--processor`` the seconds are those that
each worker has on a processor, and ``--proposals`` gives each worker a fixed budget (the same answer every time). The
table says which it was, and shows the processor seconds that it took.

To show that a median is at most so much takes less: ``--enough comp01=5,comp02=36`` ends a run as soon as it has found
that. Its best never rises, so at its end it would have cost at most what it is kept with; the table counts such runs.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from pathlib import Path
from typing import Any, cast

from services.scheduling.timetable.files import read_problem
from services.scheduling.timetable.scheduler import Effort, TimetableScheduler
from shared.plugins import Registry

# Bettinelli, Cacchiani, Roberti, Toth (TOP 23, 2015), tables 1 and 2.
BEST_KNOWN = dict(zip((f"comp{n:02}" for n in range(1, 12)), (5, 24, 64, 35, 284, 27, 6, 37, 96, 4, 0), strict=True))
Run = dict[str, Any]


def main() -> None:
    """Make the runs that are missing and print the table."""
    given = _arguments()
    files = sorted(given.folder.glob("*.ctt"))
    if given.only:
        files = [file for file in files if file.stem in given.only.split(",")]
    if not files:
        raise SystemExit(f"no .ctt files in {given.folder}")
    results = Results(given.results)
    scheduler = cast("TimetableScheduler", Registry().discover().load(f"schedulers/{given.scheduler}").instance)
    seeds = [int(seed) for seed in given.seeds.split(",")] if "," in given.seeds else range(1, int(given.seeds) + 1)
    kind = {
        "scheduler": given.scheduler,
        "seconds": given.seconds,
        "processor": given.processor,
        "workers": given.workers,
    }
    if given.proposals:
        kind |= {"seconds": None, "proposals": given.proposals}
    if not given.table:
        missing = [(file, seed) for file in files for seed in seeds if not results.of(kind, file.stem, (seed,))]
        if missing:
            # What is compiled once and kept must not count.
            problem = read_problem(files[0].read_text("utf-8")).problem
            scheduler.schedule(problem, Effort(proposals=10_000), lambda _: None, lambda: False)
        for file, seed in missing:
            effort = Effort(kind["seconds"], given.proposals, seed, given.workers, given.processor)
            run = _run(scheduler, file, effort, given.enough.get(file.stem))
            results.add({**kind, **run})
            print(f"{file.stem} seed {seed}: {run['cost']} ({run['cores']:.2f} cores)", flush=True)
    _table([file.stem for file in files], kind, results, tuple(seeds))


class Results:
    """Runs kept in a file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._runs: list[Run] = json.loads(path.read_text("utf-8")) if path.exists() else []

    def add(self, run: Run) -> None:
        """Keep a run at once."""
        self._runs.append(run)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_text(json.dumps(self._runs, indent=0), encoding="utf-8")

    def of(self, kind: Run, instance: str, seeds: tuple[int, ...]) -> list[Run]:
        """Return the runs of that kind."""
        wanted = {**kind, "instance": instance}
        return [run for run in self._runs if run["seed"] in seeds and wanted.items() <= run.items()]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--processor", action="store_true", help="seconds that each worker has on a processor")
    parser.add_argument("--proposals", type=int, help="of each worker, instead of seconds")
    parser.add_argument("--seeds", default="5", help="how many, or which: 5, or 1,2,7")
    parser.add_argument("--enough", type=_costs, default={}, help="costs that end a run: comp01=5,comp02=36")
    parser.add_argument("--only", default="", help="instances, separated by commas")
    parser.add_argument("--scheduler", default="timetable_portfolio")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--results", type=Path, default=Path("var/bench/timetable.json"))
    parser.add_argument("--table", action="store_true", help="only print what is there")
    return parser.parse_args()


def _costs(said: str) -> dict[str, int]:
    return {name: int(cost) for name, _, cost in (each.partition("=") for each in said.split(","))}


def _run(scheduler: TimetableScheduler, file: Path, effort: Effort, enough: int | None) -> Run:
    read = read_problem(file.read_text("utf-8"))
    costs: list[int] = []
    wall, cpu = time.monotonic(), time.process_time()
    outcome = scheduler.schedule(
        read.problem,
        effort,
        lambda progress: costs.append(progress.cost),
        lambda: enough is not None and bool(costs) and costs[-1] <= enough,
    )
    wall, cpu = time.monotonic() - wall, time.process_time() - cpu
    official = read.official(outcome.timetable) if outcome.timetable is not None else None
    if official is None or official["violations"] or official["cost"] != outcome.cost:
        raise SystemExit(f"{file}: seed {effort.seed} gave no feasible timetable, or a wrong cost: {official}")
    return {
        "instance": file.stem,
        "seed": effort.seed,
        "cost": outcome.cost,
        "feasible": outcome.first_feasible,
        "speed": outcome.proposals / outcome.seconds,
        "wall": round(wall, 1),
        "cpu": round(cpu, 1),
        "cores": round(cpu / wall, 2),
        "cut_short": enough is not None and outcome.cost is not None and outcome.cost <= enough,
    }


def _table(instances: list[str], kind: Run, results: Results, seeds: tuple[int, ...]) -> None:
    if kind["seconds"]:
        much = f"{kind['seconds']:g} s {'of processor a worker' if kind['processor'] else 'of the clock'}"
    else:
        much = f"{kind['proposals'] / 1e6:g} M proposals a worker"
    print(f"\n{kind['scheduler']}, {much}, {kind['workers']} workers")
    head = (
        "instance",
        "best known",
        "median",
        "best",
        "worst",
        "feasible s",
        "M evals/s",
        "cores",
        "cpu s",
        "runs",
        "cut short",
    )
    print("".join(f"{name:>12}" for name in head))
    total, known_total = 0.0, 0
    for instance in instances:
        runs = results.of(kind, instance, seeds)
        if not runs:
            continue
        costs = sorted(run["cost"] for run in runs)
        median = statistics.median(costs)
        known = BEST_KNOWN.get(instance)
        total, known_total = total + median, known_total + (known or 0)
        cells = (
            instance,
            "" if known is None else known,
            f"{median:g}",
            costs[0],
            costs[-1],
            f"{statistics.median(run['feasible'] for run in runs):.2f}",
            f"{statistics.median(run['speed'] for run in runs) / 1e6:.1f}",
            f"{statistics.median(run['cores'] for run in runs):.2f}",
            f"{statistics.median(run.get('cpu', run['wall'] * run['cores']) for run in runs):.0f}",
            len(runs),
            sum(run.get("cut_short", False) for run in runs),
        )
        print("".join(f"{cell!s:>12}" for cell in cells))
    print("".join(f"{cell!s:>12}" for cell in ("sum", known_total, f"{total:g}")))


if __name__ == "__main__":
    main()
