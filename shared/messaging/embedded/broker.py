"""The broker itself: its lock, its sessions, its start from the journal and its end."""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass
from pathlib import Path

from shared.messaging.embedded.address import Address
from shared.messaging.embedded.declaration import Declarations
from shared.messaging.embedded.delivery import Deliveries
from shared.messaging.embedded.journal import Journal
from shared.messaging.embedded.message_queue import MessageQueue
from shared.messaging.embedded.record import Damage
from shared.messaging.embedded.session import ChannelState, Delivery, Incoming, Session
from shared.messaging.embedded.store import DurableState, remember
from shared.messaging.embedded.timer import Timer

_FLUSH_WITHIN = 0.02


@dataclass(frozen=True, slots=True)
class Depth:
    """How much a queue holds (waiting; given out but not settled), who consumes, and what went through."""

    ready: int
    unacked: int
    consumers: int
    arrived: int
    acknowledged: int


class Broker:
    """A message broker in this process. Safe for threads, and for greenlets where eventlet has patched threads.

    Whoever uses ``declarations`` or ``deliveries`` holds ``lock``.
    """

    def __init__(self, name: str, journal: Path | None = None) -> None:
        self.name = name
        self.lock = threading.Lock()
        self.damages: list[Damage] = []
        self._abandoned: deque[Session] = deque()
        self._sessions: set[Session] = set()
        self._timer = Timer(f"embedded-broker-{name}")
        self._flush_is_due = False
        self._journal = None if journal is None else Journal(journal, self.lock)
        self._durable = DurableState(self._journal)
        self.deliveries = Deliveries(self._durable, self._flush_soon, self._wake)
        self.declarations = Declarations(self.deliveries)
        if self._journal is not None:
            self._recall(self._journal)

    @property
    def journal_path(self) -> Path | None:
        """Where the journal lies."""
        return None if self._journal is None else self._journal.path

    def open_session(self) -> Session:
        """Begin a connection."""
        with self.lock:
            session = Session(self.lock)
            self._sessions.add(session)
            return session

    def abandon(self, session: Session) -> None:
        """End a connection whose client was garbage-collected. Takes no lock: it may run anywhere."""
        self._abandoned.append(session)
        self._timer.at(time.monotonic(), self._bury_abandoned)

    def close_session(self, session: Session) -> None:
        """End a connection: what it had not settled goes back, its own queues go away."""
        with self.lock:
            self._end(session)

    def reset_channel(self, channel: ChannelState) -> None:
        """Give back everything a channel holds, as when it is closed. The lock is held."""
        consumers = list(channel.consumers.values())
        queues = [consumer.queue for consumer in consumers]
        for consumer in consumers:
            self.deliveries.unsubscribe(consumer)
        self.deliveries.give_back(list(channel.unsettled.values()))
        for queue in queues:
            self.declarations.remove_if_deserted(queue)

    def next_for(self, session: Session, timeout: float | None) -> Incoming:
        """Wait for the next delivery, return or cancellation. Raises ``TimeoutError``."""
        with self.lock:
            incoming = session.take(timeout)
            if isinstance(incoming, Delivery):
                self.deliveries.mark_seen(incoming)
            return incoming

    def make_safe(self, mark: int) -> None:
        """Return when a publish is on disk. The lock is not held."""
        if mark and self._journal is not None:
            self._journal.sync(mark)

    def depths(self) -> dict[str, Depth]:
        """Return what every queue holds now."""
        with self.lock:
            return {
                name: Depth(len(queue), queue.unacked, len(queue.consumers), queue.arrived, queue.acknowledged)
                for name, queue in self.deliveries.queues.items()
            }

    def counts(self) -> dict[str, int]:
        """Return how much was published, acknowledged, dead-lettered and dropped since the start, by reason."""
        with self.lock:
            return dict(self.deliveries.counts)

    def sever(self) -> int:
        """Cut every connection, as a lost network does; return how many. For tests and rehearsals."""
        with self.lock:
            sessions = list(self._sessions)
            for session in sessions:
                self._end(session)
            return len(sessions)

    def close(self) -> None:
        """Cut every connection, write what is left and forget everything but the journal."""
        self._timer.close()
        with self.lock:
            for session in list(self._sessions):
                self._end(session)
            if self._journal is not None:
                self._journal.close()

    def _end(self, session: Session) -> None:
        if not session.open:
            return
        for channel in list(session.channels.values()):
            self.reset_channel(channel)
        self._sessions.discard(session)
        session.close()
        self.declarations.remove_owned_by(session)

    def _bury_abandoned(self) -> None:
        while self._abandoned:
            self.close_session(self._abandoned.popleft())

    def _wake(self, queue: MessageQueue, instant: float) -> None:
        self._timer.at(instant, lambda: self._tick(queue))

    def _tick(self, queue: MessageQueue) -> None:
        with self.lock:
            if self.deliveries.queues.get(queue.name) is queue and queue.tick(time.monotonic()):
                self.declarations.remove_queue(queue)

    def _flush_soon(self) -> None:
        if not self._flush_is_due:
            self._flush_is_due = True
            self._timer.at(time.monotonic() + _FLUSH_WITHIN, self._flush)

    def _flush(self) -> None:
        with self.lock:
            self._flush_is_due = False
            if self._journal is not None:
                self._journal.flush()

    def _recall(self, journal: Journal) -> None:
        records, self.damages = journal.replay()
        state = remember(records)
        for exchange in state.exchanges.values():
            self.deliveries.routing.declare(exchange)
        for shape in state.queues.values():
            self.deliveries.queues[shape.name] = MessageQueue(shape, self.deliveries)
        for binding in state.bindings:
            self.deliveries.routing.get(binding.source).bind(binding)
        routing, queues = self.deliveries.routing, self.deliveries.queues
        for kept in state.entries.values():
            self._durable.adopt(kept.entry, kept.queue)
            queues[kept.queue].restore(kept.entry)
        journal.compact_with(lambda: self._durable.snapshot(routing, queues.values()))
        with self.lock:
            for queue in list(queues.values()):
                queue.bury_hopeless()
                queue.watch()


_brokers: dict[str, Broker] = {}
_brokers_lock = threading.Lock()


def broker_at(address: Address) -> Broker:
    """Return this process's broker of that name, starting it on first use.

    Raises ``ValueError`` when it runs already with another journal, ``JournalInUse`` when another process holds it.
    """
    with _brokers_lock:
        broker = _brokers.get(address.name)
        if broker is None:
            broker = _brokers[address.name] = Broker(address.name, address.journal)
        elif address.journal is not None and broker.journal_path != address.journal:
            raise ValueError(f"broker {address.name!r} runs with journal {broker.journal_path}, not {address.journal}")
        return broker


def close_broker(name: str) -> None:
    """Stop a broker; the next connection to its name starts it anew, from its journal where it has one."""
    with _brokers_lock:
        broker = _brokers.pop(name, None)
    if broker is not None:
        broker.close()
