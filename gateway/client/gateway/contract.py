"""Contract of Gateway: sessions, accounts, keys and events (网关：登录、账号、密钥与事件).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.gateway.types.contract import LoggedEventPage
from gateway.client.wire import UNSET, Caller, Unset, given


class ContractCalls(Caller):
    """网关：登录、账号、密钥与事件 / Gateway: sessions, accounts, keys and events: contract."""

    def list_events(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        since: int | Unset = UNSET,
        newest: bool | Unset = UNSET,
        type: list[str] | Unset = UNSET,
    ) -> LoggedEventPage:
        """查询近期事件 / Read recent events."""
        return self._wire.send(
            LoggedEventPage,
            "GET",
            "/event-log",
            given(cursor=cursor, limit=limit, since=since, newest=newest, type=type),
        )
