"""``diaoxun timetable edit`` and ``diff``: changing a timetable by hand and comparing two, from files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from deploy.cli.speech import AsJson, print_json
from deploy.cli.timetable_files import (
    INFEASIBLE,
    UNREADABLE,
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
    from services.scheduling.timetable.editing import Change, Draft, Preview
    from services.scheduling.timetable.files import ProblemFile

_LOCKS = {
    "lock": "排课不再移动它 / schedulers leave it where it is",
    "unlock": "排课可以移动它 / schedulers may move it",
}


def register(app: typer.Typer) -> None:
    """Add both to the command group of timetables."""
    app.command()(edit)
    app.command()(diff)


def edit(
    file: ProblemPath,
    solution: TimetablePath,
    changes: Annotated[
        list[str], typer.Argument(help="move:课程#讲:时段[:教室] swap:课程#讲:课程#讲 lock:课程#讲 unlock:课程#讲")
    ],
    out: Annotated[Path | None, typer.Option("--out", help="改后的课表 / where the timetable goes")] = None,
    out_problem: Annotated[
        Path | None,
        typer.Option(
            "--out-problem",
            help="含锁定的题目（JSON，课表随之为 JSON） / the problem with its locks; both are JSON then",
        ),
    ] = None,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="违反硬性要求也写出 / write it even when a hard rule breaks")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """依次试改并说明后果 / change by hand, one after the other; exit 1, nothing written, when a hard rule breaks."""
    from services.scheduling.timetable.editing import ChangeImpossible, Draft, beyond

    read = problem_in(file)
    require_writable(out)
    require_writable(out_problem)
    first = draft = Draft(read.problem, timetable_in(solution, read))
    previews = []
    for text in changes:
        try:
            preview = draft.preview(_change(text))
        except ChangeImpossible as impossible:
            raise refused(text, impossible) from None
        previews.append(preview)
        draft = Draft(preview.problem, preview.timetable)
    broken = beyond(draft.assessment.violations, first.assessment.violations)
    if set(draft.problem.pins) != set(first.problem.pins):
        _require_locks_kept(draft, out, out_problem)
    if as_json:
        print_json(_wire(changes, previews, broken))
    else:
        for text, preview in zip(changes, previews, strict=True):
            _tell(text, preview)
        typer.echo(f"\n成本{first.assessment.cost}→{draft.assessment.cost}", nl=False)
        typer.echo(f" / cost {first.assessment.cost} -> {draft.assessment.cost}")
        list_findings(broken, "因此违反的硬性要求 / hard rules broken by this")
    if not broken or anyway:
        _write(read, draft, out, out_problem)
    if broken:
        raise typer.Exit(INFEASIBLE)


def diff(
    file: ProblemPath,
    old: TimetablePath,
    new: Annotated[Path, typer.Argument(help="与之比较的课表 / the timetable to compare it with")],
    as_json: AsJson = False,
) -> None:
    """比较两份课表：哪些课改了、涉及谁 / compare two timetables: which lectures lie elsewhere, whom that concerns."""
    from services.scheduling.domain.wire import to_wire
    from services.scheduling.timetable.assess import assess
    from services.scheduling.timetable.difference import differences

    read = problem_in(file)
    before, after = timetable_in(old, read), timetable_in(new, read)
    found = differences(read.problem, before, after, numbered=read.instance is None)
    was, is_now = assess(read.problem, before), assess(read.problem, after)
    costs, broken = (was.cost, is_now.cost), (len(was.violations), len(is_now.violations))
    if as_json:
        figures = {"cost_before": costs[0], "cost": costs[1], "violations_before": broken[0], "violations": broken[1]}
        print_json({"differences": to_wire(found), **figures})
        return
    typer.echo(f"改动{len(found)}讲 / lectures changed: {len(found)}")
    for each in found:
        typer.echo(f"  {each.zh}\n  {each.en}")
    typer.echo(f"成本{costs[0]}→{costs[1]}，违反硬性要求{broken[0]}→{broken[1]}处")
    typer.echo(f"cost {costs[0]} -> {costs[1]}; hard rules broken {broken[0]} -> {broken[1]}")


def _change(text: str) -> Change:
    from services.scheduling.timetable.editing import Change, ChangeImpossible

    kind, *parts = text.split(":")
    least, most = {"move": (2, 3), "swap": (2, 2), "lock": (1, 1), "unlock": (1, 1)}.get(kind, (1, 0))
    lectures = [_lecture(part) for part in parts[: 2 if kind == "swap" else 1]]
    slot, room_id = (*parts[1:3], "", "")[:2] if kind == "move" else ("", "")
    if not least <= len(parts) <= most or None in lectures or (slot and not slot.isdecimal()):
        raise ChangeImpossible(
            "看不懂，写法如 move:a#1:7、move:a#1:7:r1、move:a#1::r1、swap:a#1:b#2、lock:a#1、unlock:a#1",
            "cannot read it; write move:a#1:7, move:a#1:7:r1, move:a#1::r1, swap:a#1:b#2, lock:a#1 or unlock:a#1",
        )
    (course_id, number), *other = (lecture for lecture in lectures if lecture is not None)
    return Change(
        kind,  # type: ignore[arg-type]  # one of the four that are looked up above
        course_id,
        number,
        int(slot) if slot else None,
        room_id or None,
        *(other[0] if other else (None, None)),
    )


def _lecture(text: str) -> tuple[str, int] | None:
    course_id, _, number = text.rpartition("#")
    return (course_id, int(number)) if course_id and number.isdecimal() else None


def _require_locks_kept(draft: Draft, out: Path | None, out_problem: Path | None) -> None:
    """Refuse to write a timetable without its locks, and a lock where no lecture can lie."""
    from services.scheduling.timetable.objections import objections

    if out is not None and out_problem is None:
        raise typer.BadParameter(
            "锁定记在题目里，请用 --out-problem 写出 / locks are part of the problem; write it with --out-problem"
        )
    for wrong in objections(draft.problem):
        typer.echo(f"{wrong.path} {wrong.zh} / {wrong.en}", err=True)
        raise typer.Exit(UNREADABLE)


def _write(read: ProblemFile, draft: Draft, out: Path | None, out_problem: Path | None) -> None:
    from services.scheduling.timetable.files import ProblemFile, write_problem

    if out_problem is not None:
        write_result(out_problem, write_problem(draft.problem))
        read = ProblemFile(draft.problem)
    if out is not None:
        write_result(out, read.write_timetable(draft.timetable))


def _wire(changes: list[str], previews: list[Preview], broken: Any) -> dict[str, Any]:
    from services.scheduling.domain.wire import to_wire

    names = ("changed", "cost_before", "cost", "feasible", "broken", "mended", "dearer", "cheaper")
    return {
        "changes": [
            {"change": text, **{name: to_wire(getattr(preview, name)) for name in names}}
            for text, preview in zip(changes, previews, strict=True)
        ],
        "broken": to_wire(broken),
    }


def _tell(text: str, preview: Preview) -> None:
    from services.scheduling.timetable.difference import differences

    typer.echo(f"\n{text}  {_LOCKS.get(text.partition(':')[0], '')}".rstrip())
    for each in differences(preview.problem, preview.before, preview.timetable):
        typer.echo(f"  {each.zh}\n  {each.en}")
    list_findings(preview.broken, "违反 / breaks")
    list_findings(preview.mended, "不再违反 / no longer breaks")
    list_findings(preview.dearer, "增加的成本 / dearer")
    list_findings(preview.cheaper, "减少的成本 / cheaper")
