"""The way of a message: routed into queues, given out, settled, returned or dead-lettered. The lock is always held."""

from __future__ import annotations

import secrets
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter

from shared.messaging.embedded.dead_letter import EXCHANGE_ARGUMENT, dead_letter_of, goes_in_circles
from shared.messaging.embedded.exchange import Exchange
from shared.messaging.embedded.message import Entry, Message
from shared.messaging.embedded.message_queue import MessageQueue
from shared.messaging.embedded.refusal import PRECONDITION_FAILED, refusal
from shared.messaging.embedded.routing import DEFAULT, Routing
from shared.messaging.embedded.session import ChannelState, Consumer, Delivery
from shared.messaging.embedded.store import DurableState

REPLY_TO = "amq.rabbitmq.reply-to"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a publish. ``mark`` is to be synced before the publisher is told that it is safe."""

    routed: bool
    accepted: bool = True
    mark: int = 0


class Deliveries:
    """Queues and what moves through them."""

    def __init__(
        self, durable: DurableState, flush_soon: Callable[[], None], wake: Callable[[MessageQueue, float], None]
    ) -> None:
        self.queues: dict[str, MessageQueue] = {}
        self.routing = Routing()
        self.durable = durable
        self.counts: Counter[str] = Counter()
        self._reply_consumers: dict[str, Consumer] = {}
        self._flush_soon = flush_soon
        self._wake = wake

    def publish(self, channel: ChannelState, message: Message) -> Outcome:
        """Route a message into queues. Raises NOT_FOUND for an exchange that does not exist."""
        self.counts["published"] += 1
        if message.properties.get("reply_to") == REPLY_TO:
            message.properties["reply_to"] = self._reply_address(channel)
        if message.exchange == DEFAULT and message.routing_key.startswith(REPLY_TO):
            self._reply(message)
            # As on RabbitMQ a reply counts as unroutable: no queue takes it, though its reader may.
            return Outcome(routed=False)
        return self._store(message, self._targets(message))

    def give_out(self, queue: MessageQueue) -> None:
        """Hand out what waits in a queue."""
        queue.give_out(time.monotonic())

    def subscribe(self, consumer: Consumer) -> None:
        """Start a consumer; its queue begins to flow."""
        consumer.channel.consumers[consumer.tag] = consumer
        queue = consumer.queue
        if queue is None:
            token = secrets.token_urlsafe(16)
            consumer.channel.reply_token = token
            self._reply_consumers[token] = consumer
            return
        queue.consumers.append(consumer)
        queue.had_consumer = True
        self.give_out(queue)

    def unsubscribe(self, consumer: Consumer) -> None:
        """Stop a consumer. What its client has not read yet goes back; what it has read it may still settle."""
        channel, queue = consumer.channel, consumer.queue
        channel.consumers.pop(consumer.tag, None)
        if queue is None:
            self._reply_consumers.pop(channel.reply_token or "", None)
            channel.reply_token = None
            return
        if consumer in queue.consumers:
            queue.consumers.remove(consumer)
        queue.last_used = time.monotonic()
        self.give_back([d for d in channel.unsettled.values() if d.consumer is consumer and not d.seen])
        queue.watch()

    def get(self, channel: ChannelState, queue: MessageQueue, *, no_ack: bool) -> Delivery | None:
        """Take one entry out of a queue, if there is one."""
        queue.last_used = now = time.monotonic()
        entry = queue.take(now)
        if entry is None:
            return None
        channel.last_tag += 1
        delivery = Delivery(channel, None, channel.last_tag, entry, queue, entry.redelivered)
        if no_ack:
            self.settle(queue, entry)
        else:
            channel.unsettled[delivery.tag] = delivery
            channel.outstanding += 1
            queue.unacked += 1
            self.mark_seen(delivery)
        queue.watch()
        return delivery

    def mark_seen(self, delivery: Delivery) -> None:
        """Note that the client has a delivery in hand."""
        delivery.seen = True
        queue = delivery.queue
        if queue is not None and queue.delivery_limit is not None and self.durable.seen(delivery.entry):
            self._flush_soon()

    def acknowledge(self, deliveries: Iterable[Delivery]) -> None:
        """Settle deliveries and let their queues flow on."""
        self.counts["acknowledged"] += self._release(
            deliveries, lambda queue, entries: self._settle_all(queue, entries)
        )

    def reject(self, deliveries: Iterable[Delivery]) -> None:
        """Dead-letter deliveries a client does not want."""
        self._release(deliveries, lambda queue, entries: self._bury_all(queue, entries, "rejected"))

    def give_back(self, deliveries: Iterable[Delivery]) -> None:
        """Return deliveries to their places; above the delivery limit they are dead-lettered instead."""
        self._release(deliveries, self._return_all)

    def settle(self, queue: MessageQueue, entry: Entry) -> None:
        """Forget an entry that is done with."""
        if self.durable.settled(entry):
            self._flush_soon()

    def bury(self, queue: MessageQueue, entry: Entry, reason: str) -> None:
        """Dead-letter an entry, or drop it where there is no dead-letter exchange."""
        self.counts[
            f"dead-lettered: {reason}" if EXCHANGE_ARGUMENT in queue.shape.arguments else f"dropped: {reason}"
        ] += 1
        letter = dead_letter_of(entry.message, queue, reason)
        if letter is not None:
            targets = self._targets(letter, strict=False)
            self._store(letter, [target for target in targets if not goes_in_circles(letter, target.name)])
        self.settle(queue, entry)

    def wake(self, queue: MessageQueue, instant: float) -> None:
        """Have the queue ticked later."""
        self._wake(queue, instant)

    def _targets(self, message: Message, *, strict: bool = True) -> list[MessageQueue]:
        if message.exchange == DEFAULT:
            queue = self.queues.get(message.routing_key)
            return [] if queue is None else [queue]
        exchange: Exchange | None = (
            self.routing.get(message.exchange) if strict else self.routing.find(message.exchange)
        )
        if exchange is None:
            return []
        names = self.routing.queues_for(exchange, message.routing_key, message.headers)
        return [self.queues[name] for name in names if name in self.queues]

    def _store(self, message: Message, targets: list[MessageQueue]) -> Outcome:
        if any(queue.refuses_when_full and queue.is_full() for queue in targets):
            return Outcome(routed=True, accepted=False)
        now = time.monotonic()
        places = [
            (queue, Entry(self.durable.new_identifier(), message, queue.deadline_for(message, now)))
            for queue in targets
        ]
        mark = self.durable.arrived(message, places)
        if mark:
            self._flush_soon()
        for queue, entry in places:
            queue.put(entry, now)
        return Outcome(bool(places), mark=mark)

    def _reply_address(self, channel: ChannelState) -> str:
        if channel.reply_token is None:
            raise refusal(PRECONDITION_FAILED, "fast reply consumer does not exist")
        return f"{REPLY_TO}.{channel.reply_token}"

    def _reply(self, message: Message) -> None:
        consumer = self._reply_consumers.get(message.routing_key[len(REPLY_TO) + 1 :])
        if consumer is not None:
            channel = consumer.channel
            channel.last_tag += 1
            channel.session.push(Delivery(channel, consumer, channel.last_tag, Entry(0, message, None), None, False))

    def _release(self, deliveries: Iterable[Delivery], dispose: Callable[[MessageQueue, list[Delivery]], None]) -> int:
        by_queue: dict[MessageQueue, list[Delivery]] = {}
        count = 0
        for delivery in deliveries:
            count += 1
            delivery.void = True
            delivery.channel.unsettled.pop(delivery.tag, None)
            delivery.channel.outstanding -= 1
            if delivery.consumer is not None:
                delivery.consumer.outstanding -= 1
            if delivery.queue is not None:
                delivery.queue.unacked -= 1
                by_queue.setdefault(delivery.queue, []).append(delivery)
        for queue, released in by_queue.items():
            dispose(queue, released)
            if self.queues.get(queue.name) is queue:
                self.give_out(queue)
        return count

    def _settle_all(self, queue: MessageQueue, deliveries: list[Delivery]) -> None:
        queue.acknowledged += len(deliveries)
        for delivery in deliveries:
            self.settle(queue, delivery.entry)

    def _bury_all(self, queue: MessageQueue, deliveries: list[Delivery], reason: str) -> None:
        for delivery in deliveries:
            self.bury(queue, delivery.entry, reason)

    def _return_all(self, queue: MessageQueue, deliveries: list[Delivery]) -> None:
        if self.queues.get(queue.name) is not queue:
            self._settle_all(queue, deliveries)
            return
        staying: list[Entry] = []
        for delivery in deliveries:
            entry = delivery.entry
            if delivery.seen:
                entry.failures += 1
                entry.redelivered = True
            if queue.is_hopeless(entry):
                self.bury(queue, entry, "delivery_limit")
            else:
                staying.append(entry)
        queue.put_back(sorted(staying, key=attrgetter("identifier")))
