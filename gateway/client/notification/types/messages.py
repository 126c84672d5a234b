"""Messages: objects of Notification (函件与送达).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

from gateway.client.notification.types.parts import Text


class ChannelState(TypedDict):
    """What became of one channel, with the reason."""

    channel: str
    state: Literal["waiting", "sending", "underway", "reached", "failed", "skipped"]
    attempts: int
    address: str | None
    reason: Text | None
    receipt: str | None
    at: str | None


class Dispatch(TypedDict):
    """One sending to one recipient: an urgent message, or the digest of a day."""

    dispatch_id: str
    recipient: str
    unit_id: str | None
    urgent: bool
    messages: list[str]
    state: Literal["waiting", "sending", "underway", "reached", "phone", "cancelled"]
    channels: list[ChannelState]
    task_id: str | None
    next_at: str | None
    created_at: str
    version: int


class DispatchPage(TypedDict):
    """One page of Dispatch."""

    items: list[Dispatch]
    next_cursor: NotRequired[str | None]


class DispatchWords(TypedDict):
    """A dispatch with its words; personal links in them are taken out. Each look is audited."""

    dispatch_id: str
    recipient: str
    unit_id: str | None
    urgent: bool
    messages: list[str]
    state: Literal["waiting", "sending", "underway", "reached", "phone", "cancelled"]
    channels: list[ChannelState]
    task_id: str | None
    next_at: str | None
    created_at: str
    version: int
    subject: str
    text: str
    short: str


class Message(TypedDict):
    """One thing told to one recipient. It holds identifiers; the words stand in its dispatch."""

    message_id: str
    rule: str
    template: str
    recipient: str
    unit_id: str | None
    term_id: str | None
    urgent: bool
    reminder: int | None
    state: Literal["waiting", "dispatched", "reached", "phone", "cancelled"]
    leaves_at: str | None
    dispatch_id: str | None
    created_at: str


class MessagePage(TypedDict):
    """One page of Message."""

    items: list[Message]
    next_cursor: NotRequired[str | None]


class MessagesSummary(TypedDict):
    """Messages and dispatches in figures."""

    messages: dict[str, Any]
    dispatches: dict[str, Any]
    reached_by: dict[str, Any]
    phone_tasks: dict[str, Any]
