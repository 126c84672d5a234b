"""The port to leases: one replica at a time does a thing; storage implements it."""

from __future__ import annotations

import os
import socket
import time
from datetime import timedelta
from typing import Any, Protocol
from uuid import uuid4


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
    """Holds one lease and renews it when a third of its time is over.

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
        if self._lease is not None and now < self._ask_at:
            return True
        self._lease = None
        self._lease = self._leases.acquire(self._name, self._holder, self._ttl)
        self._ask_at = now + self._ttl.total_seconds() / 3
        return self._lease is not None

    def resign(self) -> None:
        """Let another replica lead at once."""
        lease, self._lease = self._lease, None
        if self._leases is not None and lease is not None:
            self._leases.release(lease)
