"""How the command line speaks: data as JSON or as a table, faults in Chinese and English, never a traceback unasked."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

import typer

DEBUG = "DIAOXUN_DEBUG"
AsJson = Annotated[bool, typer.Option("--json", help="以 JSON 输出 / print JSON")]


def print_json(data: Any) -> None:
    """Print data as JSON for programs."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows for people."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title, title_justify="left", header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    Console(width=None if sys.stdout.isatty() else 160).print(table)


def both(words: Mapping[str, str] | None) -> str:
    """Return words in both languages on two lines."""
    return f"{words['zh']}\n{words['en']}" if words else ""


def complain(error: BaseException) -> None:
    """Print what went wrong to standard error, in both languages."""
    from shared.errors import Fault

    if isinstance(error, Fault):
        typer.secho(f"{error.title.zh}：{error.message.zh}", err=True, fg="red")
        typer.secho(f"{error.title.en}: {error.message.en}", err=True, fg="red")
        fields = error.details.get("fields")
        for name, problem in fields.items() if isinstance(fields, Mapping) else ():
            typer.secho(f"  {name}: {problem}", err=True, fg="red")
    else:
        typer.secho(f"出现意外错误（{type(error).__name__}：{error}），可加 --debug 查看详情", err=True, fg="red")
        typer.secho(f"unexpected {type(error).__name__}: {error}; --debug shows where", err=True, fg="red")


def debugging() -> bool:
    """Return whether tracebacks are wanted."""
    return os.environ.get(DEBUG) == "1"
