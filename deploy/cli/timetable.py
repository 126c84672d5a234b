"""``diaoxun timetable``: solve and check timetabling files of the field's own format."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from deploy.cli.speech import AsJson

if TYPE_CHECKING:
    from services.scheduling.timetable.checker import Score
    from services.scheduling.timetable.instance import Instance

app = typer.Typer(help="课表求解 / timetables", no_args_is_help=True)

UNREADABLE = 2
INFEASIBLE = 1
Problem = Annotated[Path, typer.Argument(help="题目文件 .ctt / the instance, .ctt")]


@app.callback()
def group() -> None:
    """课表求解 / timetables."""


@app.command()
def solve(
    file: Problem,
    out: Annotated[Path, typer.Option("--out", help="结果文件 / where the timetable goes")],
    seconds: Annotated[float | None, typer.Option("--seconds", min=0.1, help="时限（秒） / limit in s")] = None,
    proposals: Annotated[
        int | None,
        typer.Option("--proposals", min=1000, help="每条链的尝试次数（可重复） / proposals a chain, repeatable"),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", min=1, help="随机种子 / random seed")] = 1,
    chains: Annotated[int, typer.Option("--chains", min=1, help="并行链数 / chains side by side")] = 2,
    as_json: AsJson = False,
) -> None:
    """求解课表并写出结果 / search a timetable and write it; exit 1 when none keeps the hard rules."""
    from services.scheduling.timetable.ctt import write_timetable
    from services.scheduling.timetable.search import Budget, NoFeasibleStart, search

    if seconds is not None and proposals is not None:
        raise typer.BadParameter("--seconds 与 --proposals 只能选一个 / give either --seconds or --proposals")
    instance = _instance(file)
    budget = Budget(proposals=proposals) if proposals else Budget(seconds=seconds or 60.0)
    try:
        found = search(instance, budget, seed=seed, chains=chains)
    except NoFeasibleStart:
        typer.echo(f"{file}：没有找到满足全部硬性要求的课表 / no timetable keeps all hard rules", err=True)
        raise typer.Exit(INFEASIBLE) from None
    out.write_text(write_timetable(found.timetable, instance), encoding="utf-8")
    effort = {
        "seed": seed,
        "chains": chains,
        "proposals": found.proposals,
        "seconds": round(found.seconds, 2),
        "first_feasible": round(found.first_feasible, 2),
    }
    _show(found.score, effort, as_json)


@app.command()
def check(
    file: Problem,
    solution: Annotated[Path, typer.Argument(help="课表文件 / the timetable")],
    as_json: AsJson = False,
) -> None:
    """独立核对课表的硬性要求与各项成本 / check a timetable independently; exit 1 when it breaks a hard rule."""
    from services.scheduling.timetable.checker import check as check_timetable
    from services.scheduling.timetable.ctt import UnreadableFile, read_timetable

    instance = _instance(file)
    try:
        score = check_timetable(instance, read_timetable(_text(solution), instance))
    except UnreadableFile as unreadable:
        raise _refused(solution, unreadable) from None
    _show(score, {}, as_json)
    if score.violations:
        raise typer.Exit(INFEASIBLE)


def _instance(file: Path) -> Instance:
    from services.scheduling.timetable.ctt import UnreadableFile, read_instance

    try:
        return read_instance(_text(file))
    except UnreadableFile as unreadable:
        raise _refused(file, unreadable) from None


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _refused(file, error) from None


def _refused(file: Path, why: Exception) -> typer.Exit:
    typer.echo(f"{file}：{why}", err=True)
    return typer.Exit(UNREADABLE)


def _show(score: Score, effort: dict[str, Any], as_json: bool) -> None:
    figures = {"violations": score.violations, "cost": score.cost, **asdict(score), **effort}
    if as_json:
        typer.echo(json.dumps(figures))
        return
    for name, value in figures.items():
        typer.echo(f"{name:16} {value}")
