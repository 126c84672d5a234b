"""Declaring and deleting exchanges, queues and bindings. The lock is always held."""

from __future__ import annotations

import secrets

from shared.messaging.embedded.delivery import REPLY_TO, Deliveries
from shared.messaging.embedded.exchange import Binding, Exchange
from shared.messaging.embedded.message_queue import Keeper, MessageQueue, QueueShape
from shared.messaging.embedded.refusal import (
    ACCESS_REFUSED,
    NOT_FOUND,
    PRECONDITION_FAILED,
    RESOURCE_LOCKED,
    refusal,
    require_same,
)
from shared.messaging.embedded.session import Cancelled, Session


class Declarations:
    """The shape of a broker: what exists, and who may use it."""

    def __init__(self, deliveries: Deliveries) -> None:
        self._deliveries = deliveries
        self._queues = deliveries.queues
        self._routing = deliveries.routing
        self._durable = deliveries.durable
        self._keeper: Keeper = deliveries

    def declare_exchange(self, exchange: Exchange, *, passive: bool = False) -> None:
        """Create an exchange or check that it is there and the same."""
        if passive:
            self._routing.get(exchange.name)
        elif self._routing.declare(exchange):
            self._durable.exchange(exchange)

    def delete_exchange(self, name: str, *, if_unused: bool = False) -> None:
        """Remove an exchange and the bindings at both its ends."""
        for binding in self._routing.delete(name, if_unused=if_unused):
            self._durable.no_binding(binding)
        self._durable.no_exchange(name)

    def bind(self, binding: Binding, session: Session) -> None:
        """Bind a queue or an exchange to an exchange. Raises NOT_FOUND when an end is missing."""
        if binding.to_exchange:
            self._routing.get(binding.destination)
        else:
            self.queue(binding.destination, session)
        if self._routing.get(binding.source).bind(binding):
            self._durable.binding(binding)

    def unbind(self, binding: Binding) -> None:
        """Take a binding away; it is no error when there is none."""
        if self._routing.unbind(binding):
            self._durable.no_binding(binding)

    def queue(self, name: str, session: Session) -> MessageQueue:
        """Return a queue this session may use. Raises NOT_FOUND or RESOURCE_LOCKED."""
        queue = self._queues.get(name)
        if queue is None:
            raise refusal(NOT_FOUND, f"no queue '{name}' in vhost '/'")
        if queue.owner is not None and queue.owner is not session:
            raise refusal(RESOURCE_LOCKED, f"cannot obtain exclusive access to locked queue '{name}' in vhost '/'")
        return queue

    def declare_queue(self, shape: QueueShape, session: Session, *, passive: bool = False) -> MessageQueue | None:
        """Create a queue or check that it is there and the same; ``None`` for the direct reply-to pseudo-queue."""
        if shape.name == REPLY_TO:
            return None
        if passive:
            return self.queue(shape.name, session)
        if shape.name in self._queues:
            existing = self.queue(shape.name, session)
            require_same("queue", shape.name, existing.shape.described(), shape.described())
            existing.last_used_now()
            return existing
        _check(shape)
        if not shape.name:
            shape = QueueShape(
                f"amq.gen-{secrets.token_urlsafe(16)}",
                shape.durable,
                shape.exclusive,
                shape.auto_delete,
                shape.arguments,
            )
        queue = MessageQueue(shape, self._keeper, session if shape.exclusive else None)
        self._queues[queue.name] = queue
        self._durable.queue(shape)
        queue.watch()
        return queue

    def delete_queue(self, name: str, session: Session, *, if_unused: bool = False, if_empty: bool = False) -> int:
        """Remove a queue; return how many messages went with it. It is no error when there is none."""
        if name not in self._queues:
            return 0
        queue = self.queue(name, session)
        if (if_unused and queue.consumers) or (if_empty and len(queue)):
            state = "in use" if queue.consumers else "not empty"
            raise refusal(PRECONDITION_FAILED, f"queue '{name}' in vhost '/' {state}")
        return self.remove_queue(queue)

    def remove_queue(self, queue: MessageQueue) -> int:
        """Remove a queue whatever it holds, and tell its consumers."""
        del self._queues[queue.name]
        for consumer in list(queue.consumers):
            self._deliveries.unsubscribe(consumer)
            consumer.channel.session.push(Cancelled(consumer.channel, consumer.tag))
        for binding in self._routing.forget(queue.name, to_exchange=False):
            self._durable.no_binding(binding)
        count = queue.purge()
        if queue.journaled:
            self._durable.no_queue(queue.name)
        return count

    def remove_if_deserted(self, queue: MessageQueue | None) -> None:
        """Remove an auto-delete queue that its last consumer has left."""
        if queue is None or queue.consumers or self._queues.get(queue.name) is not queue:
            return
        if queue.shape.auto_delete and queue.had_consumer:
            self.remove_queue(queue)

    def remove_owned_by(self, session: Session) -> None:
        """Remove the exclusive queues of a connection that is gone."""
        for queue in [queue for queue in self._queues.values() if queue.owner is session]:
            self.remove_queue(queue)


def _check(shape: QueueShape) -> None:
    if shape.name.startswith("amq."):
        raise refusal(ACCESS_REFUSED, f"queue name '{shape.name}' contains reserved prefix 'amq.*'")
    if shape.arguments.get("x-queue-type") == "quorum" and (not shape.durable or shape.exclusive or shape.auto_delete):
        raise refusal(PRECONDITION_FAILED, f"a quorum queue is durable and shared: queue '{shape.name}' in vhost '/'")
    for argument in ("x-message-ttl", "x-expires", "x-max-length", "x-delivery-limit"):
        value = shape.arguments.get(argument)
        if value is not None and (not isinstance(value, int) or value < 0):
            raise refusal(
                PRECONDITION_FAILED, f"invalid arg '{argument}' for queue '{shape.name}' in vhost '/': {value!r}"
            )
