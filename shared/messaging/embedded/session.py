"""The broker's side of one connection: its channels, its consumers, and what waits to be read by its client."""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from shared.messaging.embedded.message import Entry, Message
from shared.messaging.embedded.refusal import disconnected

if TYPE_CHECKING:
    from shared.messaging.embedded.message_queue import MessageQueue


@dataclass(eq=False, slots=True)
class ChannelState:
    """One channel: limits, consumers and deliveries nobody has settled yet, oldest first."""

    session: Session
    number: int
    consumer_prefetch: int = 0
    channel_prefetch: int = 0
    outstanding: int = 0
    paused: bool = False
    last_tag: int = 0
    consumers: dict[str, Consumer] = field(default_factory=dict)
    unsettled: dict[int, Delivery] = field(default_factory=dict)
    reply_token: str | None = None


@dataclass(eq=False, slots=True)
class Consumer:
    """A subscription of a channel to a queue."""

    tag: str
    channel: ChannelState
    queue: MessageQueue | None
    no_ack: bool
    exclusive: bool
    prefetch: int
    outstanding: int = 0

    def has_room(self) -> bool:
        """Return whether one more delivery stays within the prefetch limits."""
        channel = self.channel
        if channel.paused:
            return False
        if self.no_ack:
            return True
        return (not self.prefetch or self.outstanding < self.prefetch) and (
            not channel.channel_prefetch or channel.outstanding < channel.channel_prefetch
        )


@dataclass(eq=False, slots=True)
class Delivery:
    """An entry on its way to a consumer. ``seen`` from the moment the client takes it, ``void`` when taken back."""

    channel: ChannelState
    consumer: Consumer | None
    tag: int
    entry: Entry
    queue: MessageQueue | None
    redelivered: bool
    seen: bool = False
    void: bool = False


@dataclass(slots=True)
class Returned:
    """A mandatory message that reached no queue, on its way back to its publisher."""

    channel: ChannelState
    message: Message


@dataclass(slots=True)
class Cancelled:
    """A consumer whose queue is gone."""

    channel: ChannelState
    consumer_tag: str


@dataclass(slots=True)
class Confirmed:
    """A publish that is safely kept (or refused), for a channel that does not wait inside ``basic_publish``."""

    channel: ChannelState
    tag: int
    accepted: bool
    mark: int


Incoming = Delivery | Returned | Cancelled | Confirmed


class Session:
    """What the broker holds for one connection; every method expects the broker's lock to be held."""

    def __init__(self, lock: threading.Lock) -> None:
        self.channels: dict[int, ChannelState] = {}
        self.open = True
        self._inbox: deque[Incoming] = deque()
        self._arrival = threading.Condition(lock)
        self._waiting = 0

    def push(self, incoming: Incoming) -> None:
        """Hand something to the client and wake it."""
        self._inbox.append(incoming)
        if self._waiting:
            self._arrival.notify()

    def open_channel(self) -> ChannelState:
        """Return a new channel with the lowest free number."""
        number = next(n for n in range(1, len(self.channels) + 2) if n not in self.channels)
        channel = self.channels[number] = ChannelState(self, number)
        return channel

    def take(self, timeout: float | None) -> Incoming:
        """Return the next thing for the client, waiting for it. Raises ``TimeoutError`` or the loss of connection."""
        deadline = None if timeout is None else time.monotonic() + timeout
        while self.open:
            while self._inbox:
                incoming = self._inbox.popleft()
                if not (isinstance(incoming, Delivery) and incoming.void):
                    return incoming
            remaining = None if deadline is None else deadline - time.monotonic()
            if remaining is not None and remaining <= 0:
                raise TimeoutError("timed out")
            self._waiting += 1
            try:
                self._arrival.wait(remaining)
            finally:
                self._waiting -= 1
        raise disconnected("drain_events")

    def close(self) -> None:
        """End the session and wake whoever waits on it."""
        self.open = False
        self._inbox.clear()
        self._arrival.notify_all()
