"""Taking every service's events from the broker into the gateway's log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from gateway.events.stream import EventStream
from shared.contracts import ServiceContract
from shared.messaging.subscriber import Subscriber

CONSUMER = "gateway"


def event_intake(amqp_uri: str, contracts: Iterable[ServiceContract], stream: EventStream) -> Subscriber:
    """Return a subscriber, not started yet, that keeps the events of the contracts and wakes this process's streams.

    All gateways share one queue: each event is stored once, and every process finds it in the log.
    """

    def keep(events: Sequence[dict[str, Any]]) -> None:
        if stream.log.append(events):
            stream.nudge()

    return Subscriber(amqp_uri, CONSUMER, [event for contract in contracts for event in contract.events], keep)
