"""Queries of Gateway: sessions, accounts, keys and events (网关：登录、账号、密钥与事件).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client import gateway_types as types
from gateway.client.wire import UNSET, Unset, Wire, given


class GatewayQueries:
    """网关：登录、账号、密钥与事件 / Gateway: sessions, accounts, keys and events."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def get_session(self) -> types.Session:
        """查看当前登录 / See who is logged in."""
        return self._wire.send(types.Session, "GET", "/session", given())

    def list_keys(self, *, cursor: str | Unset = UNSET, limit: int | Unset = UNSET) -> types.KeyPage:
        """列出接口密钥 / List API keys."""
        return self._wire.send(types.KeyPage, "GET", "/keys", given(cursor=cursor, limit=limit))

    def list_accounts(self, *, cursor: str | Unset = UNSET, limit: int | Unset = UNSET) -> types.AccountPage:
        """列出账号 / List accounts."""
        return self._wire.send(types.AccountPage, "GET", "/accounts", given(cursor=cursor, limit=limit))

    def get_account(self, *, account_id: str) -> types.Account:
        """查看账号 / See an account."""
        return self._wire.send(types.Account, "GET", "/accounts/{account_id}", given(account_id=account_id))

    def list_events(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        since: int | Unset = UNSET,
        newest: bool | Unset = UNSET,
        type: list[str] | Unset = UNSET,
    ) -> types.LoggedEventPage:
        """查询近期事件 / Read recent events."""
        return self._wire.send(
            types.LoggedEventPage,
            "GET",
            "/event-log",
            given(cursor=cursor, limit=limit, since=since, newest=newest, type=type),
        )
