"""Dead letters: the message as it is published on, and the ``x-death`` history it carries."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from shared.messaging.embedded.message import Message, Table, copy_table
from shared.messaging.embedded.message_queue import MessageQueue

EXCHANGE_ARGUMENT = "x-dead-letter-exchange"
KEY_ARGUMENT = "x-dead-letter-routing-key"
_BY_CLIENT = "rejected"


def dead_letter_of(message: Message, queue: MessageQueue, reason: str) -> Message | None:
    """Return the message to publish on, or ``None`` where the queue has no dead-letter exchange.

    As on RabbitMQ its own expiration is dropped (and kept in ``x-death``), so that it does not expire again.
    """
    exchange = queue.shape.arguments.get(EXCHANGE_ARGUMENT)
    if exchange is None:
        return None
    key = queue.shape.arguments.get(KEY_ARGUMENT, message.routing_key)
    properties = {name: value for name, value in message.properties.items() if name != "expiration"}
    return Message(exchange, key, properties, _with_death(message, queue, reason), message.body)


def goes_in_circles(message: Message, queue_name: str) -> bool:
    """Return whether it died in this queue before and no client ever rejected it: such a cycle would never end."""
    deaths: list[Table] = (message.headers or {}).get("x-death") or []
    return any(death.get("queue") == queue_name for death in deaths) and all(
        death.get("reason") != _BY_CLIENT for death in deaths
    )


def _with_death(message: Message, queue: MessageQueue, reason: str) -> Table:
    headers: Table = copy_table(message.headers or {})
    history = headers.get("x-death")
    deaths: list[Table] = history if isinstance(history, list) else []
    same = [death for death in deaths if death.get("queue") == queue.name and death.get("reason") == reason]
    death: Table = same[0] if same else _first_death(message, queue, reason)
    death["count"] += 1
    headers["x-death"] = [death, *(other for other in deaths if other is not death)]
    headers.setdefault("x-first-death-reason", reason)
    headers.setdefault("x-first-death-queue", queue.name)
    headers.setdefault("x-first-death-exchange", message.exchange)
    return headers


def _first_death(message: Message, queue: MessageQueue, reason: str) -> dict[str, Any]:
    death = {
        "count": 0,
        "reason": reason,
        "queue": queue.name,
        "time": datetime.now(UTC).replace(microsecond=0, tzinfo=None),
        "exchange": message.exchange,
        "routing-keys": [message.routing_key],
    }
    expiration = message.properties.get("expiration")
    return death if expiration is None else {**death, "original-expiration": expiration}
