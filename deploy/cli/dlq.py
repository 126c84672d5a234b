"""``dlq``: messages that were given up on: look, send back, throw away. Every change is one row of the audit log."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from deploy.cli.speech import AsJson, print_json, print_table

if TYPE_CHECKING:
    from shared.messaging.dlq import Audit, DeadLetter, Filter

app = typer.Typer(help="隔离区：处理失败的消息 / messages that were given up on", no_args_is_help=True)

Service = Annotated[str, typer.Argument(help="服务名，或 gateway / service, or gateway")]
Ids = Annotated[list[str] | None, typer.Option("--id", help="消息标识，可多次 / ids, repeatable")]
Queue = Annotated[str | None, typer.Option("--queue", help="原队列名的一部分 / part of the queue's name")]
Reason = Annotated[str | None, typer.Option("--reason", help="原因 / reason")]
Type = Annotated[str | None, typer.Option("--type", help="事件类型 / event type")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="只显示，不执行 / only say what would happen")]
All = Annotated[bool, typer.Option("--all", help="不加筛选时须明示全部 / needed when nothing is filtered")]


@app.command("list")
def list_(
    service: Service, queue: Queue = None, reason: Reason = None, type_: Type = None, as_json: AsJson = False
) -> None:
    """列出隔离的消息 / list the messages."""
    from shared.messaging import dlq

    _tell(dlq.listed(_uri(service), service, _filter(None, queue, reason, type_)), as_json)


@app.command()
def show(service: Service, id_: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """显示一条消息的全文 / show one message whole."""
    from shared.messaging import dlq
    from shared.observability.masking import masked

    letter = dlq.shown(_uri(service), service, id_)
    print_json({**_row(letter), "headers": masked(letter.headers), "body": masked(_body(letter))})


@app.command()
def replay(
    service: Service,
    ids: Ids = None,
    queue: Queue = None,
    reason: Reason = None,
    type_: Type = None,
    all_: All = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """送回原队列重新处理 / send back to the queue a message came from."""
    from shared.messaging import dlq

    wanted = _meant(_filter(ids, queue, reason, type_), all_)
    with _audited(service, dry_run) as audit:
        _tell(dlq.replay(_uri(service), service, wanted, dry_run=dry_run, audit=audit), as_json)


@app.command()
def discard(
    service: Service,
    ids: Ids = None,
    queue: Queue = None,
    reason: Reason = None,
    type_: Type = None,
    all_: All = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """永久删除 / delete for good."""
    from shared.messaging import dlq

    wanted = _meant(_filter(ids, queue, reason, type_), all_)
    with _audited(service, dry_run) as audit:
        _tell(dlq.discard(_uri(service), service, wanted, dry_run=dry_run, audit=audit), as_json)


def _uri(service: str) -> str:
    from deploy.cli.installed import GATEWAY, service_names
    from shared.config import read_settings

    if service != GATEWAY:
        service_names([service], False)
    return read_settings().amqp_uri


def _filter(ids: list[str] | None, queue: str | None, reason: str | None, type_: str | None) -> Filter:
    from shared.messaging.dlq import Filter

    return Filter(frozenset(ids or ()), queue, reason, type_)


def _meant(wanted: Filter, everything: bool) -> Filter:
    from shared.errors import Invalid
    from shared.messaging.dlq import EVERYTHING

    if wanted == EVERYTHING and not everything:
        raise Invalid(
            "未加筛选条件：请用 --id、--queue、--reason、--type 限定，或以 --all 明示全部",
            "nothing is filtered: narrow with --id, --queue, --reason, --type, or say --all",
        )
    return wanted


@contextmanager
def _audited(service: str, dry_run: bool) -> Iterator[Audit | None]:
    if dry_run:
        yield None
        return
    from getpass import getuser

    from deploy.cli.installed import stores
    from shared.context import Context
    from shared.identifiers import new_id
    from shared.security.caller import WHOLE_CITY, Caller, Role

    operator = Caller(f"cli:{getuser()}", frozenset({Role.OPERATOR}), (WHOLE_CITY,))
    with stores([service], False) as ((_, store),):

        def note(action: str, letter: DeadLetter) -> None:
            def body(tx: Any) -> dict[str, Any]:
                tx.note(letter.id, action, queue=letter.queue, reason=letter.reason)
                return {}

            store.transact(Context(operator, correlation_id=new_id("req")), body, operation=f"dlq_{action}")

        yield note


def _row(letter: DeadLetter) -> dict[str, Any]:
    return {
        "id": letter.id,
        "queue": letter.queue,
        "reason": letter.reason,
        "error": letter.error,
        "attempts": letter.attempts,
        "at": letter.at,
        "type": letter.routing_key,
        "bytes": len(letter.body),
    }


def _body(letter: DeadLetter) -> Any:
    try:
        return json.loads(letter.body)
    except ValueError:
        return letter.body.decode("utf-8", errors="replace")


def _tell(letters: list[DeadLetter], as_json: bool) -> None:
    rows = [_row(letter) for letter in letters]
    if as_json:
        print_json(rows)
    elif rows:
        print_table("隔离区 / quarantine", list(rows[0]), [list(row.values()) for row in rows])
    else:
        typer.echo("没有符合条件的消息 / no such messages")
