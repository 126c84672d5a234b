"""Places for workers, kept apart for requests and events, so that neither starves the other (P15)."""

from __future__ import annotations

from typing import Any

from eventlet.semaphore import Semaphore
from nameko.extensions import SharedExtension


class Workers(SharedExtension):  # type: ignore[misc]  # nameko has no types
    """Divides a container's ``max_workers``: events get ``event_workers`` (default half), requests the rest.

    A service with only one of the two gives it all. Of ``suspects`` one is tried at a time.
    """

    def setup(self) -> None:
        """Count the places."""
        total, config = int(self.container.max_workers), self.container.config
        both = self._has("event") and self._has("operation")
        share = int(config.get("event_workers") or (max(1, total // 2) if both else total))
        self.events = Semaphore(min(share, total))
        self.suspects = Semaphore(1)
        self.requests = Semaphore(max(1, total - share) if both else total)

    def _has(self, kind: str) -> Any:
        return any(hasattr(entrypoint, kind) for entrypoint in self.container.entrypoints)
