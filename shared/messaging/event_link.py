"""The connection of a subscriber: declares its queue, binds it to every wanted type and consumes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from amqp.exceptions import NotFound as NoQueue

from shared.contracts.event import Event
from shared.messaging import naming, topology
from shared.messaging.link import Link

_PREFETCH = 500

Arrived = Callable[[Any, Any], None]


class EventLink(Link):
    """Hands every event that comes in to ``arrived(channel, message)``, in the reader's thread."""

    def __init__(self, uri: str, consumer: str, events: Sequence[Event], arrived: Arrived) -> None:
        super().__init__(uri, f"{consumer}-events")
        self._consumer, self._events, self._arrived = consumer, events, arrived

    def on_open(self, channel: Any) -> None:
        """Declare, bind and consume; what an older release left in its queue is taken too."""
        topology.subscribe(channel, self._consumer, self._events)
        channel.basic_qos(0, _PREFETCH, False)
        for name in (naming.subscriber_queue(self._consumer), *self._former(channel)):
            channel.basic_consume(queue=name, callback=lambda message: self._arrived(channel, message))

    def _former(self, channel: Any) -> list[str]:
        """Return the queue of an older release while it holds anything; an empty one that nobody reads is deleted.

        It gets nothing more: the new queue is bound already, and an event that is in both is one event by its id.
        """
        name = naming.former_subscriber_queue(self._consumer)
        aside = channel.connection.channel()  # a channel ends when there is no such queue
        try:
            found = aside.queue_declare(name, passive=True)
        except NoQueue:
            return []
        for event in self._events:
            aside.queue_unbind(name, naming.event_exchange(event.service), event.type)
        in_use = bool(found.message_count or found.consumer_count)
        if not in_use:
            aside.queue_delete(name)
        aside.close()
        return [name] if in_use else []
