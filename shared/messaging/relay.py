"""Moves events from outboxes to the broker: publish, confirm, then remove (P11, P12)."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any, Protocol
from uuid import uuid4

from shared.errors import Unavailable
from shared.messaging import naming, serializer
from shared.messaging.leases import Leadership, Leases, new_holder
from shared.messaging.outgoing import Outgoing
from shared.messaging.publishing import ConfirmedPublisher

_log = logging.getLogger(__name__)

BATCH = 200
# How long events wait when a leader is killed. Three renewals fit in; one that comes too late costs doubles, which
# inboxes know, and nothing else.
_LEASE = timedelta(seconds=6)
_BACKOFF_FIRST, _BACKOFF_LAST = 0.2, 10.0


class OutboxRow(Protocol):
    """One event waiting to leave; may also have ``headers`` for the message."""

    @property
    def id(self) -> Any:
        """What ``remove`` knows the row by."""

    @property
    def type(self) -> str:
        """The event's type, also its routing key."""

    @property
    def body(self) -> bytes | str | Mapping[str, Any]:
        """The CloudEvents envelope, encoded or not."""


class Outbox(Protocol):
    """Where a service's transactions leave their events; storage implements it."""

    def pending(self, limit: int) -> Sequence[OutboxRow]:
        """Return the oldest rows, in order."""

    def remove(self, ids: Sequence[Any]) -> object:
        """Forget rows that are published."""


class _RelayLink(ConfirmedPublisher):
    """Publishes for the relay, and listens for nudges of replicas that do not lead."""

    def __init__(self, uri: str, names: Sequence[str], nudged: Callable[[], None]) -> None:
        super().__init__(uri, f"relay:{'+'.join(names)}")
        self._names = names
        self._nudged = nudged

    def on_open(self, channel: Any) -> None:
        """Confirms on, and a queue of one's own for nudges."""
        super().on_open(channel)
        channel.exchange_declare(exchange=naming.NUDGES, type="direct", durable=True, auto_delete=False)
        queue = f"{naming.NUDGES}.{uuid4().hex}"
        channel.queue_declare(queue=queue, exclusive=True, auto_delete=True, durable=False)
        for name in self._names:
            channel.queue_bind(queue=queue, exchange=naming.NUDGES, routing_key=name)
        channel.basic_consume(
            queue=queue, no_ack=True, callback=lambda message: self._nudged(), consumer_tag=f"nudges-{uuid4().hex}"
        )


class Relay:
    """Publishes the rows of outboxes in order, woken by ``nudge`` after a commit, else every ``poll`` seconds.

    Works in a thread of its own, a greenlet where the process is patched. ``outboxes`` maps a service's name to its
    outbox; with ``leases`` (by the same names) one replica at a time publishes it, and a nudge on another replica
    reaches the leader through the broker. ``published``, ``lag`` (seconds since all outboxes were last seen empty)
    and ``connected`` are health facts (P24).
    """

    def __init__(
        self,
        outboxes: Mapping[str, Outbox],
        amqp_uri: str,
        leases: Mapping[str, Leases] | None = None,
        poll: float = 0.5,
        lease_ttl: timedelta = _LEASE,
    ) -> None:
        self._outboxes = dict(outboxes)
        holder = new_holder()
        self._leadership = {
            name: Leadership(leases[name] if leases is not None else None, f"relay:{name}", holder, lease_ttl)
            for name in outboxes
        }
        self._poll = poll
        self._woken = threading.Event()
        self._publisher = _RelayLink(amqp_uri, sorted(outboxes), self._woken.set)
        self._called: set[str] = set()
        self._swept_at = float("-inf")
        self._stopping = False
        self._thread: threading.Thread | None = None
        self._empty_at = time.monotonic()
        self.published = 0

    @property
    def connected(self) -> bool:
        """Whether the broker connection stands; it is made for the first event."""
        return self._publisher.connected

    @property
    def lag(self) -> float:
        """Seconds since this relay last found its outboxes empty."""
        return time.monotonic() - self._empty_at

    def start(self) -> None:
        """Begin to work in the background."""
        self._thread = threading.Thread(target=self._run, name="relay", daemon=True)
        self._thread.start()

    def nudge(self, name: str | None = None) -> None:
        """Say that this process committed events to the outbox ``name``, or to any; cheap, for ``store.on_commit``."""
        self._called.update(self._outboxes if name is None else (name,))
        self._woken.set()

    def flush(self) -> int:
        """Publish what waits now and return how many; what the stop order calls last. Raises ``Unavailable``."""
        called, self._called = self._called, set()
        self._swept_at = time.monotonic()
        return self._flush(self._outboxes, called)

    def _flush_called(self) -> int:
        # Between two sweeps only those are looked at that were called: five idle outboxes cost five queries a nudge.
        if not self._called or time.monotonic() - self._swept_at >= self._poll:
            return self.flush()
        called, self._called = self._called, set()
        return self._flush(called, called)

    def _flush(self, names: Iterable[str], called: Container[str]) -> int:
        moved, empty = 0, True
        for name in names:
            if self._leadership[name].leads():
                moved += self._drain(name, self._outboxes[name])
            elif name in called:
                self._publisher.publish([Outgoing(b"", naming.NUDGES, name)])
                empty = False
        if empty:
            self._empty_at = time.monotonic()
        return moved

    def stop(self, seconds: float = 5.0) -> None:
        """Publish what still waits, if broker and store answer, let another replica lead, and end."""
        self._stopping = True
        self._woken.set()
        if self._thread is not None:
            self._thread.join(seconds)
        try:
            if self._publisher.connected and not (self._thread and self._thread.is_alive()):
                self.flush()
            for leadership in self._leadership.values():
                leadership.resign()
        except Exception as trouble:
            _log.warning("the relay left events for the next start: %s", trouble)
        self._publisher.close()

    def _run(self) -> None:
        backoff = _BACKOFF_FIRST
        with suppress(Unavailable):
            self._publisher.open_channel(0)  # connects in the background: a leader hears nudges from the start
        while not self._stopping:
            self._woken.clear()
            try:
                self._flush_called()
            except Exception as trouble:  # broker or store away: wait and go on, the rows are safe
                _log.warning("the relay could not publish, next try in %.1f s: %s", backoff, trouble)
                self._pause(backoff)
                backoff = min(backoff * 2, _BACKOFF_LAST)
            else:
                backoff = _BACKOFF_FIRST
                self._woken.wait(self._poll)

    def _pause(self, seconds: float) -> None:
        ends = time.monotonic() + seconds
        while not self._stopping and time.monotonic() < ends:  # nudges do not shorten a backoff
            time.sleep(min(0.1, seconds))

    def _drain(self, name: str, outbox: Outbox) -> int:
        moved = 0
        while self._leadership[name].leads() and (rows := outbox.pending(BATCH)):
            self._publisher.publish([_outgoing(row) for row in rows])
            # P11: a crash right here publishes these rows again; inboxes know them by their event id.
            outbox.remove([row.id for row in rows])
            moved += len(rows)
            self.published += len(rows)
            if len(rows) < BATCH:
                break  # what came meanwhile has nudged
        return moved


def _outgoing(row: OutboxRow) -> Outgoing:
    body = row.body
    encoded = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else serializer.encode(body)
    return Outgoing(
        body=encoded,
        exchange=naming.event_exchange(row.type.split(".", 1)[0]),
        routing_key=row.type,
        headers=dict(getattr(row, "headers", None) or {}),
        properties={
            "content_type": serializer.CONTENT_TYPE,
            "content_encoding": serializer.CONTENT_ENCODING,
            "delivery_mode": 2,
            "type": row.type,
        },
    )
