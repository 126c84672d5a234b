"""The event entrypoint: ``@handles(EVENT)``, which never loses an event to an exception (P1, P2)."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

from eventlet.event import Event as Signal
from kombu.message import Message
from nameko.exceptions import ContainerBeingKilled
from nameko.extensions import Entrypoint, register_entrypoint

from shared.context import Context
from shared.contracts.event import Event
from shared.contracts.schema import load
from shared.errors import Fault, Malformed
from shared.messaging import cloud_event, naming, quarantine, suspects
from shared.messaging.call import Delivery
from shared.messaging.consumer import DrainingConsumer
from shared.messaging.outgoing import Outgoing
from shared.messaging.outlet import Outlet
from shared.messaging.retry import ATTEMPT_HEADER, RetryLadder, Verdict, attempt_of, classify
from shared.messaging.time_limit import bounded
from shared.messaging.topology import DEFAULT_HANDLER, Subscription, Topology
from shared.messaging.workers import Workers
from shared.observability.trace import child_traceparent
from shared.security.caller import service_caller

_log = logging.getLogger(__name__)

DEFAULT_HANDLER_SECONDS = 60.0


class Handles(Entrypoint):  # type: ignore[misc]  # nameko has no types
    """One handler of one type of event, with a queue, a retry ladder and a quarantine behind it."""

    consumer = DrainingConsumer()
    outlet = Outlet()
    workers = Workers()

    def __init__(self, event: Event, name: str | None = None) -> None:
        super().__init__(expected_exceptions=(Fault,))
        self.event = event
        self.handler = name or DEFAULT_HANDLER
        self.queue: Any = None

    def setup(self) -> None:
        """Declare the queue with the arguments topology knows (P9) and start consuming."""
        config = self.container.config
        self._service = self.container.service_name
        self._ladder = RetryLadder.from_config(config)
        self._trials: suspects.Trials | None = config.get("trials")
        self._seconds = float(config.get("handler_timeout") or DEFAULT_HANDLER_SECONDS)
        self.queue = Topology.from_config(config).handler_queue(
            Subscription(self._service, self.event.type, self.handler)
        )
        self.consumer.register_provider(self)

    def stop(self) -> None:
        """Stop consuming; what is in work finishes."""
        self.consumer.stopping = True
        self.consumer.unregister_provider(self)

    def receive(self, message: Message) -> None:
        """Read the event and run the handler when a place is free."""
        try:
            delivery = self._delivery(message)
        except Exception as error:
            self._fail(message, error)
            return
        if self._trials is not None and suspects.is_suspect(message.headers):
            self.consumer.aside(message, partial(self._try_alone, message, delivery, self._trials))
        elif self.workers.events.acquire(blocking=False):
            self._start(message, delivery)
        else:
            self.consumer.aside(message, partial(self._wait_and_start, message, delivery))

    def unreadable(self, message: Message, error: Exception) -> None:
        """Quarantine what kombu could not unpack (P2)."""
        self._fail(message, Malformed("事件无法读取", "the event cannot be read"))

    def _wait_and_start(self, message: Message, delivery: Delivery) -> None:
        self.workers.events.acquire()
        self._start(message, delivery)

    def _try_alone(self, message: Message, delivery: Delivery, trials: suspects.Trials) -> None:
        key = f"{delivery.handler}:{delivery.event_id}"
        with self.workers.suspects:
            if self.consumer.stopping:
                self.consumer.once_cancelled(partial(self.consumer.give_back, message))
                return
            try:
                begun = trials.begin(key)
            except Fault as away:  # given back, it would soon have come back too often
                self._fail(message, away)
                return
            try:
                if begun > suspects.MOST_TRIALS:
                    self._put_aside(message, "crashed-repeatedly", suspects.killed_again())
                else:
                    _log.warning("%s: %s came back twice and is tried alone", self.queue.name, delivery.event_id)
                    self._run_alone(message, delivery)
            finally:  # also where a stop is in the way: only a process that ends by the event leaves its note
                with suppress(Fault):  # a note that stays runs out after a day
                    trials.end(key)

    def _run_alone(self, message: Message, delivery: Delivery) -> None:
        self.workers.events.acquire()
        ended = Signal()
        self._spawn(delivery, partial(self._on_end_alone, message, ended))
        ended.wait()

    def _on_end_alone(
        self, message: Message, ended: Signal, worker: Any, result: Any, exc_info: Any
    ) -> tuple[Any, Any]:
        ended.send()
        return self._on_result(message, worker, result, exc_info)

    def _start(self, message: Message, delivery: Delivery) -> None:
        if self.consumer.stopping:  # P6: not begun, so somebody else's
            self.workers.events.release()
            self.consumer.once_cancelled(partial(self.consumer.give_back, message))
            return
        try:
            self._spawn(delivery, partial(self._on_result, message))
        except ContainerBeingKilled:
            self.workers.events.release()
            self.consumer.give_back(message)

    def _spawn(self, delivery: Delivery, on_result: Callable[[Any, Any, Any], tuple[Any, Any]]) -> None:
        # Only now: events that wait for a place behind others would come out of the wait with no time left.
        delivery = replace(delivery, ends_at=time.monotonic() + self._seconds)
        data = {"correlation_id": delivery.context.correlation_id, "traceparent": delivery.context.traceparent}
        self.container.spawn_worker(
            self,
            (delivery,),
            {},
            context_data={name: value for name, value in data.items() if value is not None},
            handle_result=on_result,
        )

    def _on_result(self, message: Message, worker: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
        self.workers.events.release()
        if exc_info is None:
            self.consumer.ack(message)
        else:
            self._fail(message, exc_info[1])
        return result, exc_info

    def _delivery(self, message: Message) -> Delivery:
        envelope = cloud_event.read(message.content_type, message.body)
        if envelope.type != self.event.type:
            raise Malformed(
                f"事件类型为 {envelope.type}，此处只处理 {self.event.type}",
                f"the event is a {envelope.type}, this handler takes {self.event.type}",
            )
        return Delivery(
            event=self.event,
            event_id=envelope.id,
            time=envelope.time,
            subject=envelope.subject,
            data=load(self.event.schema, envelope.data),
            context=Context(
                caller=service_caller(self._service),
                correlation_id=envelope.correlation_id,
                traceparent=child_traceparent(envelope.traceparent),
                caused_by=envelope.traceparent,
            ),
            handler=f"{self._service}.{self.event.type}.{self.handler}",
            attempt=attempt_of(message.headers),
        )

    def _fail(self, message: Message, error: BaseException) -> None:
        verdict, attempt = classify(error), attempt_of(message.headers)
        delay = self._ladder.next_delay(attempt, verdict)
        if delay is None:
            reason = "permanent" if verdict is Verdict.PERMANENT else "gave-up"
            if isinstance(error, Malformed):
                reason = "unreadable"
            _log.error("%s: attempt %d failed for good (%s)", self.queue.name, attempt, quarantine.describe(error))
            self._put_aside(message, reason, error)
        else:
            copy = self._for_retry(message, attempt, delay)
            _log.warning("%s: attempt %d failed (%s), next in %s s", self.queue.name, attempt, verdict, delay)
            self.consumer.aside(message, partial(self._replace, message, copy))

    def _put_aside(self, message: Message, reason: str, error: BaseException) -> None:
        copy = quarantine.for_quarantine(self._service, self.queue.name, message, reason, error)
        self.consumer.aside(message, partial(self._replace, message, copy))

    def _for_retry(self, message: Message, attempt: int, delay: float) -> Outgoing:
        headers = quarantine.kept_headers(message.headers)
        headers.setdefault(quarantine.EXCHANGE, message.delivery_info.get("exchange") or "")
        headers.setdefault(quarantine.ROUTING_KEY, message.delivery_info.get("routing_key") or "")
        headers[ATTEMPT_HEADER] = attempt + 1
        return Outgoing(
            body=quarantine.raw_body(message),
            exchange=naming.retry_exchange(self._service, delay),
            routing_key=self.queue.name,
            headers=headers,
            properties=quarantine.kept_properties(message),
            mandatory=True,
        )

    def _replace(self, message: Message, copy: Outgoing) -> None:
        if self.outlet.publish_or_wait(copy):  # P1: the copy is safe before the original goes
            self.consumer.ack(message)
        else:
            self.consumer.give_back_later(message)


def handles_each(*events: Event) -> Callable[[Callable[[Any, Any], Any]], Callable[[Any, Any], Any]]:
    """Mark one method as a handler of several events; each has a queue of its own."""

    def mark(method: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
        handled = bounded(method)
        for event in events:
            register_entrypoint(handled, Handles(event, None))
        return handled

    return mark


def handles(event: Event, name: str | None = None) -> Callable[[Callable[[Any, Any], Any]], Callable[[Any, Any], Any]]:
    """Mark a method ``(self, delivery: Delivery)`` as a handler of an event.

    ``name`` tells several handlers of one event in one service apart; it is part of the queue's name.
    """

    def mark(method: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
        handled = bounded(method)
        register_entrypoint(handled, Handles(event, name))
        return handled

    return mark
