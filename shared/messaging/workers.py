"""Places for workers, kept apart for requests and events, so that neither starves the other (P15)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from eventlet.semaphore import Semaphore
from nameko.extensions import SharedExtension


@dataclass(frozen=True, slots=True)
class Places:
    """The places for one kind of message, ``request`` or ``event``: how many are taken, and how many there are."""

    kind: str
    busy: int
    size: int

    @property
    def full(self) -> bool:
        """Whether further messages of this kind wait."""
        return self.busy >= self.size


class Workers(SharedExtension):  # type: ignore[misc]  # nameko has no types
    """Divides a container's ``max_workers``: events get ``event_workers`` (default half), requests the rest.

    A service with only one of the two gives it all. Of ``suspects`` one is tried at a time.
    """

    def setup(self) -> None:
        """Count the places."""
        total, config = int(self.container.max_workers), self.container.config
        taken = {kind for kind, mark in (("event", "event"), ("request", "operation")) if self._has(mark)}
        both = len(taken) == 2
        share = int(config.get("event_workers") or (max(1, total // 2) if both else total))
        sizes = {"event": min(share, total), "request": max(1, total - share) if both else total}
        self.events, self.requests = Semaphore(sizes["event"]), Semaphore(sizes["request"])
        self.suspects = Semaphore(1)
        self._sizes = {kind: size for kind, size in sizes.items() if kind in taken}

    def places(self) -> tuple[Places, ...]:
        """Return the places for each kind of message that the service takes."""
        free = {"event": self.events.counter, "request": self.requests.counter}
        return tuple(Places(kind, size - free[kind], size) for kind, size in self._sizes.items())

    def _has(self, kind: str) -> Any:
        return any(hasattr(entrypoint, kind) for entrypoint in self.container.entrypoints)
