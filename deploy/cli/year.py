"""``diaoxun year``: place a year, explain why it does not fit, re-plan it and try changes, all from JSON files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from deploy.cli.speech import AsJson, print_json

if TYPE_CHECKING:
    from services.scheduling.domain.conflict import Conflict, Explanation, Loosening
    from services.scheduling.domain.objections import Objection
    from services.scheduling.domain.placement import Placed, Problem
    from services.scheduling.domain.replan import Affected, Replan
    from services.scheduling.domain.scheduler import Progress

T = TypeVar("T")
app = typer.Typer(help="年度排期求解 / placing a year", no_args_is_help=True)

UNREADABLE = 2
INCOMPLETE = 1
AT_LENGTH = 20
YearPath = Annotated[Path, typer.Argument(help="年度题目（JSON） / the year as JSON")]
TablePath = Annotated[Path, typer.Argument(help="已公布的排期（JSON，含 placed） / the published table")]
OutPath = Annotated[Path | None, typer.Option("--out", help="结果文件 / where the answer goes")]
Seconds = Annotated[float | None, typer.Option("--seconds", min=0.5, help="时限（秒） / limit in s")]


@app.callback()
def group() -> None:
    """年度排期求解 / placing a year."""


@app.command()
def sample(
    terms: Annotated[int, typer.Argument(min=2, max=5000, help="期数 / how many terms")],
    out: Annotated[Path, typer.Option("--out", help="题目文件 / where the year goes")],
    seed: Annotated[int, typer.Option("--seed", min=1, help="随机种子 / random seed")] = 1,
) -> None:
    """生成一个虚构年度供试用 / make up a year to try things on."""
    from deploy.sample.years import made_up_year

    _write(out, made_up_year(terms, seed))


@app.command()
def solve(
    file: YearPath,
    out: OutPath = None,
    seconds: Seconds = None,
    scheduler: Annotated[str, typer.Option("--scheduler", help="cp_sat、greedy 或插件 / or a plugin")] = "cp_sat",
    as_json: AsJson = False,
) -> None:
    """排定一年各期并说明离最优多远 / place the terms and say how near the best it is; exit 1 when some are left."""
    from services.scheduling.domain.placement_verdict import verdict
    from shared.plugins import Registry

    problem = _problem(file, seconds)
    registry = Registry().discover()
    known = [plugin.slug for plugin in registry.with_capability("schedulers", "year")]
    if scheduler not in known:
        raise typer.BadParameter(f"没有排期方案“{scheduler}” / no scheduler {scheduler!r}; {', '.join(known)}")
    solution = registry.load(f"schedulers/{scheduler}").instance.solve(problem, _silent if as_json else _say)
    _write(out, solution)
    if as_json:
        _print(solution)
    else:
        said = verdict(solution)
        typer.echo(
            f"{said.zh} / {said.en}\n{solution.cost=} {solution.bound=} {solution.seconds} s".replace("solution.", "")
        )
        _rows(problem, solution.placed)
        for left in solution.unplaced:
            for reason in left.reasons:
                typer.echo(f"  {reason.zh}\n  {reason.en}")
    if solution.unplaced:
        raise typer.Exit(INCOMPLETE)


@app.command()
def explain(file: YearPath, seconds: Seconds = None, as_json: AsJson = False) -> None:
    """说明为什么排不下：最小的互相冲突的要求及各自的让步代价 / why a year does not fit; exit 1 unless it fits."""
    from services.scheduling.plugins.year_explain import explain_year

    explanation = explain_year(_problem(file, seconds))
    if as_json:
        _print(explanation)
    else:
        for conflict in explanation.conflicts:
            _tell(conflict)
        if not explanation.conflicts and explanation.complete:
            typer.echo("全部要求可以同时满足 / all demands hold together")
        if not explanation.complete:
            typer.echo(_unfinished(explanation))
    if explanation.conflicts or not explanation.complete:
        raise typer.Exit(INCOMPLETE)


@app.command()
def replan(
    file: YearPath, table: TablePath, out: OutPath = None, seconds: Seconds = None, as_json: AsJson = False
) -> None:
    """按最小改动重排：通知的人最少，并给出证明 / re-plan so that the fewest people are told, with the proof."""
    from services.scheduling.plugins.year_change import replan as least_change

    problem = _problem(file, seconds)
    _answer(least_change(problem, _table_of(problem, table)), out, as_json)


@app.command("what-if")
def what_if(
    file: YearPath,
    table: TablePath,
    changes: Annotated[
        list[str], typer.Argument(help="pin:期 move:期:日期[:教室] ban:期:起:止 drop:期 blackout:起:止[:区县,…]")
    ],
    out: OutPath = None,
    seconds: Seconds = None,
    as_json: AsJson = False,
) -> None:
    """试一试：锁定、改期、禁排、取消或停办会牵动什么 / pin, move, ban, drop or close, and see what gives way."""
    from services.scheduling.domain.change import ChangeRefused, changed
    from services.scheduling.plugins.year_change import replan as least_change

    year = _problem(file, seconds)
    before = _table_of(year, table)
    try:
        problem = changed(year, before, [_change(text) for text in changes])
    except ChangeRefused as refused:
        typer.echo(f"{refused.zh}\n{refused.en}", err=True)
        raise typer.Exit(UNREADABLE) from None
    _answer(least_change(problem, before), out, as_json)


@app.command()
def diff(
    file: YearPath,
    old: TablePath,
    new: Annotated[Path, typer.Argument(help="与之比较的排期 / the table to compare it with")],
    as_json: AsJson = False,
) -> None:
    """比较两份排期：哪些期改了、涉及谁、需通知多少人 / compare two tables: which terms differ, who is concerned."""
    from services.scheduling.domain.replan import affected, comparison

    problem = _problem(file)
    found = affected(problem, _table_of(problem, old), _table_of(problem, new))
    if as_json:
        _print({"told": sum(each.told for each in found), "affected": found})
    else:
        typer.echo(" / ".join(comparison(found)))
        _concern(found)


@app.command()
def check(file: YearPath, table: TablePath, as_json: AsJson = False) -> None:
    """独立核对一份排期 / check a table independently; exit 1 when it breaks a rule."""
    from services.scheduling.domain.placement_check import check as violations
    from services.scheduling.domain.placement_cost import table_costs
    from services.scheduling.domain.placement_spans import Axis

    problem, placed = _problem(file), _table(table)
    found = violations(problem, placed)
    if as_json:
        costs = table_costs(Axis(problem), placed) if not found else None
        _print({"terms": len(problem.terms), "placed": len(placed), "violations": found, "costs": costs})
    else:
        verdict = "不符合规则 / breaks rules" if found else "符合全部规则 / keeps every rule"
        typer.echo(f"{len(placed)}/{len(problem.terms)} {verdict}")
        for each in found:
            typer.echo(f"  {each.zh}\n  {each.en}")
    if found:
        raise typer.Exit(INCOMPLETE)


def _change(text: str) -> Any:
    from services.scheduling.domain.change import Change, ChangeRefused
    from services.scheduling.domain.wire import from_wire

    names = {
        "pin": ("term_id", "starts_on", "room_id"),
        "move": ("term_id", "starts_on", "room_id"),
        "ban": ("term_id", "starts_on", "ends_on"),
        "drop": ("term_id",),
        "blackout": ("starts_on", "ends_on", "districts"),
    }
    kind, *parts = text.split(":")
    if kind not in names or len(parts) > len(names[kind]):
        raise ChangeRefused(
            f"看不懂“{text}”，写法如 move:p001-t1:2025-04-14 或 ban:p001-t1:2025-04-14:2025-04-18",
            f"cannot read {text!r}; write move:p001-t1:2025-04-14 or ban:p001-t1:2025-04-14:2025-04-18",
        )
    given: dict[str, Any] = {name: part for name, part in zip(names[kind], parts, strict=False) if part}
    if "districts" in given:
        given["districts"] = given["districts"].split(",")
    try:
        return from_wire(Change, {"kind": kind, **given})
    except ValueError as error:
        raise ChangeRefused(f"“{text}”：{error}", f"{text!r}: {error}") from None


def _problem(file: Path, seconds: float | None = None) -> Problem:
    import dataclasses

    from services.scheduling.domain.objections import objections
    from services.scheduling.domain.placement import Problem

    problem = _read(file, Problem)
    _refuse_unsound(file, objections(problem))
    return problem if seconds is None else dataclasses.replace(problem, seconds=seconds)


def _table(file: Path) -> tuple[Placed, ...]:
    from services.scheduling.domain.placement import Placed
    from services.scheduling.domain.wire import from_wire

    try:
        rows = json.loads(file.read_text(encoding="utf-8"))["placed"]
        return tuple(from_wire(Placed, row, f"placed[{index}]") for index, row in enumerate(rows))
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError) as error:
        raise _refused(file, error) from None


def _table_of(problem: Problem, file: Path) -> tuple[Placed, ...]:
    """Return a table whose terms and rooms the year has, each term once, or refuse the file."""
    from services.scheduling.domain.table_objections import table_objections

    placed = _table(file)
    _refuse_unsound(file, table_objections(problem, placed))
    return placed


def _refuse_unsound(file: Path, wrong: list[Objection]) -> None:
    if not wrong:
        return
    typer.echo(f"{file}有{len(wrong)}处不对，请改正 / wrong places in {file}, to be mended: {len(wrong)}", err=True)
    for each in wrong[:AT_LENGTH]:
        typer.echo(f"  {each.path}: {each.zh} / {each.en}", err=True)
    raise typer.Exit(UNREADABLE)


def _read(file: Path, kind: type[T]) -> T:
    from services.scheduling.domain.wire import from_wire

    try:
        return from_wire(kind, json.loads(file.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise _refused(file, error) from None


def _refused(file: Path, why: Exception) -> typer.Exit:
    typer.echo(f"读不懂文件 / cannot read {file}: {why}", err=True)
    return typer.Exit(UNREADABLE)


def _write(out: Path | None, value: Any) -> None:
    from services.scheduling.domain.wire import to_wire

    if out is not None:
        out.write_text(json.dumps(to_wire(value), ensure_ascii=False, indent=1), encoding="utf-8")


def _print(value: Any) -> None:
    from services.scheduling.domain.wire import to_wire

    print_json(to_wire(value))


def _say(progress: Progress) -> None:
    typer.echo(f"{progress.seconds:8.1f} s  {progress.placed}  {progress.cost}  ≥ {progress.bound}", err=True)


def _silent(_: Progress) -> None:
    return None


def _answer(answer: Replan, out: Path | None, as_json: bool) -> None:
    _write(out, answer)
    if as_json:
        _print(answer)
    else:
        typer.echo(f"{answer.zh}\n{answer.en}")
        _concern(answer.affected)
        for conflict in answer.conflicts:
            _tell(conflict)
    if answer.unplaced:
        raise typer.Exit(INCOMPLETE)


def _concern(affected: tuple[Affected, ...]) -> None:
    for each in affected:
        typer.echo(f"  {each.zh}\n  {each.en}")


def _unfinished(explanation: Explanation) -> str:
    zh, en = "时限内未查完，可能还有其他冲突", "the time was too short: there may be more conflicts"
    if not explanation.conflicts:
        zh, en = "时限内没有查到冲突", "no conflict was found in time"
    if not explanation.open:
        return f"{zh} / {en}"
    return (
        f"{zh}；已能排下{explanation.placed}期，其余至多{explanation.open}期能否排下尚无定论 / {en}; a table holds "
        f"{explanation.placed} terms, and whether up to {explanation.open} more fit is open"
    )


def _tell(conflict: Conflict) -> None:
    typer.echo(f"{conflict.zh}\n{conflict.en}")
    if len(conflict.demands) > AT_LENGTH:
        found = "最省的办法", "the cheapest ways out"
        none = "时限内没有找到解决办法", "no way out was found in time"
        zh, en = found if conflict.ways_out else none
        typer.echo(f"  {zh}（逐项要求见 --json） / {en} (every demand: --json)")
        for each in conflict.ways_out:
            typer.echo(_way_out(each))
        return
    for demand in conflict.demands:
        typer.echo(f"  - {demand.zh} / {demand.en}")
        for each in demand.loosenings:
            typer.echo(_way_out(each))


def _way_out(each: Loosening) -> str:
    perhaps = ("", "") if each.proven else ("（或许不必这么多）", " (perhaps less would do)")
    return f"      {each.zh}{perhaps[0]} / {each.en}{perhaps[1]}"


def _rows(problem: Problem, placed: tuple[Placed, ...]) -> None:
    labels = {term.id: term.label for term in problem.terms}
    rooms = {room.id: room.title for room in problem.rooms}
    for at in placed:
        typer.echo(f"  {at.starts_on} {at.ends_on}  {at.term_id}  {labels[at.term_id]}  {rooms[at.room_id]}")
