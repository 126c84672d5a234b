"""What an entrypoint hands to a service method."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared.context import Context
from shared.contracts.event import Event
from shared.contracts.operation import Operation


@dataclass(frozen=True, slots=True)
class Call:
    """A checked request: the caller may do this, the request is what the contract says.

    ``request`` is loaded by the contract's schema. ``ends_at`` is a ``time.monotonic`` instant at which the
    handler is interrupted (P23); ``None`` means never, for calls made by hand in tests.
    """

    operation: Operation
    request: dict[str, Any]
    context: Context
    ends_at: float | None = None

    def seconds_left(self) -> float | None:
        """Return the seconds until the handler is interrupted."""
        return None if self.ends_at is None else max(0.0, self.ends_at - time.monotonic())


@dataclass(frozen=True, slots=True)
class Delivery:
    """An event that arrived for one handler.

    ``handler`` is a stable name for the inbox; ``data`` is loaded by the event's schema; ``attempt`` counts from 1.
    """

    event: Event
    event_id: str
    time: datetime
    subject: str | None
    data: dict[str, Any]
    context: Context
    handler: str
    attempt: int = 1
    ends_at: float | None = None

    @property
    def type(self) -> str:
        """The event's type, also its routing key."""
        return self.event.type

    def seconds_left(self) -> float | None:
        """Return the seconds until the handler is interrupted."""
        return None if self.ends_at is None else max(0.0, self.ends_at - time.monotonic())
