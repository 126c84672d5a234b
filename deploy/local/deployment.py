"""How far a platform that runs elsewhere has come with what it was given, seen from its broker and its databases."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Mapping

from amqp.exceptions import NotFound

from deploy.local.quiet import Tally
from shared.contracts import ServiceContract
from shared.messaging import transport
from shared.messaging.topology import subscriptions_of
from shared.runtime.expectation import expected_queues
from shared.storage import Store

_STEADY_SECONDS, _UNSURE_SECONDS = 2.0, 15.0
"""A broker tells what waits, not what is in work: all is quiet when nothing waited and nothing was done for so long.

Longer when more events that went out are not taken in than when it was quiet before: one may be in work all the while.
Some never are: there are handlers that have nothing to do.
"""
_LEFT_LYING = (".quarantine.", ".unroutable.")


class Deployment:
    """The broker's queues and the services' databases of one deployment."""

    def __init__(self, amqp_uri: str, contracts: Iterable[ServiceContract], stores: Mapping[str, Store]) -> None:
        self._amqp_uri = amqp_uri
        known = list(contracts)
        self._queues = expected_queues(known)
        self._takers = Counter(each.event_type for contract in known for each in subscriptions_of(contract))
        self._stores = stores
        self._seen: Tally | None = None
        self._steady_since = 0.0
        self._behind = 0

    def to_wire(self) -> dict[str, object]:
        """Return counters, whether all is quiet, and the queues that are not empty."""
        waiting = self._waiting()
        tally = Tally(
            published=sum(store.outbox.published() for store in self._stores.values()),
            handled=sum(store.inbox.depth() for store in self._stores.values()),
            quarantined=sum(count for name, count in waiting.items() if ".quarantine." in name),
        )
        leaving = sum(store.outbox.depth() for store in self._stores.values())
        under_way = [name for name in waiting if not any(mark in name for mark in _LEFT_LYING)]
        if leaving or under_way or tally != self._seen:
            self._seen, self._steady_since = tally, time.monotonic()
        behind = self._due() - tally.handled - tally.quarantined
        patience = _STEADY_SECONDS if behind <= self._behind else _UNSURE_SECONDS
        quiet = time.monotonic() - self._steady_since >= patience
        if quiet:
            self._behind = behind
        return {"quiet": quiet, "events": tally.to_wire(), "queues": waiting}

    def _due(self) -> int:
        """Return how many times an event that was published lately is to be taken in."""
        published = [store.outbox.published_by_type() for store in self._stores.values()]
        return sum(count * self._takers[kind] for each in published for kind, count in each.items())

    def _waiting(self) -> dict[str, int]:
        found: dict[str, int] = {}
        with transport.connect(self._amqp_uri, "rehearsal") as connection:
            channel = connection.channel()
            for name in self._queues:
                try:
                    count = int(channel.queue_declare(name, passive=True).message_count)
                except NotFound:
                    channel = connection.channel()
                    continue
                if count:
                    found[name] = count
        return found
