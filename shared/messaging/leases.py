"""The port to leases: one replica at a time does a thing; storage implements it."""

from __future__ import annotations

import os
import socket
import time
from datetime import timedelta
from typing import Any, Protocol
from uuid import uuid4

_ASK_AGAIN_SECONDS = 1.0


class Leases(Protocol):
    """Grants a name to one holder for a time."""

    def acquire(self, name: str, holder: str, ttl: timedelta) -> Any:
        """Take or renew a lease; ``None`` when another has it."""

    def release(self, lease: Any) -> None:
        """Give it back early."""


def new_holder() -> str:
    """Return a holder's name that no other process or restart shares."""
    return f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex[:8]}"


class Leadership:
    """Holds one lease and renews it when a third of its time is over; who does not hold it asks once a second.

    ``leases=None``: the only replica, always leading.
    """

    def __init__(self, leases: Leases | None, name: str, holder: str, ttl: timedelta) -> None:
        self._leases, self._name, self._holder, self._ttl = leases, name, holder, ttl
        self._lease: Any = None
        self._ask_at = 0.0

    def leads(self) -> bool:
        """Return whether this replica may act now; asks the store when a third of the time is over."""
        if self._leases is None:
            return True
        now = time.monotonic()
        if now < self._ask_at:
            return self._lease is not None
        self._lease = None
        self._lease = self._leases.acquire(self._name, self._holder, self._ttl)
        third = self._ttl.total_seconds() / 3
        self._ask_at = now + (third if self._lease is not None else min(third, _ASK_AGAIN_SECONDS))
        return self._lease is not None

    def resign(self) -> None:
        """Let another replica lead at once."""
        lease, self._lease, self._ask_at = self._lease, None, 0.0
        if self._leases is not None and lease is not None:
            self._leases.release(lease)
