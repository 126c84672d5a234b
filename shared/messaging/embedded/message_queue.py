"""One queue: its order, its limits, and the giving out of its messages to consumers."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from shared.messaging.embedded.message import Entry, Message, Table
from shared.messaging.embedded.session import Consumer, Delivery, Session

DELAY_UNITS = 1000


class Keeper(Protocol):
    """What a queue asks of its broker."""

    def settle(self, queue: MessageQueue, entry: Entry) -> None:
        """Forget an entry that is done with."""

    def bury(self, queue: MessageQueue, entry: Entry, reason: str) -> None:
        """Dead-letter an entry, or drop it where there is no dead-letter exchange."""

    def wake(self, queue: MessageQueue, instant: float) -> None:
        """Call the queue's ``tick`` at an instant of the monotonic clock."""


@dataclass(frozen=True, slots=True)
class QueueShape:
    """How a queue was declared."""

    name: str
    durable: bool = False
    exclusive: bool = False
    auto_delete: bool = False
    arguments: Table = field(default_factory=dict)

    def described(self) -> dict[str, Any]:
        """Return the properties that a redeclaration must repeat."""
        return {
            "durable": self.durable,
            "exclusive": self.exclusive,
            "auto_delete": self.auto_delete,
            **{name: value for name, value in self.arguments.items() if value is not None},
        }

    def seconds(self, argument: str) -> float | None:
        """Return an argument given in milliseconds, in seconds."""
        value = self.arguments.get(argument)
        return None if value is None else int(value) / DELAY_UNITS


class MessageQueue:
    """Messages in order of arrival; a returned one goes back to its old place. The broker's lock is always held."""

    def __init__(self, shape: QueueShape, keeper: Keeper, owner: Session | None = None) -> None:
        self.shape = shape
        self.name = shape.name
        self.owner = owner
        self.consumers: deque[Consumer] = deque()
        self.had_consumer = False
        self.unacked = 0
        self.arrived = 0
        self.acknowledged = 0
        self.time_to_live = shape.seconds("x-message-ttl")
        self.unused_for = shape.seconds("x-expires")
        self.last_used = time.monotonic()
        self.delivery_limit: int | None = shape.arguments.get("x-delivery-limit")
        self.max_length: int | None = shape.arguments.get("x-max-length")
        self._ready: deque[Entry] = deque()
        self._keeper = keeper
        self._next_tick: float | None = None

    def __len__(self) -> int:
        return len(self._ready)

    @property
    def journaled(self) -> bool:
        """Whether persistent messages in it outlive the process."""
        return self.shape.durable and not self.shape.exclusive

    @property
    def refuses_when_full(self) -> bool:
        """Whether a message above ``x-max-length`` is refused instead of the oldest being dropped."""
        return str(self.shape.arguments.get("x-overflow", "")).startswith("reject-publish")

    def last_used_now(self) -> None:
        """Start the wait of ``x-expires`` anew."""
        self.last_used = time.monotonic()

    def is_full(self) -> bool:
        """Return whether one more message would pass ``x-max-length``."""
        return self.max_length is not None and len(self._ready) >= self.max_length

    def deadline_for(self, message: Message, now: float) -> float | None:
        """Return when ``message`` expires here: the shorter of its own and the queue's time to live."""
        lives = [life for life in (self.time_to_live, message.time_to_live()) if life is not None]
        return now + min(lives) if lives else None

    def put(self, entry: Entry, now: float) -> None:
        """Take in a new entry and give it out if somebody has room."""
        self._ready.append(entry)
        self.arrived += 1
        self.give_out(now)
        if entry.deadline is not None and entry.deadline <= now:
            self.tick(now)
        if self.max_length is not None and not self.refuses_when_full:
            while len(self._ready) > self.max_length:
                self._keeper.bury(self, self._ready.popleft(), "maxlen")

    def restore(self, entry: Entry) -> None:
        """Take in an entry read back from the journal, in the order of reading."""
        self._ready.append(entry)

    def is_hopeless(self, entry: Entry) -> bool:
        """Return whether an entry has failed more often than the delivery limit allows."""
        return self.delivery_limit is not None and entry.failures > self.delivery_limit

    def bury_hopeless(self) -> None:
        """Dead-letter what failed too often; after a restart, this catches the message that ended the process."""
        hopeless = [entry for entry in self._ready if self.is_hopeless(entry)]
        for entry in hopeless:
            self._ready.remove(entry)
            self._keeper.bury(self, entry, "delivery_limit")

    def put_back(self, entries: Iterable[Entry]) -> None:
        """Return entries to their places. ``entries`` in order of arrival."""
        for entry in reversed(list(entries)):
            place = 0  # what was returned before lies at the front, so the place is found after a few steps
            while place < len(self._ready) and self._ready[place].identifier < entry.identifier:
                place += 1
            self._ready.insert(place, entry)

    def take(self, now: float) -> Entry | None:
        """Return the next entry that has not expired, or ``None``."""
        expired: list[Entry] = []
        entry: Entry | None = None
        while self._ready:
            entry = self._ready.popleft()
            if entry.deadline is None or entry.deadline >= now:
                break
            expired.append(entry)
            entry = None
        for late in expired:
            self._keeper.bury(self, late, "expired")
        return entry

    def purge(self) -> int:
        """Drop every waiting entry; return how many there were."""
        count = len(self._ready)
        while self._ready:
            self._keeper.settle(self, self._ready.popleft())
        return count

    def give_out(self, now: float) -> None:
        """Hand waiting entries to consumers with room, in turn."""
        while self._ready and self.consumers:
            consumer = self._next_with_room()
            if consumer is None:
                break
            entry = self.take(now)
            if entry is not None:
                self._deliver(consumer, entry)
        self.watch()

    def watch(self) -> None:
        """Ask to be woken when the first waiting entry expires or, unused, the queue itself."""
        if self._ready and (deadline := self._ready[0].deadline) is not None:
            self._wake_at(deadline)
        if self.unused_for is not None and not self.consumers:
            self._wake_at(self.last_used + self.unused_for)

    def tick(self, now: float) -> bool:
        """Expire what is due; return whether the queue itself has been unused for too long."""
        self._next_tick = None
        expired = []
        while self._ready and (deadline := self._ready[0].deadline) is not None and deadline <= now:
            expired.append(self._ready.popleft())
        for entry in expired:
            self._keeper.bury(self, entry, "expired")
        if self.unused_for is not None and not self.consumers and self.last_used + self.unused_for <= now:
            return True
        self.watch()
        return False

    def _wake_at(self, instant: float) -> None:
        if self._next_tick is None or instant < self._next_tick:
            self._next_tick = instant
            self._keeper.wake(self, instant)

    def _next_with_room(self) -> Consumer | None:
        for _ in range(len(self.consumers)):
            consumer = self.consumers[0]
            self.consumers.rotate(-1)
            if consumer.has_room():
                return consumer
        return None

    def _deliver(self, consumer: Consumer, entry: Entry) -> None:
        channel = consumer.channel
        channel.last_tag += 1
        delivery = Delivery(channel, consumer, channel.last_tag, entry, self, entry.redelivered)
        if consumer.no_ack:
            self._keeper.settle(self, entry)
        else:
            channel.unsettled[channel.last_tag] = delivery
            channel.outstanding += 1
            consumer.outstanding += 1
            self.unacked += 1
        channel.session.push(delivery)
