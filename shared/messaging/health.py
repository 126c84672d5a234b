"""What messaging knows about the health of a container (P24); the runner serves it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from shared.messaging.consumer import DrainingConsumer


@dataclass(frozen=True, slots=True)
class MessagingFacts:
    """``connected`` is ``None`` for a service that consumes nothing. Workers: in use, and the size of the pool."""

    connected: bool | None
    stopping: bool
    unsettled: int
    workers: int
    workers_limit: int

    @property
    def saturated(self) -> bool:
        """Whether every worker is taken, so that further messages wait (P15)."""
        return self.workers >= self.workers_limit


def facts_of(container: Any) -> MessagingFacts:
    """Return the facts of a nameko container."""
    consumer = next((one for one in container.extensions if isinstance(one, DrainingConsumer)), None)
    pool = container._worker_pool
    return MessagingFacts(
        connected=consumer.connected if consumer is not None else None,
        stopping=consumer.stopping if consumer is not None else False,
        unsettled=consumer.unsettled if consumer is not None else 0,
        workers=pool.running(),
        workers_limit=pool.size,
    )
