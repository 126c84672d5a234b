"""The context of a call or event as nameko headers, and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from shared.context import Context
from shared.errors import Malformed
from shared.observability.trace import child_traceparent
from shared.security.caller import Caller

PREFIX = "nameko."
CALLER = PREFIX + "caller"
DEADLINE = PREFIX + "deadline"
DEPTH = PREFIX + "depth"
COMMAND = PREFIX + "command_id"
VERSION = PREFIX + "expected_version"
CORRELATION = PREFIX + "correlation_id"
TRACE = PREFIX + "traceparent"


def to_headers(context: Context, token: str, deadline: datetime) -> dict[str, Any]:
    """Return the headers of a request one level below ``context``, until ``deadline`` (aware)."""
    headers: dict[str, Any] = {
        CALLER: token,
        DEADLINE: deadline.astimezone(UTC).isoformat(),
        DEPTH: context.depth + 1,
    }
    if context.command_id is not None:
        headers[COMMAND] = context.command_id
    if context.expected_version is not None:
        headers[VERSION] = context.expected_version
    if context.correlation_id is not None:
        headers[CORRELATION] = context.correlation_id
    if context.traceparent is not None:
        headers[TRACE] = context.traceparent
    return headers


def deadline_of(headers: Mapping[str, Any]) -> datetime | None:
    """Return the caller's deadline, aware. Raises ``Malformed`` when it is there and unreadable."""
    text = headers.get(DEADLINE)
    if text is None:
        return None
    try:
        deadline = datetime.fromisoformat(str(text))
    except ValueError:
        raise _unreadable("deadline", text) from None
    if deadline.tzinfo is None:
        raise _unreadable("deadline", text)
    return deadline


def number_of(headers: Mapping[str, Any], name: str) -> int | None:
    """Return a whole number from a header. Raises ``Malformed`` when it is there and is none."""
    value = headers.get(name)
    if value is None:
        return None
    try:
        return int(value)
    except (TypeError, ValueError):
        raise _unreadable(name.removeprefix(PREFIX), value) from None


def context_of(headers: Mapping[str, Any], caller: Caller, deadline: datetime | None) -> Context:
    """Return the context a message came with, for an already checked caller: a new step of its trace."""
    command, correlation, trace = headers.get(COMMAND), headers.get(CORRELATION), headers.get(TRACE)
    cause = None if trace is None else str(trace)
    return Context(
        caller=caller,
        command_id=None if command is None else str(command),
        expected_version=number_of(headers, VERSION),
        deadline=deadline,
        correlation_id=None if correlation is None else str(correlation),
        traceparent=child_traceparent(cause),
        caused_by=cause,
        depth=number_of(headers, DEPTH) or 0,
    )


def _unreadable(name: str, value: object) -> Malformed:
    return Malformed(
        f"上下文中的 {name} 无法识别：{value!r}，请按约定格式填写后重发",
        f"the context's {name} cannot be read: {value!r}; send it in the agreed form",
        name=name,
    )
