"""``topology apply``: declare exchanges and queues before anything starts (P10)."""

from __future__ import annotations

import typer

from deploy.cli.speech import AsJson, print_json

app = typer.Typer(help="消息队列拓扑 / exchanges and queues", no_args_is_help=True)


@app.command()
def apply(as_json: AsJson = False) -> None:
    """按已安装服务的契约声明交换机与队列 / declare what the installed contracts need; safe to repeat."""
    from deploy.cli.installed import declare_queues
    from shared.config import read_settings
    from shared.runtime.directory import installed_contracts
    from shared.runtime.provision import registry_from

    settings = read_settings()
    contracts = installed_contracts(registry_from(settings)).contracts
    queues = declare_queues(settings)
    if as_json:
        print_json({"services": [contract.name for contract in contracts], "queues": queues})
    else:
        for name in queues:
            typer.echo(name)
        typer.echo(f"已声明 {len(queues)} 个队列 / {len(queues)} queues declared")


@app.command()
def show() -> None:
    """列出应有的队列 / list the queues there should be."""
    from deploy.cli.installed import GATEWAY
    from shared.config import read_settings
    from shared.runtime.directory import installed_contracts
    from shared.runtime.expectation import expected_queues
    from shared.runtime.provision import registry_from

    contracts = installed_contracts(registry_from(read_settings())).contracts
    for name in expected_queues(contracts, subscribers=[GATEWAY]):
        typer.echo(name)
