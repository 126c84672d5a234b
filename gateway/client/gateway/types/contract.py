"""Contract: objects of Gateway: sessions, accounts, keys and events (网关：登录、账号、密钥与事件).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict


class LoggedEvent(TypedDict):
    """An event as the gateway keeps it: its place in the log and the CloudEvents envelope."""

    sequence: int
    event: dict[str, Any]


class LoggedEventPage(TypedDict):
    """One page of LoggedEvent."""

    items: list[LoggedEvent]
    next_cursor: NotRequired[str | None]
