"""``diaoxun timetable``: make and check timetables, from files of the field's own format or of ours."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Annotated, Any

import typer

from deploy.cli.speech import AsJson
from deploy.cli.timetable_files import (
    BROKEN,
    INFEASIBLE,
    ProblemPath,
    TimetablePath,
    list_findings,
    problem_in,
    refused,
    require_writable,
    timetable_in,
    write_result,
)

if TYPE_CHECKING:
    from services.scheduling.timetable.files import ProblemFile
    from services.scheduling.timetable.problem import Timetable
    from services.scheduling.timetable.scheduler import Head, Outcome, Progress, TimetableScheduler

app = typer.Typer(help="课表求解 / timetables", no_args_is_help=True)


@app.callback()
def group() -> None:
    """课表求解 / timetables."""


@app.command()
def solve(
    file: ProblemPath,
    out: Annotated[Path, typer.Option("--out", help="结果文件 / where the timetable goes")],
    seconds: Annotated[float | None, typer.Option("--seconds", min=0.1, help="时限（秒） / limit in s")] = None,
    proposals: Annotated[
        int | None,
        typer.Option("--proposals", min=1000, help="每个线程的尝试次数（可重复） / proposals a worker, repeatable"),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", min=1, help="随机种子 / random seed")] = 1,
    workers: Annotated[int, typer.Option("--workers", min=1, help="线程数 / workers side by side")] = 2,
    scheduler: Annotated[
        str, typer.Option("--scheduler", help="排课方案 / portfolio, search, exact or a plugin's name")
    ] = "portfolio",
    start: Annotated[Path | None, typer.Option("--from", help="从该课表继续 / go on from this timetable")] = None,
    as_json: AsJson = False,
) -> None:
    """求解课表并写出结果 / make a timetable and write it; exit 1 when none keeps the hard rules, 2 for a wrong file."""
    from services.scheduling.timetable.scheduler import Effort

    if seconds is not None and proposals is not None:
        raise typer.BadParameter("--seconds 与 --proposals 只能选一个 / give either --seconds or --proposals")
    read = problem_in(file)
    require_writable(out)
    effort = Effort(None if proposals else seconds or 60.0, proposals, seed, workers)
    head = _head(read, start) if start is not None else None
    with _interruptible() as stopped:
        outcome = _scheduler(scheduler).schedule(read.problem, effort, _silent if as_json else _say, stopped, head)
    if outcome.timetable is None:
        _explain(file, read, outcome)
        raise typer.Exit(INFEASIBLE)
    if not _show(read, outcome.timetable, _effort(outcome, seed, workers), as_json):
        raise typer.Exit(INFEASIBLE)
    write_result(out, read.write_timetable(outcome.timetable))


@app.command()
def check(
    file: ProblemPath,
    solution: TimetablePath,
    as_json: AsJson = False,
) -> None:
    """独立核对课表的硬性要求与各项成本 / check a timetable independently; exit 1 when it breaks a hard rule."""
    read = problem_in(file)
    if not _show(read, timetable_in(solution, read), {}, as_json):
        raise typer.Exit(INFEASIBLE)


def _head(read: ProblemFile, file: Path) -> Head:
    from services.scheduling.timetable.scheduler import Head
    from services.scheduling.timetable.start import StartBroken, require_feasible

    timetable = timetable_in(file, read)
    try:
        require_feasible(read.problem, timetable)
    except StartBroken as broken:
        refusal = refused(file, broken)
        list_findings(broken.findings, BROKEN, err=True)
        raise refusal from None
    return Head(timetable, 0.8)


def _scheduler(name: str) -> TimetableScheduler:
    from services.scheduling.timetable.scheduler import CAPABILITY
    from shared.plugins import Registry

    registry = Registry().discover()
    known = [plugin.slug for plugin in registry.with_capability("schedulers", CAPABILITY)]
    slug = name if name in known else f"timetable_{name}"
    if slug not in known:
        raise typer.BadParameter(f"没有排课方案“{name}” / no scheduler {name!r}; {', '.join(known)}")
    found: TimetableScheduler = registry.load(f"schedulers/{slug}").instance
    return found


@contextmanager
def _interruptible() -> Iterator[Callable[[], bool]]:
    """Let Ctrl-C end the search, not the command: the best timetable so far is written."""
    asked = Event()
    before = signal.signal(signal.SIGINT, lambda *_: asked.set())
    try:
        yield asked.is_set
    finally:
        signal.signal(signal.SIGINT, before)


def _say(progress: Progress) -> None:
    typer.echo(f"{progress.seconds:8.1f} s  {progress.cost}", err=True)


def _silent(_: Progress) -> None:
    return None


def _explain(file: Path, read: ProblemFile, outcome: Outcome) -> None:
    from services.scheduling.timetable.reasons import reasons

    typer.echo(f"{file}：没有找到满足全部硬性要求的课表 / no timetable keeps all hard rules", err=True)
    for each in reasons(read.problem, outcome.status):
        typer.echo(f"  {each.zh} / {each.en}", err=True)


def _effort(outcome: Outcome, seed: int, workers: int) -> dict[str, Any]:
    return {
        "status": outcome.status,
        "bound": outcome.bound,
        "seed": seed,
        "workers": workers,
        "proposals": outcome.proposals,
        "seconds": round(outcome.seconds, 2),
        "first_feasible": round(outcome.first_feasible or 0.0, 2),
    }


def _show(read: ProblemFile, timetable: Timetable, effort: dict[str, Any], as_json: bool) -> bool:
    """Print the figures, with the competition's own where it has any, and return whether every hard rule is kept."""
    from services.scheduling.timetable.assess import assess

    found = assess(read.problem, timetable)
    figures = {"violations": len(found.violations), "cost": found.cost, "costs": found.costs, "broken": found.broken}
    official = read.official(timetable)
    if official is not None:
        figures.update(official)
    figures.update(effort)
    if as_json:
        typer.echo(json.dumps(figures, ensure_ascii=False))
    else:
        for name, value in figures.items():
            typer.echo(f"{name:16} {value}")
        list_findings(found.violations, BROKEN)
        if official is None:
            list_findings(found.charges, "成本 / costs")
    return not found.violations
