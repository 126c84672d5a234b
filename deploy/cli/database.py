"""``migrate``: bring databases up to the code."""

from __future__ import annotations

from typing import Annotated

import typer

from deploy.cli.speech import AsJson, print_json, print_table


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(migrate)


def migrate(
    services: Annotated[list[str] | None, typer.Argument(help="服务名，缺省为全部 / services, all by default")] = None,
    contract: Annotated[
        bool, typer.Option("--contract", help="同时执行收缩迁移（旧版本已全部停用后） / also run contracting steps")
    ] = False,
    check: Annotated[bool, typer.Option("--check", help="只检查，不修改 / only say what is lacking")] = False,
    as_json: AsJson = False,
) -> None:
    """准备数据库：集合、校验、索引、迁移 / prepare the databases."""
    from dataclasses import asdict

    from deploy.cli.installed import stores

    rows = []
    with stores(services or [], not services) as opened:
        for name, store in opened:
            if check:
                rows.append({"service": name, "lacks": store.lacks()})
            else:
                rows.append({"service": name, **asdict(store.ensure(contract=contract))})
    if as_json:
        print_json(rows)
    else:
        columns = [str(column) for column in rows[0]] if rows else ["service"]
        print_table("数据库 / databases", columns, [[_cell(value) for value in row.values()] for row in rows])
    if check and any(row["lacks"] for row in rows):
        raise typer.Exit(1)


def _cell(value: object) -> str:
    return ", ".join(str(each) for each in value) if isinstance(value, list) else str(value)
