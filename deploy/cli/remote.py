"""``diaoxun term`` and ``diaoxun table``: timetables out of a running platform and tables into it, by its gateway."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from deploy.cli.speech import AsJson, print_json

if TYPE_CHECKING:
    from gateway.client import Diaoxun, Download, Problem

term = typer.Typer(help="各期（经网关） / terms, through the gateway", no_args_is_help=True)
table = typer.Typer(help="表格导入（经网关） / tables, through the gateway", no_args_is_help=True)

REFUSED = 1
USAGE = 2
Kind = Annotated[
    Literal["lecturers", "rooms", "courses"], typer.Argument(help="师资、教室或课程 / which kind of table")
]
Url = Annotated[str, typer.Option("--url", envvar="DIAOXUN_URL", help="网关地址 / where the gateway is")]
KeyFile = Annotated[
    Path | None, typer.Option("--key-file", help="存有接口密钥的文件 / file with the API key; else DIAOXUN_KEY")
]
LOCAL = "http://127.0.0.1:8700"


@term.callback()
def _terms() -> None:
    """各期（经网关） / terms, through the gateway."""


@table.callback()
def _tables() -> None:
    """表格导入（经网关） / tables, through the gateway."""


@term.command()
def timetable(
    term_id: Annotated[str, typer.Argument(metavar="TERM", help="期的编号 / which term")],
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="日程表工作簿 / the timetable as a workbook")] = None,
    pdf: Annotated[Path | None, typer.Option("--pdf", help="日程表PDF / the timetable as PDF")] = None,
    ics: Annotated[Path | None, typer.Option("--ics", help="日历文件 / the timetable as a calendar")] = None,
    compare: Annotated[str | None, typer.Option("--compare", help="比较两个版本，如 1:2 / two versions")] = None,
    url: Url = LOCAL,
    key_file: KeyFile = None,
    as_json: AsJson = False,
) -> None:
    """下载一期的日程表，或比较它的两个版本 / download a term's timetable, or compare two versions of it."""
    if not (xlsx or pdf or ics or compare):
        raise typer.BadParameter("请给出 --xlsx、--pdf、--ics 或 --compare / give --xlsx, --pdf, --ics or --compare")
    versions = two_versions(compare) if compare is not None else None
    with at_gateway(url, key_file) as gateway:
        if xlsx is not None:
            _save(xlsx, gateway.scheduling.get_timetable_file(term_id=term_id))
        if pdf is not None:
            _save(pdf, gateway.notification.get_timetable_file(term_id=term_id))
        if ics is not None:
            _save(ics, _calendar(gateway, term_id))
        if versions is not None:
            found = gateway.scheduling.compare_timetable(
                term_id=term_id, from_number=versions[0], to_number=versions[1]
            )
            _tell_comparison(found, as_json)


@table.command("import")
def take_over(
    kind: Kind,
    file: Annotated[Path, typer.Argument(help="工作簿（.xlsx） / the workbook")],
    plan: Annotated[str | None, typer.Option("--plan", help="课程所属计划 / the plan, for courses")] = None,
    preview: Annotated[bool, typer.Option("--preview", help="只检查，不保存 / check, save nothing")] = False,
    errors: Annotated[
        Path | None, typer.Option("--errors", help="注明各行错误的副本 / where the copy with each row's errors goes")
    ] = None,
    url: Url = LOCAL,
    key_file: KeyFile = None,
    as_json: AsJson = False,
) -> None:
    """导入师资、教室或课程，全部保存或全部退回 / import a table, whole or not at all; exit 1 when a row is wrong."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise _unusable(file, error) from None
    from gateway.client import UNSET

    with at_gateway(url, key_file) as gateway:
        done = gateway.scheduling.import_table(
            kind=kind, file=content, filename=file.name, plan_id=plan or UNSET, preview=preview
        )
        if errors is not None and done["wrong_rows"]:
            _save(errors, gateway.scheduling.get_table_import_file(import_id=done["import_id"]))
    if as_json:
        print_json(done)
    else:
        figures = (done["rows"], done["added"], done["changed"], done["wrong_rows"])
        typer.echo("共{}行，新增{}，更新{}，有误{}行".format(*figures))
        typer.echo("rows: {}; added: {}; changed: {}; wrong: {}".format(*figures))
        if done.get("unread_columns"):
            left = "、".join(done["unread_columns"])
            typer.echo(f"未导入的列：{left} / columns left out: {left}")
        for each in done["errors"]:
            where = f"{each['row']} {each['column'] or ''}".rstrip()
            typer.echo(f"  {where}: {each['message']['zh']} / {each['message']['en']}")
    if done["wrong_rows"]:
        raise typer.Exit(REFUSED)


@table.command()
def form(
    kind: Kind,
    out: Annotated[Path, typer.Argument(help="空白表存到何处 / where the form goes")],
    url: Url = LOCAL,
    key_file: KeyFile = None,
) -> None:
    """下载导入用的空白表 / download the form of a table to import."""
    with at_gateway(url, key_file) as gateway:
        _save(out, gateway.scheduling.get_table_form(kind=kind))


def _calendar(gateway: Diaoxun, term_id: str) -> Download:
    """Return a term's calendar, by a feed that is issued for this reading alone."""
    feed = gateway.scheduling.issue_feed(kind="term", target_id=term_id, label="diaoxun term timetable")
    try:
        return gateway.scheduling.read_feed(token=feed["token"])
    finally:
        gateway.scheduling.revoke_feed(feed_id=feed["feed_id"])


def two_versions(text: str) -> tuple[int, int]:
    """Return the numbers of two versions, written ``1:2``. Raises ``BadParameter``."""
    first, _, second = text.partition(":")
    if not (first.isdecimal() and second.isdecimal()):
        raise typer.BadParameter(f"看不懂“{text}”，写法如 1:2 / cannot read {text!r}; write 1:2")
    return int(first), int(second)


def _tell_comparison(found: Any, as_json: bool) -> None:
    if as_json:
        print_json(found)
        return
    typer.echo(f"改动{len(found['differences'])}课次，学时{found['hours_before']}→{found['hours_after']}", nl=False)
    typer.echo(f" / sessions changed: {len(found['differences'])}", nl=False)
    typer.echo(f"; class hours {found['hours_before']} -> {found['hours_after']}")
    for each in found["differences"]:
        typer.echo(f"  {each['words']['zh']}\n  {each['words']['en']}")


@contextmanager
def at_gateway(url: str, key_file: Path | None) -> Iterator[Diaoxun]:
    """Give the client of a gateway; what it refuses, or that it is not there, ends the command with words."""
    from httpx import InvalidURL, TransportError

    from gateway.client import Diaoxun, Problem

    key = _key(key_file)
    try:
        with Diaoxun(url, key) as gateway:
            yield gateway
    except Problem as problem:
        raise _refused(problem) from None
    except (TransportError, InvalidURL) as error:
        typer.echo(
            f"连不上网关 {url}（{error}），请检查 --url / cannot reach the gateway at {url}; see --url", err=True
        )
        raise typer.Exit(REFUSED) from None


def _key(file: Path | None) -> str:
    try:
        key = (os.environ.get("DIAOXUN_KEY", "") if file is None else file.read_text(encoding="utf-8")).strip()
    except (OSError, UnicodeDecodeError) as error:
        raise _unusable(file, error) from None
    if not key or not key.isascii() or not key.isprintable():
        raise typer.BadParameter(
            "没有可用的接口密钥，请用 --key-file 或环境变量 DIAOXUN_KEY 给出 / no usable API key; "
            "give --key-file or the variable DIAOXUN_KEY"
        )
    return key


def _refused(problem: Problem) -> typer.Exit:
    typer.echo(f"{problem.message.get('zh', problem)}\n{problem.message.get('en', problem.code)}", err=True)
    fields = problem.details.get("fields")
    for name, wrong in fields.items() if isinstance(fields, dict) else ():
        typer.echo(f"  {name}: {wrong}", err=True)
    return typer.Exit(REFUSED)


def _save(out: Path, file: Download) -> None:
    try:
        out.write_bytes(file.content)
    except OSError as error:
        raise _unusable(out, error) from None
    typer.echo(f"已存到 {out} / written to {out}", err=True)


def _unusable(file: Path | None, error: Exception) -> typer.Exit:
    typer.echo(f"无法读写 {file}：{error} / cannot read or write {file}: {error}", err=True)
    return typer.Exit(USAGE)
