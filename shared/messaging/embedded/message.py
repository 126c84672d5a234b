"""Messages at rest: what was published, and its place in one queue."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from amqp.exceptions import FrameSyntaxError

Table = dict[str, Any]
PERSISTENT = 2


class Message:
    """A published message. Shared by every queue it was routed to and never changed."""

    __slots__ = ("body", "exchange", "headers", "properties", "routing_key")

    def __init__(self, exchange: str, routing_key: str, properties: Table, headers: Table | None, body: bytes) -> None:
        self.exchange = exchange
        self.routing_key = routing_key
        self.properties = properties
        self.headers = headers
        self.body = body

    @property
    def persistent(self) -> bool:
        """Whether the publisher asked for it to outlive the broker."""
        return bool(self.properties.get("delivery_mode") == PERSISTENT)

    def time_to_live(self) -> float | None:
        """Return the message's own ``expiration`` in seconds, if it has one."""
        expiration = self.properties.get("expiration")
        return None if expiration is None else int(expiration) / 1000


class Entry:
    """A message's place in one queue. ``deadline`` counts on the monotonic clock; ``size`` is its share of the journal.

    ``identifier`` grows with the order of arrival, so it also says where a returned message belongs.
    """

    __slots__ = ("deadline", "failures", "identifier", "message", "redelivered", "size")

    def __init__(self, identifier: int, message: Message, deadline: float | None, size: int = 0) -> None:
        self.identifier = identifier
        self.message = message
        self.deadline = deadline
        self.failures = 0
        self.redelivered = False
        self.size = size


_ATOMS = (str, int, float, bytes, datetime, Decimal, type(None))


def copy_table(value: Any) -> Any:
    """Return a deep copy of a header table.

    Raises ``FrameSyntaxError`` for a value that AMQP could not carry either, so that what works embedded works on
    RabbitMQ.
    """
    if isinstance(value, dict):
        return {str(key): copy_table(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [copy_table(item) for item in value]
    if isinstance(value, _ATOMS):
        return value
    raise FrameSyntaxError(f"a header holds {value!r} of type {type(value).__name__}, which AMQP cannot carry")
