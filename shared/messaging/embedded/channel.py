"""The client's side of a channel: py-amqp's methods, spoken to the embedded broker."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from logging import getLogger
from typing import TYPE_CHECKING, Any

import amqp
from amqp.exceptions import ConsumerCancelled, MessageNacked
from kombu.transport import base
from kombu.transport.pyamqp import Message as ReceivedMessage

from shared.messaging.embedded.declaring import DeclaringChannel
from shared.messaging.embedded.delivery import REPLY_TO
from shared.messaging.embedded.message import Message as StoredMessage
from shared.messaging.embedded.message import Table, copy_table
from shared.messaging.embedded.refusal import (
    ACCESS_REFUSED,
    PRECONDITION_FAILED,
    refusal,
    unroutable,
)
from shared.messaging.embedded.session import (
    Cancelled,
    Confirmed,
    Consumer,
    Delivery,
    Incoming,
    Returned,
)

if TYPE_CHECKING:
    pass

_log = getLogger(__name__)


class Channel(DeclaringChannel):
    """A channel of an embedded connection. What is not here, our messaging and nameko's do not use."""

    Message = ReceivedMessage

    def prepare_message(
        self,
        body: Any,
        priority: int | None = None,
        content_type: str | None = None,
        content_encoding: str | None = None,
        headers: Table | None = None,
        properties: Table | None = None,
        **_: Any,
    ) -> amqp.Message:
        """Return a message ready to be published."""
        return amqp.Message(
            body,
            priority=priority,
            content_type=content_type,
            content_encoding=content_encoding,
            application_headers=headers,
            **(properties or {}),
        )

    def prepare_queue_arguments(self, arguments: Table, **options: Any) -> Table:
        """Return kombu's queue options as RabbitMQ's arguments."""
        prepared: Table = base.to_rabbitmq_queue_arguments(arguments, **options)
        return prepared

    def basic_publish(
        self, msg: amqp.Message, exchange: str = "", routing_key: str = "", mandatory: bool = False, **_: Any
    ) -> None:
        """Publish. On a confirming connection this returns when the message is on disk, or raises why it is not."""
        properties = {name: value for name, value in msg.properties.items() if value is not None}
        headers = properties.pop("application_headers", None)
        body = msg.body.encode() if isinstance(msg.body, str) else bytes(msg.body)
        message = StoredMessage(exchange, routing_key, properties, headers and copy_table(headers), body)
        with self._step():
            outcome = self._broker.deliveries.publish(self._state, message)
            returned = mandatory and not outcome.routed
            if returned and not self._waits_for_confirms:
                self._state.session.push(Returned(self._state, message))
            if self._confirms_later and not self._waits_for_confirms:
                self._published += 1
                confirmed = Confirmed(self._state, self._published, outcome.accepted, outcome.mark)
                self._state.session.push(confirmed)
        if self._waits_for_confirms:
            if returned:
                self._give_back_to_publisher(message)
            if not outcome.accepted:
                raise MessageNacked()
            self._broker.make_safe(outcome.mark)

    def confirm_select(self, nowait: bool = False) -> None:
        """Have ``basic_ack`` and ``basic_nack`` events come, while events are drained, for every publish."""
        self._confirms_later = True

    def basic_qos(self, prefetch_size: int = 0, prefetch_count: int = 0, a_global: bool = False, **_: Any) -> None:
        """Limit unsettled deliveries: of each consumer to come, or (global) of the whole channel."""
        with self._step():
            if a_global:
                self._state.channel_prefetch = prefetch_count
            else:
                self._state.consumer_prefetch = prefetch_count

    def basic_consume(
        self,
        queue: str = "",
        consumer_tag: str = "",
        no_local: bool = False,
        no_ack: bool = False,
        exclusive: bool = False,
        nowait: bool = False,
        callback: Callable[[amqp.Message], None] | None = None,
        arguments: Table | None = None,
        on_cancel: Callable[[str], None] | None = None,
        **_: Any,
    ) -> str:
        """Start a consumer and return its tag."""
        tag = consumer_tag or f"amq.ctag-{secrets.token_urlsafe(16)}"
        with self._step():
            consumer = self._consumer(queue, tag, bool(no_ack), exclusive)
            self.callbacks[tag] = callback
            if on_cancel:
                self.cancel_callbacks[tag] = on_cancel
            if no_ack:
                self.no_ack_consumers.add(tag)
            self._broker.deliveries.subscribe(consumer)
        return tag

    def basic_cancel(self, consumer_tag: str, nowait: bool = False, **_: Any) -> None:
        """Stop a consumer."""
        if self.connection is None:
            return
        with self._step():
            consumer = self._state.consumers.get(consumer_tag)
            if consumer is not None:
                self._broker.deliveries.unsubscribe(consumer)
                self._broker.declarations.remove_if_deserted(consumer.queue)
        self._forget(consumer_tag)

    def basic_get(self, queue: str = "", no_ack: bool = False, **_: Any) -> amqp.Message | None:
        """Take one message out of a queue, or return ``None``."""
        with self._step():
            source = self._broker.declarations.queue(queue, self._state.session)
            delivery = self._broker.deliveries.get(self._state, source, no_ack=no_ack)
            if delivery is None:
                return None
            message = self._received(delivery)
            message.delivery_info["message_count"] = len(source)
            return message

    def basic_ack(self, delivery_tag: int, multiple: bool = False, **_: Any) -> None:
        """Settle a delivery (or all up to it)."""
        with self._step():
            self._broker.deliveries.acknowledge(self._deliveries(delivery_tag, multiple))

    def basic_reject(self, delivery_tag: int, requeue: bool, **_: Any) -> None:
        """Return a delivery to its queue, or dead-letter it."""
        with self._step():
            deliveries = self._deliveries(delivery_tag, multiple=False)
            (self._broker.deliveries.give_back if requeue else self._broker.deliveries.reject)(deliveries)

    def basic_recover(self, requeue: bool = False) -> None:
        """Return everything unsettled on this channel to its queues."""
        with self._step():
            self._broker.deliveries.give_back(list(self._state.unsettled.values()))

    def flow(self, active: bool) -> None:
        """Stop or resume deliveries on this channel."""
        with self._step():
            self._state.paused = not active
            if active:
                for queue in {consumer.queue for consumer in self._state.consumers.values()}:
                    if queue is not None:
                        self._broker.deliveries.give_out(queue)

    def message_to_python(self, raw_message: amqp.Message) -> ReceivedMessage:
        """Return kombu's message for a raw one."""
        return self.Message(raw_message, channel=self)

    def dispatch(self, incoming: Incoming) -> None:
        """Hand what came in to whoever asked for it."""
        match incoming:
            case Delivery():
                self._dispatch_delivery(incoming)
            case Returned(message=message):
                self._give_back_to_publisher(message)
            case Cancelled(consumer_tag=tag):
                on_cancel = self._forget(tag)
                if on_cancel is None:
                    raise ConsumerCancelled(tag, (60, 30))
                on_cancel(tag)
            case Confirmed(tag=number, accepted=accepted, mark=mark):
                self._broker.make_safe(mark)  # one sync covers every publish before it; the next ones find it done
                for call in list(self.events["basic_ack" if accepted else "basic_nack"]):
                    call(number, False)

    def close(self) -> None:
        """Close the channel; what it had not settled goes back."""
        connection = self.connection
        if connection is None:
            return
        with self._broker.lock:
            self._broker.reset_channel(self._state)
            self._state.session.channels.pop(self.channel_id, None)
        self.collect()

    def collect(self) -> None:
        """Let go of the connection."""
        connection, self.connection = self.connection, None
        self.is_open = False
        if connection is not None:
            connection.channels.pop(self.channel_id, None)
        self._clear()
        self.events.clear()

    def _dispatch_delivery(self, delivery: Delivery) -> None:
        tag = delivery.consumer.tag if delivery.consumer else ""
        callback = self.callbacks.get(tag)
        if callback is None:
            _log.warning("a message came for consumer %s, which has no callback; it goes back", tag)
            self.basic_reject(delivery.tag, requeue=True)
        else:
            callback(self._received(delivery))

    def _received(self, delivery: Delivery) -> amqp.Message:
        stored = delivery.entry.message
        headers = copy_table(stored.headers or {})
        queue = delivery.queue
        if queue is not None and queue.delivery_limit is not None and delivery.entry.failures:
            headers["x-delivery-count"] = delivery.entry.failures
        message = amqp.Message(stored.body, channel=self, **stored.properties, application_headers=headers)
        encoding = stored.properties.get("content_encoding")
        if encoding and encoding != "binary":
            try:
                message.body = stored.body.decode(encoding)
            except (LookupError, UnicodeDecodeError):
                _log.debug("a body is not in its stated encoding %s; it is handed on as bytes", encoding)
        message.delivery_info = {
            "delivery_tag": delivery.tag,
            "redelivered": delivery.redelivered,
            "exchange": stored.exchange,
            "routing_key": stored.routing_key,
        }
        if delivery.consumer is not None:
            message.delivery_info["consumer_tag"] = delivery.consumer.tag
        return message

    def _give_back_to_publisher(self, message: StoredMessage) -> None:
        error = unroutable()
        handlers = list(self.events["basic_return"])
        if not handlers:
            raise error
        headers = copy_table(message.headers or {})
        returned = amqp.Message(message.body, **message.properties, application_headers=headers)
        for handler in handlers:
            handler(error, message.exchange, message.routing_key, returned)

    def _consumer(self, queue: str, tag: str, no_ack: bool, exclusive: bool) -> Consumer:
        state = self._state
        if tag in state.consumers:
            raise refusal(PRECONDITION_FAILED, f"attempt to reuse consumer tag '{tag}'")
        if queue == REPLY_TO:
            if not no_ack:
                raise refusal(PRECONDITION_FAILED, "reply consumer cannot acknowledge")
            if state.reply_token is not None:
                raise refusal(PRECONDITION_FAILED, "reply consumer already set")
            return Consumer(tag, state, None, True, exclusive, 0)
        source = self._broker.declarations.queue(queue, state.session)
        if any(other.exclusive for other in source.consumers) or (exclusive and source.consumers):
            raise refusal(ACCESS_REFUSED, f"queue '{queue}' in vhost '/' in exclusive use")
        return Consumer(tag, state, source, no_ack, exclusive, state.consumer_prefetch)

    def _deliveries(self, tag: int, multiple: bool) -> list[Delivery]:
        unsettled = self._state.unsettled
        if multiple:
            return [delivery for number, delivery in unsettled.items() if number <= tag or tag == 0]
        delivery = unsettled.get(tag)
        if delivery is None:
            raise refusal(PRECONDITION_FAILED, f"unknown delivery tag {tag}")
        return [delivery]

    def _forget(self, tag: str) -> Callable[[str], None] | None:
        self.no_ack_consumers.discard(tag)
        self.callbacks.pop(tag, None)
        return self.cancel_callbacks.pop(tag, None)
