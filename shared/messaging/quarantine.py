"""Where messages go that cannot be worked: raw body and headers kept, with the reason beside them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from kombu.message import Message

from shared.errors import Fault
from shared.messaging import naming
from shared.messaging.outgoing import Outgoing
from shared.messaging.retry import ATTEMPT_HEADER, attempt_of

QUEUE = "diaoxun-queue"
REASON = "diaoxun-reason"
ERROR = "diaoxun-error"
AT = "diaoxun-at"
EXCHANGE = "diaoxun-exchange"
ROUTING_KEY = "diaoxun-routing-key"
OWN_HEADERS = frozenset({QUEUE, REASON, ERROR, AT, EXCHANGE, ROUTING_KEY, ATTEMPT_HEADER})
_BROKER_HEADERS = frozenset(
    {"x-death", "x-first-death-queue", "x-first-death-reason", "x-first-death-exchange", "x-delivery-count"}
)
_KEPT_PROPERTIES = ("content_type", "content_encoding", "correlation_id", "reply_to", "message_id", "type")


def for_quarantine(
    service: str, queue: str, message: Message, reason: str, error: BaseException, *, into: str | None = None
) -> Outgoing:
    """Return the copy of a message for the service's quarantine; ``reason`` is a short stable word.

    ``into`` names another quarantine than a service's.
    """
    info = message.delivery_info
    headers = kept_headers(message.headers)
    headers.update(
        {
            QUEUE: queue,
            REASON: reason,
            ERROR: describe(error),
            AT: datetime.now(UTC).isoformat(timespec="milliseconds"),
            EXCHANGE: headers.get(EXCHANGE, info.get("exchange") or ""),
            ROUTING_KEY: headers.get(ROUTING_KEY, info.get("routing_key") or ""),
            ATTEMPT_HEADER: attempt_of(message.headers),
        }
    )
    return Outgoing(
        body=raw_body(message),
        exchange="",
        routing_key=into or naming.quarantine_queue(service),
        headers=headers,
        properties=kept_properties(message),
        mandatory=True,
    )


def raw_body(message: Message) -> bytes:
    """Return the body as bytes, whatever the transport made of it."""
    body = message.body
    if isinstance(body, str):
        return body.encode(message.content_encoding if message.content_encoding in ("utf-8", "ascii") else "utf-8")
    return bytes(body or b"")


def kept_headers(headers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the headers a copy carries on: the broker's own death notes stay behind."""
    return {name: value for name, value in headers.items() if name not in _BROKER_HEADERS}


def kept_properties(message: Message) -> dict[str, Any]:
    """Return the message properties a copy carries on, made durable; never the expiration."""
    kept = {name: message.properties[name] for name in _KEPT_PROPERTIES if message.properties.get(name) is not None}
    return {**kept, "delivery_mode": 2}


def describe(error: BaseException) -> str:
    """Return what may be kept of an error: a fault's code and words, else only its kind (no personal data)."""
    if isinstance(error, Fault):
        return f"{error.code}: {error.message}"
    return type(error).__name__
