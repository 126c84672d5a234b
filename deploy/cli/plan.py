"""``diaoxun plan``: reading a training notice."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="年度培训计划 / the yearly plan", no_args_is_help=True)

UNREADABLE = 2


@app.callback()
def group() -> None:
    """年度培训计划 / the yearly plan."""


@app.command()
def read(
    file: Annotated[Path, typer.Argument(help="通知文件（.txt 或 .docx）/ the notice, .txt or .docx")],
) -> None:
    """读取培训通知，输出计划草案JSON；读不出的行写到标准错误 / print a notice's draft plan as JSON.

    Exit status 0 when the notice was read (problems, if any, on standard error), 2 when it is not a readable notice.
    """
    from services.scheduling.notices import read_notice_file
    from shared.errors import Fault
    from shared.plugins import Registry

    try:
        content = file.read_bytes()
    except OSError as error:
        typer.echo(f"{file}：无法读取文件（{error.strerror}）/ cannot read the file ({error.strerror})", err=True)
        raise typer.Exit(UNREADABLE) from None
    try:
        reading = read_notice_file(content, Registry().discover())
    except Fault as fault:
        typer.echo(f"{file}：{fault.message.zh} / {fault.message.en}", err=True)
        raise typer.Exit(UNREADABLE) from None
    for problem in reading.problems:
        where = f"{file}：第{problem.line}行 / line {problem.line}"
        typer.echo(f"{where}：{problem.zh} / {problem.en}\n    {problem.text}", err=True)
    text = json.dumps(reading.draft.to_wire(), ensure_ascii=False, indent=2)
    # The machine's locale may not know Chinese; JSON is UTF-8 whatever it says.
    sys.stdout.buffer.write(text.encode() + b"\n")
    sys.stdout.flush()
