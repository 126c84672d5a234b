"""The broker's refusals, as py-amqp raises them, so that callers need not know which broker answers."""

from __future__ import annotations

from typing import Any

from amqp.exceptions import ChannelError, RecoverableConnectionError, error_for_code

NO_ROUTE = 312
ACCESS_REFUSED = 403
NOT_FOUND = 404
RESOURCE_LOCKED = 405
PRECONDITION_FAILED = 406

_LABELS = {
    ACCESS_REFUSED: "ACCESS_REFUSED",
    NOT_FOUND: "NOT_FOUND",
    RESOURCE_LOCKED: "RESOURCE_LOCKED",
    PRECONDITION_FAILED: "PRECONDITION_FAILED",
}


def refusal(code: int, text: str) -> ChannelError:
    """Return the channel error for an AMQP reply code."""
    label = _LABELS.get(code)
    error: ChannelError = error_for_code(code, f"{label} - {text}" if label else text, None, ChannelError)
    return error


def unroutable() -> ChannelError:
    """Return what py-amqp hands to ``basic_return`` for a mandatory message without a queue."""
    error: ChannelError = error_for_code(NO_ROUTE, "NO_ROUTE", (60, 50), ChannelError)
    return error


def disconnected(what: str) -> RecoverableConnectionError:
    """Return the error of using a connection that is gone."""
    return RecoverableConnectionError(f"{what}: the connection to the embedded broker is closed")


def require_same(kind: str, name: str, existing: dict[str, Any], wanted: dict[str, Any]) -> None:
    """Raise PRECONDITION_FAILED when a redeclaration differs from what exists, naming the first difference."""
    for argument in sorted(existing.keys() | wanted.keys()):
        if existing.get(argument) != wanted.get(argument):
            raise refusal(
                PRECONDITION_FAILED,
                f"inequivalent arg '{argument}' for {kind} '{name}': received {wanted.get(argument)!r} "
                f"but current is {existing.get(argument)!r}",
            )
