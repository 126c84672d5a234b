"""The part of a channel that declares: exchanges, queues, bindings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import amqp
from amqp.exceptions import ChannelError
from amqp.protocol import queue_declare_ok_t
from kombu.transport import base

from shared.messaging.embedded.exchange import Binding, Exchange
from shared.messaging.embedded.message import Table
from shared.messaging.embedded.message_queue import QueueShape
from shared.messaging.embedded.refusal import disconnected
from shared.messaging.embedded.session import ChannelState

if TYPE_CHECKING:
    from shared.messaging.embedded.broker import Broker
    from shared.messaging.embedded.transport import Connection


class DeclaringChannel(base.StdChannel):  # type: ignore[misc]
    """What a channel knows, and its methods that change what exists."""

    no_ack_consumers: Any

    def __init__(self, connection: Connection, broker: Broker, state: ChannelState) -> None:
        self.connection: Connection | None = connection
        self.channel_id = state.number
        self.is_open = True
        self.events: dict[str, set[Callable[..., None]]] = defaultdict(set)
        self.no_ack_consumers: set[str] = set()
        self.callbacks: dict[str, Callable[[amqp.Message], None] | None] = {}
        self.cancel_callbacks: dict[str, Callable[[str], None]] = {}
        self._broker = broker
        self._state = state
        self._waits_for_confirms = connection.confirm_publish
        self._confirms_later = False
        self._published = 0

    def exchange_declare(
        self,
        exchange: str,
        type: str = "direct",
        passive: bool = False,
        durable: bool = False,
        auto_delete: bool = True,
        nowait: bool = False,
        arguments: Table | None = None,
        **_: Any,
    ) -> None:
        """Declare an exchange."""
        with self._step():
            wanted = Exchange(exchange, type, durable, bool(auto_delete), dict(arguments or {}))
            self._broker.declarations.declare_exchange(wanted, passive=passive)

    def exchange_delete(self, exchange: str, if_unused: bool = False, nowait: bool = False, **_: Any) -> None:
        """Delete an exchange."""
        with self._step():
            self._broker.declarations.delete_exchange(exchange, if_unused=if_unused)

    def exchange_bind(self, destination: str, source: str = "", routing_key: str = "", **_: Any) -> None:
        """Bind an exchange to an exchange."""
        with self._step():
            binding = Binding(source, destination, routing_key, to_exchange=True)
            self._broker.declarations.bind(binding, self._state.session)

    def exchange_unbind(self, destination: str, source: str = "", routing_key: str = "", **_: Any) -> None:
        """Take the binding of an exchange away."""
        with self._step():
            self._broker.declarations.unbind(Binding(source, destination, routing_key, to_exchange=True))

    def queue_declare(
        self,
        queue: str = "",
        passive: bool = False,
        durable: bool = False,
        exclusive: bool = False,
        auto_delete: bool = True,
        nowait: bool = False,
        arguments: Table | None = None,
        **_: Any,
    ) -> Any:
        """Declare a queue; return its name, how many messages wait and how many consumers it has."""
        with self._step():
            shape = QueueShape(queue, durable, bool(exclusive), bool(auto_delete), dict(arguments or {}))
            found = self._broker.declarations.declare_queue(shape, self._state.session, passive=passive)
            if found is None:
                return queue_declare_ok_t(queue, 0, 1)
            return queue_declare_ok_t(found.name, len(found), len(found.consumers))

    def queue_delete(
        self, queue: str = "", if_unused: bool = False, if_empty: bool = False, nowait: bool = False, **_: Any
    ) -> int:
        """Delete a queue; return how many messages went with it."""
        with self._step():
            return self._broker.declarations.delete_queue(
                queue, self._state.session, if_unused=if_unused, if_empty=if_empty
            )

    def queue_purge(self, queue: str = "", nowait: bool = False, **_: Any) -> int:
        """Drop what waits in a queue; return how many messages that were."""
        with self._step():
            return self._broker.declarations.queue(queue, self._state.session).purge()

    def queue_bind(self, queue: str, exchange: str = "", routing_key: str = "", **_: Any) -> None:
        """Bind a queue to an exchange."""
        with self._step():
            self._broker.declarations.bind(Binding(exchange, queue, routing_key), self._state.session)

    def queue_unbind(self, queue: str, exchange: str, routing_key: str = "", **_: Any) -> None:
        """Take a queue's binding away."""
        with self._step():
            self._broker.declarations.unbind(Binding(exchange, queue, routing_key))

    @contextmanager
    def _step(self) -> Iterator[None]:
        """Hold the broker's lock; a refusal resets the channel, as it would close and reopen on RabbitMQ."""
        self._require_connection()
        with self._broker.lock:
            try:
                yield
            except ChannelError:
                self._broker.reset_channel(self._state)
                self._clear()
                raise

    def _require_connection(self) -> Connection:
        connection = self.connection
        if connection is None or not connection.connected:
            raise disconnected("channel")
        return connection

    def _clear(self) -> None:
        self.callbacks.clear()
        self.cancel_callbacks.clear()
        self.no_ack_consumers.clear()
