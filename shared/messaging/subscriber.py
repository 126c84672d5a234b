"""Takes events in outside a nameko container, in batches: for a process, such as the gateway, that hosts no service."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from kombu import Exchange, Queue

from shared.contracts.event import Event
from shared.errors import Malformed
from shared.messaging import cloud_event, naming, serializer
from shared.messaging.link import Link
from shared.messaging.topology import event_exchange

_log = logging.getLogger(__name__)

_BATCH = 100
_GATHER_SECONDS = 0.1
_PREFETCH = 500
_PATIENCE_FIRST, _PATIENCE_LAST = 0.2, 10.0

Envelopes = Sequence[dict[str, Any]]


def subscriber_queue(consumer: str) -> Queue:
    """Return the one queue that collects every event type a subscriber wants; its quarantine stands behind it."""
    return Queue(
        f"{consumer}.events.q1",
        durable=True,
        queue_arguments={
            "x-queue-type": "quorum",
            "x-overflow": "reject-publish",
            "x-dead-letter-strategy": "at-least-once",
            "x-dead-letter-exchange": "",
            "x-dead-letter-routing-key": naming.quarantine_queue(consumer),
        },
    )


class _EventLink(Link):
    def __init__(self, uri: str, consumer: str, events: Sequence[Event], arrived: Callable[[Any, Any], None]) -> None:
        super().__init__(uri, f"{consumer}-events")
        self._consumer, self._events, self._arrived = consumer, events, arrived

    def on_open(self, channel: Any) -> None:
        """Declare the queue, bind it to every wanted type and consume."""
        Queue(naming.quarantine_queue(self._consumer), durable=True, queue_arguments={"x-queue-type": "quorum"})(
            channel
        ).declare()
        own = subscriber_queue(self._consumer)
        own(channel).declare()
        for service in sorted({event.service for event in self._events}):
            Exchange(naming.unroutable_exchange(service), type="fanout", durable=True)(channel).declare()
            event_exchange(service)(channel).declare()
        for event in self._events:
            channel.queue_bind(queue=own.name, exchange=naming.event_exchange(event.service), routing_key=event.type)
        channel.basic_qos(0, _PREFETCH, False)
        channel.basic_consume(queue=own.name, callback=lambda message: self._arrived(channel, message))


class Subscriber:
    """Hands batches of CloudEvents envelopes to ``handler`` and acknowledges them when it returns.

    Delivery is at least once: the handler drops doubles by ``id``. While the handler raises, the batch waits with
    growing pauses and nothing further is taken; what cannot be read goes to the consumer's quarantine (P2).
    Several processes with the same ``consumer`` share the events between them.
    """

    def __init__(
        self, amqp_uri: str, consumer: str, events: Iterable[Event], handler: Callable[[Envelopes], object]
    ) -> None:
        self._handler = handler
        self._waiting: queue.Queue[tuple[Any, Any]] = queue.Queue()
        self._link = _EventLink(amqp_uri, consumer, tuple(events), lambda channel, message: self._put(channel, message))
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._work, name=f"{consumer}-events", daemon=True)

    @property
    def connected(self) -> bool:
        """Whether events can arrive now."""
        return self._link.connected

    def start(self, seconds: float = 10.0) -> None:
        """Connect and begin. Raises ``Unavailable`` when the broker cannot be reached within ``seconds``."""
        self._thread.start()
        self._link.open_channel(seconds)

    def close(self) -> None:
        """Stop taking events; what was not acknowledged will be delivered again."""
        self._closing.set()
        self._link.close()
        if self._thread.ident is not None:
            self._thread.join(5)

    def _put(self, channel: Any, message: Any) -> None:
        self._waiting.put((channel, message))

    def _work(self) -> None:
        while not self._closing.is_set():
            batch = self._gather()
            if batch:
                self._take(batch)

    def _gather(self) -> list[tuple[Any, Any]]:
        try:
            batch = [self._waiting.get(timeout=0.25)]
        except queue.Empty:
            return []
        until = time.monotonic() + _GATHER_SECONDS
        while len(batch) < _BATCH and (left := until - time.monotonic()) > 0:
            try:
                batch.append(self._waiting.get(timeout=left))
            except queue.Empty:
                break
        return batch

    def _take(self, batch: list[tuple[Any, Any]]) -> None:
        readable, envelopes = [], []
        for channel, message in batch:
            try:
                cloud_event.read("application/json", message.body)
            except Malformed as fault:
                _log.warning("an event cannot be read and goes to quarantine: %s", fault.message.en)
                self._answer(channel, "basic_reject", message, False)
                continue
            readable.append((channel, message))
            envelopes.append(serializer.decode(message.body))
        if envelopes and self._handled(envelopes):
            for channel, message in readable:
                self._answer(channel, "basic_ack", message)

    def _handled(self, envelopes: Envelopes) -> bool:
        pause = _PATIENCE_FIRST
        while not self._closing.is_set():
            try:
                self._handler(envelopes)
                return True
            except Exception as error:  # the store may be away; the broker keeps the events meanwhile
                _log.warning("events wait, their handler failed: %s", type(error).__name__)
                self._closing.wait(pause)
                pause = min(pause * 2, _PATIENCE_LAST)
        return False

    @staticmethod
    def _answer(channel: Any, method: str, message: Any, *more: Any) -> None:
        try:
            getattr(channel, method)(message.delivery_tag, *more)
        except Exception as error:  # a dead channel: the broker delivers again
            _log.debug("acknowledging failed: %s", type(error).__name__)
