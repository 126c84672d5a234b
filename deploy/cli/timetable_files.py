"""Problems and timetables as ``diaoxun timetable`` takes them from files, and how it lists what it finds in them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from services.scheduling.timetable.files import ProblemFile
    from services.scheduling.timetable.findings import Finding
    from services.scheduling.timetable.problem import Timetable

UNREADABLE = 2
INFEASIBLE = 1
BROKEN = "硬性要求 / hard rules broken"
ProblemPath = Annotated[Path, typer.Argument(help="题目文件：.ctt 或本平台的 JSON / the problem: .ctt, or our JSON")]
TimetablePath = Annotated[Path, typer.Argument(help="课表文件 / the timetable")]


def problem_in(file: Path) -> ProblemFile:
    """Read a problem, or refuse the file."""
    from services.scheduling.timetable.ctt import UnreadableFile
    from services.scheduling.timetable.files import read_problem

    try:
        return read_problem(_text(file))
    except UnreadableFile as unreadable:
        raise refused(file, unreadable) from None


def timetable_in(file: Path, read: ProblemFile) -> Timetable:
    """Read a timetable of a problem, or refuse the file."""
    from services.scheduling.timetable.ctt import UnreadableFile

    try:
        return read.read_timetable(_text(file))
    except UnreadableFile as unreadable:
        raise refused(file, unreadable) from None


def require_writable(file: Path | None) -> None:
    """Refuse a file that cannot be written, before there is anything to lose."""
    if file is None:
        return
    folder = file.parent
    if file.is_dir():
        why = "是文件夹，不是文件 / is a folder and no file"
    elif not file.exists() and not folder.is_dir():
        why = f"没有文件夹{folder} / there is no folder {folder}"
    elif not os.access(file if file.exists() else folder, os.W_OK):
        why = "不能写入，请换一个位置 / cannot be written; name another place"
    else:
        return
    raise refused(file, OSError(why))


def write_result(file: Path, text: str) -> None:
    """Write a result. Where that fails after all, it goes to standard error, so that it is not lost."""
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        refusal = refused(file, error)
        typer.echo(text, err=True)
        raise refusal from None


def refused(what: Path | str, why: Exception) -> typer.Exit:
    """Say why a file or a change is refused and return what ends the command."""
    typer.echo(f"{what}：{why}", err=True)
    return typer.Exit(UNREADABLE)


def list_findings(findings: tuple[Finding, ...], title: str, *, err: bool = False) -> None:
    """Print findings below their title; nothing where there are none."""
    if findings:
        typer.echo(f"\n{title}", err=err)
    for each in findings:
        typer.echo(f"  {each.rule:20} {each.cost or '':>5}  {each.zh} / {each.en}", err=err)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise refused(file, error) from None
