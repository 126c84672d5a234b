"""``prepare``: everything a fresh deployment needs before its services start, in one go and safe to repeat."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from shared.config import Settings

_PATIENCE_SECONDS = 300.0


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(prepare)


def prepare(
    replica_set: Annotated[
        bool, typer.Option("--replica-set", help="需要时初始化单节点副本集 / initiate a replica set of one when needed")
    ] = False,
    seconds: Annotated[
        float, typer.Option("--seconds", min=1.0, help="等待数据库与消息队列的时限 / how long to wait for both")
    ] = _PATIENCE_SECONDS,
) -> None:
    """等待数据库与消息队列，然后准备副本集、数据库与队列 / wait for both, then make what services need."""
    from deploy.cli.installed import declare_queues, stores
    from shared.config import read_settings
    from shared.runtime.provision import keyring_from, tokens_from

    settings = read_settings()
    tokens_from(settings)
    keyring_from(settings)
    _refuse_failed_services(settings)
    logging.getLogger("diaoxun.runner").setLevel(logging.WARNING)  # it says what is being waited for
    _wait_for_servers(settings, replica_set, seconds)
    with stores([], True) as opened:
        for name, store in opened:
            report = store.ensure()
            done = len(report.applied) + len(report.collections) + len(report.validators) + len(report.indexes)
            typer.echo(f"{name}：数据库已就绪，{done} 处改动 / {name}: database prepared, {done} changes")
    typer.echo(f"已声明 {len(declare_queues(settings))} 个队列 / queues declared")


def _refuse_failed_services(settings: Settings) -> None:
    from shared.plugins import PluginFailed, State
    from shared.runtime.provision import registry_from

    for plugin in registry_from(settings):
        if plugin.kind == "services" and plugin.state is State.FAILED:
            reason = plugin.reason
            raise PluginFailed(
                f"服务 {plugin.slug} 不可用，未作任何准备：{reason.zh if reason else ''}",
                f"the service {plugin.slug} cannot be used, nothing was prepared: {reason.en if reason else ''}",
            )


def _wait_for_servers(settings: Settings, replica_set: bool, seconds: float) -> None:
    from shared.errors import Invalid
    from shared.messaging import transport
    from shared.runtime.waiting import wait_for
    from shared.storage.replica_set import initiate_replica_set

    def reach_broker() -> None:
        with transport.connect(settings.amqp_uri, "prepare") as connection:
            connection.connect()

    def reach_replica_set() -> None:
        try:
            if initiate_replica_set(settings.mongodb_uri):
                typer.echo("已初始化副本集 / the replica set was initiated")
        except Invalid as fault:
            refused.append(fault)

    refused: list[Invalid] = []
    if replica_set:
        wait_for("数据库 / the database", reach_replica_set, seconds, lambda: False)
        if refused:
            raise refused[0]
    wait_for("消息队列 / the broker", reach_broker, seconds, lambda: False)
