"""What messaging knows about the health of a container (P24); the runner serves it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from shared.messaging.consumer import DrainingConsumer
from shared.messaging.workers import Places, Workers


@dataclass(frozen=True, slots=True)
class MessagingFacts:
    """``connected`` is ``None`` for a service that consumes nothing, which has no ``places`` either."""

    connected: bool | None
    stopping: bool
    unsettled: int
    places: tuple[Places, ...]


def facts_of(container: Any) -> MessagingFacts:
    """Return the facts of a nameko container."""
    consumer = next((one for one in container.extensions if isinstance(one, DrainingConsumer)), None)
    workers = next((one for one in container.extensions if isinstance(one, Workers)), None)
    return MessagingFacts(
        connected=consumer.connected if consumer is not None else None,
        stopping=consumer.stopping if consumer is not None else False,
        unsettled=consumer.unsettled if consumer is not None else 0,
        places=workers.places() if workers is not None else (),
    )
