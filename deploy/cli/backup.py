"""``backup`` and ``restore``: all databases at one consistent point, with what lies in quarantines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from deploy.cli.speech import AsJson, print_json, print_table

_QUARANTINES = "quarantines.json"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(backup)
    app.command()(restore)


def backup(
    folder: Annotated[Path, typer.Argument(help="新目录，每次一个 / a folder of its own, new each time")],
    without_broker: Annotated[
        bool, typer.Option("--without-broker", help="不含隔离区消息 / leave quarantines out, the broker is away")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """备份全部数据库（服务照常运行）/ back up every database while everything goes on."""
    from deploy.cli.installed import stores
    from shared.config import read_settings
    from shared.messaging import dlq_copies
    from shared.storage.backup import back_up
    from shared.storage.backup_folder import being_made

    with stores([], True) as opened, being_made(folder) as part:
        manifest = back_up(dict(opened), part)
        letters: list[dict[str, Any]] = []
        if not without_broker:
            letters = [each for name, _ in opened for each in dlq_copies.copies(read_settings().amqp_uri, name)]
        path = part / _QUARANTINES
        path.touch(mode=0o600)
        path.write_text(json.dumps(letters, ensure_ascii=False) + "\n", "utf-8")
    _tell(manifest, len(letters), "备份 / backup", as_json)


def restore(
    folder: Annotated[Path, typer.Argument(help="备份目录 / the folder of a backup")],
    verify: Annotated[
        bool, typer.Option("--verify", help="只核对现有数据与备份、审计链 / only hold the present databases against it")
    ] = False,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="先清除现有数据，服务须已停止 / drop what is there; stop services first"),
    ] = False,
    drop: Annotated[
        bool, typer.Option("--drop", help="核对一致后删除演练数据库 / with --verify: end a drill that went well")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """恢复备份并核对 / load a backup, verify it, and announce again what was under way.

    消息队列随之清空、隔离区按备份恢复；恢复到另一前缀（演练）时不动消息。
    Queues are emptied and quarantines are as in the backup; under another prefix (a drill) messages are left alone.
    """
    if drop and not verify:
        raise typer.BadParameter("--drop 须与 --verify 同用 / goes with --verify", param_hint="--drop")
    from deploy.cli.installed import GATEWAY, declare_queues, stores
    from shared.config import read_settings
    from shared.messaging import dlq_copies
    from shared.messaging.emptying import empty_queues
    from shared.runtime.directory import installed_contracts
    from shared.runtime.provision import registry_from
    from shared.storage import backup as storage

    with stores([], True) as opened:
        if verify:
            _say_differences([each.to_wire() for each in storage.verify(dict(opened), folder)], as_json)
            if drop:
                storage.end_drill(dict(opened), folder)
                if not as_json:
                    typer.echo("已删除演练数据库 / the drill's databases were deleted")
            return
        manifest = storage.restore(dict(opened), folder, replace=replace)
        own = storage.is_own(dict(opened), manifest)
    if not own:  # the broker is the running platform's
        _tell(manifest, 0, "已恢复（演练，未动消息）/ restored as a drill, messages left alone", as_json)
        return
    settings = read_settings()
    declare_queues(settings)  # the broker may be a new one
    # What came after the backup would meet databases that know nothing of it.
    contracts = installed_contracts(registry_from(settings)).contracts
    emptied = empty_queues(settings.amqp_uri, contracts, [name for name, _ in opened])
    path = folder / _QUARANTINES
    letters = json.loads(path.read_text("utf-8")) if path.exists() else []
    put = dlq_copies.put_back(settings.amqp_uri, letters, subscribers=[GATEWAY]) if letters else 0
    _tell(manifest, put, "已恢复 / restored", as_json, emptied)


def _tell(manifest: dict[str, Any], letters: int, title: str, as_json: bool, emptied: int = 0) -> None:
    if as_json:
        print_json({**manifest, "quarantined": letters, "emptied": emptied})
        return
    rows = [
        [name, len(told["collections"]), sum(each["documents"] for each in told["collections"].values()),
         sum(each["bytes"] for each in told["collections"].values()), told["head"]["seq"]]
        for name, told in manifest["databases"].items()
    ]  # fmt: skip
    columns = ["数据库 / database", "集合 / collections", "文档 / documents", "字节 / bytes", "审计链 / audit rows"]
    print_table(f"{title} {manifest['made_at']}", columns, rows)
    typer.echo(f"隔离区消息 {letters} 条 / messages of quarantines")
    if emptied:
        typer.echo(f"已清除备份之后的消息 {emptied} 条 / messages of after the backup thrown away")


def _say_differences(different: list[dict[str, str]], as_json: bool) -> None:
    if as_json:
        print_json({"differences": different})
    elif not different:
        typer.echo("现有数据与备份一致，审计链完整 / databases and audit chains are as in the backup")
    for each in different if not as_json else ():
        typer.echo(f"{each['zh']}\n{each['en']}")
    if different:
        raise typer.Exit(1)
