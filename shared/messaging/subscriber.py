"""Takes events in outside a nameko container, in batches: for a process, such as the gateway, that hosts no service."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from shared.contracts.event import Event
from shared.errors import Malformed, Unavailable
from shared.messaging import cloud_event, naming, quarantine, serializer
from shared.messaging.event_link import EventLink
from shared.messaging.publishing import ConfirmedPublisher
from shared.messaging.retry import Verdict, classify

_log = logging.getLogger(__name__)

_BATCH = 100
_GATHER_SECONDS = 0.1
_PATIENCE_FIRST, _PATIENCE_LAST = 0.2, 10.0
_TRIES_IN_DOUBT = 3
_DOUBT_SECONDS = 30.0
"""How long an event that fails for nobody knows what is tried: as long as a store that starts again may take."""

Envelopes = Sequence[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class _Arrival:
    channel: Any
    message: Any
    envelope: dict[str, Any]


class Subscriber:
    """Hands batches of CloudEvents envelopes to ``handler`` and acknowledges them when it returns.

    Delivery is at least once: the handler drops doubles by ``id``. While the handler fails for something that passes
    (``retry.classify``), the batch waits with growing pauses and nothing further is taken. When it fails for good, the
    events are handled one by one, and the one that fails alone goes to the consumer's quarantine, as does what cannot
    be read (P2); where it is not known whether trying again helps, once ``doubt_seconds`` are over. Several processes
    with the same ``consumer`` share the events between them.
    """

    def __init__(
        self,
        amqp_uri: str,
        consumer: str,
        events: Iterable[Event],
        handler: Callable[[Envelopes], object],
        doubt_seconds: float = _DOUBT_SECONDS,
    ) -> None:
        self._consumer, self._handler, self._doubt_seconds = consumer, handler, doubt_seconds
        self._waiting: queue.Queue[tuple[Any, Any]] = queue.Queue()
        self._link = EventLink(amqp_uri, consumer, tuple(events), lambda channel, message: self._put(channel, message))
        self._aside = ConfirmedPublisher(amqp_uri, f"{consumer}-aside")
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._work, name=f"{consumer}-events", daemon=True)

    @property
    def connected(self) -> bool:
        """Whether events can arrive now, and somebody is there to take them."""
        return self._link.connected and self._thread.is_alive()

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
        self._aside.close()

    def _put(self, channel: Any, message: Any) -> None:
        self._waiting.put((channel, message))

    def _work(self) -> None:
        while not self._closing.is_set():
            batch = self._gather()
            if batch:
                self._take_or_give_back(batch)

    def _take_or_give_back(self, batch: list[tuple[Any, Any]]) -> None:
        """Take a batch; whatever it does to us, the next one is taken too. The broker counts how often it came back."""
        try:
            self._take(batch)
        except Exception:
            _log.exception("taking %d events failed, they go back to the broker", len(batch))
            for channel, message in batch:
                self._answer(channel, "basic_reject", message, True)
            self._closing.wait(_PATIENCE_FIRST)

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
        readable: list[_Arrival] = []
        for channel, message in batch:
            try:
                cloud_event.read("application/json", message.body)
            except Malformed as fault:
                _log.warning("an event cannot be read and goes to quarantine: %s", fault.message.en)
                self._answer(channel, "basic_reject", message, False)
                continue
            readable.append(_Arrival(channel, message, serializer.decode(message.body)))
        if readable:
            self._settle(readable)

    def _settle(self, arrivals: Sequence[_Arrival], doubt_ends: float | None = None) -> None:
        error = self._handled([arrival.envelope for arrival in arrivals], doubt_ends)
        if error is None:
            for arrival in arrivals:
                self._answer(arrival.channel, "basic_ack", arrival.message)
        elif len(arrivals) > 1:
            _log.warning("%d events failed together and are handled one by one", len(arrivals))
            doubt_ends = time.monotonic() + self._doubt_seconds  # all of them have this time together
            for arrival in arrivals:
                if not self._closing.is_set():
                    self._settle([arrival], doubt_ends)
        elif not self._closing.is_set():
            self._put_aside(arrivals[0], error)

    def _handled(self, envelopes: Envelopes, doubt_ends: float | None) -> Exception | None:
        """Wait out what passes. Return ``None`` when handled, else the last failure: for good, or when closing.

        ``doubt_ends`` is when doubt becomes refusal, of the process's clock; ``None`` counts from the first doubt.
        """
        pause, doubts = _PATIENCE_FIRST, 0
        while True:
            try:
                self._handler(envelopes)
                return None
            except Exception as error:  # the store may be away; the broker keeps the events meanwhile
                verdict = classify(error)
                in_vain = verdict is Verdict.PERMANENT
                if verdict is Verdict.UNKNOWN:
                    doubts += 1
                    doubt_ends = doubt_ends or time.monotonic() + self._doubt_seconds
                    is_over = doubts >= _TRIES_IN_DOUBT and time.monotonic() >= doubt_ends
                    in_vain = len(envelopes) > 1 or is_over
                _log.warning("events wait, their handler failed (%s): %s", verdict, quarantine.describe(error))
                if in_vain or self._closing.wait(pause):
                    return error
                pause = min(pause * 2, _PATIENCE_LAST)

    def _put_aside(self, arrival: _Arrival, error: Exception) -> None:
        reason = "permanent" if classify(error) is Verdict.PERMANENT else "gave-up"
        copy = quarantine.for_quarantine(
            self._consumer,
            naming.subscriber_queue(self._consumer),
            arrival.channel.message_to_python(arrival.message),
            reason,
            error,
            into=naming.subscriber_quarantine(self._consumer),
        )
        _log.error("an event goes to quarantine (%s): %s", reason, quarantine.describe(error))
        try:
            self._aside.publish([copy])  # P1: the copy is safe before the original goes
        except Unavailable as trouble:
            _log.warning("the copy could not be published, the event goes back: %s", trouble)
            self._closing.wait(_PATIENCE_FIRST)
            self._answer(arrival.channel, "basic_reject", arrival.message, True)
        else:
            self._answer(arrival.channel, "basic_ack", arrival.message)

    @staticmethod
    def _answer(channel: Any, method: str, message: Any, *more: Any) -> None:
        try:
            getattr(channel, method)(message.delivery_tag, *more)
        except Exception as error:  # a dead channel: the broker delivers again
            _log.debug("acknowledging failed: %s", type(error).__name__)
