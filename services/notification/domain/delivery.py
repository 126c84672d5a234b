"""One letter on its way to one recipient by one channel."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

DeliveryState = Literal["queued", "sending", "delivered", "failed", "cancelled"]
STATES: tuple[DeliveryState, ...] = ("queued", "sending", "delivered", "failed", "cancelled")

# Waits before the second, third … attempt. A default of this project: about a day in all, then a person looks.
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=16),
)
CLAIM = timedelta(minutes=10)


class DeliveryClosed(Exception):
    """The delivery is over, or at work, and cannot be tried again; ``state`` says how it stands."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


@dataclass(frozen=True)
class Delivery:
    """Where a delivery stands.

    ``retry_at``: when it may be tried next (``queued``), or when a claim counts as lost (``sending``).
    ``reason``: why the last attempt did not succeed, in both languages.
    """

    state: DeliveryState = "queued"
    attempts: int = 0
    retry_at: datetime | None = None
    reason: dict[str, str] | None = None
    receipt: str | None = None
    delivered_at: datetime | None = None

    def is_due(self, now: datetime) -> bool:
        """Return whether it may be tried now; a claim that was lost with its process may be, too."""
        return self.state in {"queued", "sending"} and (self.retry_at is None or self.retry_at <= now)

    def claim(self, now: datetime) -> Delivery:
        """Return it taken by one sender for ten minutes."""
        return replace(self, state="sending", attempts=self.attempts + 1, retry_at=now + CLAIM)

    def delivered(self, receipt: str, at: datetime) -> Delivery:
        """Return it delivered; ``receipt`` is what the channel can show for it."""
        return replace(self, state="delivered", retry_at=None, reason=None, receipt=receipt, delivered_at=at)

    def missed(self, reason: dict[str, str], now: datetime, final: bool = False) -> Delivery:
        """Return it after a failed attempt: queued again after the next wait, failed after the last or a final one."""
        if final or self.attempts > len(WAITS):
            return replace(self, state="failed", retry_at=None, reason=reason)
        return replace(self, state="queued", retry_at=now + WAITS[max(self.attempts, 1) - 1], reason=reason)

    def retry(self, now: datetime) -> Delivery:
        """Return it queued for now with all attempts before it again. Raises ``DeliveryClosed``, also while it is sent:
        it would be sent twice, and a claim that was lost comes back by itself.
        """
        if self.state in {"delivered", "cancelled", "sending"}:
            raise DeliveryClosed(self.state)
        return replace(self, state="queued", attempts=0, retry_at=now)

    def cancel(self) -> Delivery:
        """Return it cancelled with its letter; what was delivered stays delivered."""
        return self if self.state in {"delivered", "failed"} else replace(self, state="cancelled", retry_at=None)
