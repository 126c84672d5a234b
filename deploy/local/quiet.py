"""How far the embedded stack has come with what it was given: counters, and whether nothing is under way."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from shared.messaging.embedded.broker import Broker, Depth

_LEFT_LYING = (".quarantine.", ".unroutable.")
_WAITING_TO_RETRY = ".retry."
_HANDLER = re.compile(r"\.v\d+\.[^.]+\.q\d+$")


@dataclass(frozen=True, slots=True)
class Tally:
    """Events since the data directory was made, restarts included."""

    published: int = 0
    handled: int = 0
    quarantined: int = 0

    def after(self, earlier: Tally) -> Tally:
        """Return the counters with those of earlier runs; what lies in quarantine is a state, not a sum."""
        return Tally(self.published + earlier.published, self.handled + earlier.handled, self.quarantined)

    def to_wire(self) -> dict[str, int]:
        """Return the counters as JSON."""
        return {"published": self.published, "handled": self.handled, "quarantined": self.quarantined}


class Progress:
    """Counts events and sees when all is quiet.

    ``published`` says how many events the relay has published in this process; ``outboxes`` how many wait to leave.
    """

    def __init__(
        self, broker: Broker, published: Callable[[], int], outboxes: Mapping[str, Callable[[], int]], kept: Path
    ) -> None:
        self._broker = broker
        self._published = published
        self._outboxes = outboxes
        self._kept = kept
        self._before = _read(kept)

    def tally(self) -> Tally:
        """Return the counters now.

        An event is handled when its handler settled it; one that was sent to a retry or to quarantine was not. The
        gateway has no handlers, it counts with what lies in its quarantine alone.
        """
        depths = self._broker.depths()
        handlers = {name: depth for name, depth in depths.items() if is_handler(name)}
        services = {_consumer(name) for name in handlers}
        aside = [depth for name, depth in depths.items() if _is_aside(name) and _consumer(name) in services]
        handled = sum(depth.acknowledged for depth in handlers.values()) - sum(depth.arrived for depth in aside)
        quarantined = sum(depth.ready + depth.unacked for name, depth in depths.items() if ".quarantine." in name)
        return Tally(self._published(), max(0, handled), quarantined).after(self._before)

    def is_quiet(self) -> bool:
        """Return whether no event is on its way and no request is being answered.

        Queues are looked at before and after the outboxes: a handler that wrote to an outbox in between was still
        unsettled at the first look, or has moved a counter by the second.
        """
        before = self._under_way()
        if before is None or any(depth() for depth in self._outboxes.values()):
            return False
        return before == self._under_way()

    def keep(self) -> None:
        """Keep the counters for the next start."""
        fresh = self._kept.with_suffix(".new")
        fresh.write_text(json.dumps(self.tally().to_wire()) + "\n")
        fresh.replace(self._kept)

    def to_wire(self) -> dict[str, object]:
        """Return counters, quiet or not, and what is not empty."""
        busy = {
            name: {"ready": depth.ready, "unacked": depth.unacked}
            for name, depth in self._broker.depths().items()
            if depth.ready or depth.unacked
        }
        return {"quiet": self.is_quiet(), "events": self.tally().to_wire(), "queues": busy}

    def _under_way(self) -> tuple[int, int] | None:
        depths = self._broker.depths()
        if any(_is_busy(name, depth) for name, depth in depths.items()):
            return None
        return sum(depth.arrived for depth in depths.values()), sum(depth.acknowledged for depth in depths.values())


def is_handler(queue: str) -> bool:
    """Return whether a queue feeds the event handler of a service."""
    return _HANDLER.search(queue) is not None


def _is_aside(queue: str) -> bool:
    return ".quarantine." in queue or _WAITING_TO_RETRY in queue


def _consumer(queue: str) -> str:
    return queue.partition(".")[0]


def _is_busy(queue: str, depth: Depth) -> bool:
    return bool(depth.ready or depth.unacked) and not any(mark in queue for mark in _LEFT_LYING)


def _read(kept: Path) -> Tally:
    try:
        return Tally(**json.loads(kept.read_text()))
    except (FileNotFoundError, ValueError, TypeError):
        return Tally()
