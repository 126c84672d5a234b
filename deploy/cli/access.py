"""``keys``, ``accounts``: the first ways into a fresh deployment; later ones come through the gateway itself."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from deploy.cli.speech import AsJson, print_json

if TYPE_CHECKING:
    from gateway.administration.access import Access

keys = typer.Typer(help="接口密钥 / API keys", no_args_is_help=True)
accounts = typer.Typer(help="控制台账号 / accounts of the console", no_args_is_help=True)

Roles = Annotated[list[str], typer.Option("--role", help="角色，可多次；多个角色取交集 / repeatable; roles intersect")]
Units = Annotated[
    list[str] | None, typer.Option("--unit", help="单位子树，缺省为全市 / unit subtree, the whole city by default")
]


@keys.callback()
def _keys() -> None:
    """接口密钥 / API keys."""


@accounts.callback()
def _accounts() -> None:
    """控制台账号 / accounts of the console."""


@keys.command()
def issue(
    label: Annotated[str, typer.Argument(help="用途 / what it is for")],
    role: Roles,
    unit: Units = None,
    scope: Annotated[list[str] | None, typer.Option("--scope", help="如 enrollment:read / such as that")] = None,
    days: Annotated[int, typer.Option("--days", min=1, max=400, help="有效天数 / days it holds")] = 90,
    as_json: AsJson = False,
) -> None:
    """签发一个密钥，只显示这一次 / make a key; its text is shown this once."""
    with _access() as access:
        ends = access.clock.now() + timedelta(days=days)
        made = access.issue_key(
            {"label": label, "roles": role, "units": unit or [""], "scopes": scope, "expires_at": ends.isoformat()}
        )
    _tell(made, "key", as_json)


@accounts.command()
def add(
    username: Annotated[str, typer.Argument(help="登录名 / log-in name")],
    role: Roles,
    title: Annotated[str, typer.Option("--title", help="称谓，缺省同登录名 / how it is shown")] = "",
    unit: Units = None,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="从标准输入读取口令 / read the password from standard input")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """建立一个账号；未给口令则生成并只显示这一次 / make an account; a made-up password is shown this once."""
    password = typer.get_text_stream("stdin").readline().rstrip("\r\n") if password_stdin else secrets.token_urlsafe(12)
    with _access() as access:
        made = access.create_account(
            {
                "username": username,
                "title": title or username,
                "password": password,
                "roles": role,
                "units": unit or [""],
            }
        )
    _tell(made if password_stdin else {**made, "password": password}, "password", as_json)


@contextmanager
def _access() -> Iterator[Access]:
    from gateway.administration.access import Access
    from gateway.store import SCHEMA
    from shared.clock import SystemClock
    from shared.config import read_settings
    from shared.runtime.provision import keyring_from, tokens_from
    from shared.storage import Store

    settings = read_settings()
    tokens_from(settings)
    store = Store.open(
        settings.mongodb_uri,
        SCHEMA,
        clock=SystemClock(),
        keyring=keyring_from(settings),
        prefix=settings.database_prefix,
    )
    try:
        yield Access(store, settings.secrets)
    finally:
        store.close()


def _tell(made: dict[str, Any], shown: str, as_json: bool) -> None:
    if as_json:
        print_json(made)
    elif shown in made:
        typer.echo(made[shown])
    else:
        typer.echo(made["account_id"])
