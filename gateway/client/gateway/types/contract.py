"""Contract: objects of Gateway: sessions, accounts, keys and events (网关：登录、账号、密钥与事件).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict


class EventGap(TypedDict):
    """Why a reader missed events, in words, and where to go on once what is kept of them was read again."""

    sequence: int
    zh: str
    en: str


class LoggedEvent(TypedDict):
    """An event as the gateway keeps it: its place in the log and the CloudEvents envelope."""

    sequence: int
    event: dict[str, Any]


class LoggedEventPage(TypedDict):
    """One page of LoggedEvent; ``gap`` as in the stream's ``diaoxun.gap``, null where none was missed."""

    items: list[LoggedEvent]
    next_cursor: NotRequired[str | None]
    next_since: int | None
    gap: EventGap | None
