"""``reseal``: seal personal data again with the key that seals now, so that an older key can be dropped."""

from __future__ import annotations

from getpass import getuser
from typing import Annotated

import typer

from deploy.cli.speech import AsJson, print_json, print_table


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(reseal)


def reseal(
    services: Annotated[list[str] | None, typer.Argument(help="服务名，缺省为全部 / services, all by default")] = None,
    as_json: AsJson = False,
) -> None:
    """轮换字段密钥：以当前密钥重新加密个人数据，服务照常运行 / rotate field keys while everything goes on."""
    from deploy.cli.installed import stores
    from shared.context import Context
    from shared.identifiers import new_id
    from shared.security.caller import WHOLE_CITY, Caller, Role

    operator = Caller(f"cli:{getuser()}", frozenset({Role.OPERATOR}), (WHOLE_CITY,))
    with stores(services or [], not services) as opened:
        rows = [
            {"service": name, "documents": sum(store.reseal(Context(operator, correlation_id=new_id("req"))).values())}
            for name, store in opened
        ]
    if as_json:
        print_json(rows)
    else:
        print_table(
            "重新加密 / sealed again",
            ["服务 service", "文档 documents"],
            [[str(v) for v in row.values()] for row in rows],
        )
