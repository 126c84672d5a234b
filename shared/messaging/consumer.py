"""nameko's queue consumer, mended: stops without losing acks, survives unreadable messages, bounded prefetch."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

import eventlet
import kombu
from kombu.message import Message
from nameko.extensions import ProviderCollector
from nameko.messaging import QueueConsumer

from shared.messaging import transport
from shared.messaging.framing import speed_up
from shared.messaging.outgoing import Outgoing, write

_log = logging.getLogger(__name__)

_POLL_SECONDS = 0.2
_TROUBLE_SECONDS = 1.0


class Receiver(Protocol):
    """Where the consumer hands a message over; it must settle it in the end, whatever happens."""

    queue: kombu.Queue

    def receive(self, message: Message) -> None:
        """Take a message that still has its raw body."""

    def unreadable(self, message: Message, error: Exception) -> None:
        """Take a message that kombu could not even unpack."""


class DrainingConsumer(QueueConsumer):  # type: ignore[misc]  # nameko has no types
    """Counts deliveries that are not settled yet and stays connected until there are none (P6).

    Health facts (P24): ``connected``, ``unsettled``, ``stopping``.
    """

    def __init__(self) -> None:
        super().__init__()
        self._unsettled: dict[int, Message] = {}
        self._held: list[Callable[[], None]] = []
        self._pending_remove_providers: dict[Any, Any] = {}
        self.connected = False
        self.stopping = False
        self._over_amqp = True
        self._replies: Any = None

    @property
    def prefetch_count(self) -> int:
        """How many unacknowledged messages one queue may hand to this process (P16)."""
        return int(self.container.config.get("prefetch_count") or self.container.max_workers)

    @property
    def connection(self) -> kombu.Connection:
        """Connection parameters with heartbeat and keepalive (P13)."""
        heartbeat = int(self.container.config.get("HEARTBEAT") or transport.HEARTBEAT_SECONDS)
        return transport.connect(self.amqp_uri, f"consumer:{self.container.service_name}", heartbeat)

    @property
    def unsettled(self) -> int:
        """How many deliveries are in work or waiting for a worker."""
        return len(self._unsettled)

    def run(self, _tokens: int = 1, **options: Any) -> None:
        """Consume until stopped; look for cancellations often, so that stopping is quick."""
        super().run(_tokens, safety_interval=_POLL_SECONDS, **options)

    def unregister_provider(self, provider: Any) -> None:
        """Stop consuming for one receiver; also when there has been no connection yet."""
        self.stopping = True
        if self._consumers_ready.ready():
            super().unregister_provider(provider)
        else:
            ProviderCollector.unregister_provider(self, provider)

    def on_connection_error(self, exc: Exception, interval: float) -> None:
        """Say so and go on trying; but let a stop through that was asked for meanwhile."""
        _log.warning("no connection to the broker (%s), trying again in %s s", exc, interval)
        self._cancel_pending(over_the_line=False)
        if self.stopping and not self._consumers:
            self.should_stop = True
        if self.should_stop:
            raise OSError("stopping without a connection")

    def establish_connection(self) -> Any:
        """Connect, with short pauses at first (P12: the broker may come after us)."""
        return _Established(self)

    def get_consumers(self, consumer_cls: Any, channel: Any) -> list[Any]:
        """Set up one consumer a queue, after each (re)connection."""
        self._held.clear()
        self._unsettled.clear()  # deliveries of the old channel can no longer be settled
        connection = channel.connection.client
        self._over_amqp = transport.speaks_amqp(connection)
        self._replies = connection.channel()
        for provider in () if self.stopping else self._providers:  # a line lost in the middle of a stop: no more of it
            self._consumers[provider] = consumer_cls(
                queues=[provider.queue],
                on_message=partial(self._receive, provider),
                on_decode_error=partial(self._unreadable, provider),
                prefetch_count=self.prefetch_count,
            )
        return list(self._consumers.values())

    def on_consume_ready(self, connection: Any, channel: Any, consumers: Any, **options: Any) -> None:
        """Remember that messages can come in."""
        self.connected = True
        super().on_consume_ready(connection, channel, consumers, **options)

    def on_consume_end(self, connection: Any, channel: Any) -> None:
        """Remember that no messages can come in."""
        self.connected = False

    def on_iteration(self) -> None:
        """Cancel what was asked to be cancelled; leave only when everything delivered is settled (P6)."""
        self._cancel_pending()
        if not self._consumers:
            self._let_go()
        if not self._consumers and not self._unsettled:
            self.should_stop = True

    def on_decode_error(self, message: Message, exc: Exception) -> None:
        """Never acknowledge what nobody read (P2); each consumer brings its own handler, this one is a backstop."""
        _log.error("unreadable message without a receiver, given back: %r", exc)
        message.requeue()

    def answer(self, reply: Outgoing) -> bool:
        """Publish a reply on this connection, so that it leaves together with the acks; return whether it could."""
        try:
            write(self._replies, reply, self._over_amqp)
        except Exception as error:  # the line is gone; whoever waits runs into the deadline
            _log.warning("a reply could not be sent: %r", error)
            return False
        return True

    def ack(self, message: Message) -> None:
        """Acknowledge; a message whose connection is gone will come again."""
        self._settle(message, message.ack)

    def give_back(self, message: Message) -> None:
        """Put a message back on its queue for somebody else."""
        self._settle(message, message.requeue)

    def once_cancelled(self, give_back: Callable[[], None]) -> None:
        """Give a message back when nothing is consumed here any more, at once if that is so already.

        While this process still consumes, the broker would hand it the same message again and again: each time counts
        as a delivery, so that a request or an event nobody has begun would end in quarantine (P6).
        """
        if self._consumers:
            self._held.append(give_back)
        else:
            give_back()

    def _cancel_pending(self, *, over_the_line: bool = True) -> None:
        """Cancel what waits for it. Whatever becomes of the line meanwhile, nobody is left waiting: that is a stop."""
        pending, self._pending_remove_providers = self._pending_remove_providers, {}
        try:
            for provider in pending if over_the_line else ():
                if provider in self._consumers:
                    self._consumers[provider].cancel()
        finally:
            # Not one by one: until all are cancelled, what comes in meanwhile must be held (``once_cancelled``).
            for provider, removed in pending.items():
                self._consumers.pop(provider, None)
                removed.send()

    def _let_go(self) -> None:
        held, self._held = self._held, []
        for give_back in held:
            give_back()

    def give_back_later(self, message: Message) -> None:
        """Put a message back after a pause, so that trouble with the broker does not spin."""
        eventlet.sleep(_TROUBLE_SECONDS)
        self.give_back(message)

    def aside(self, message: Message, work: Callable[[], None]) -> None:
        """Do slow work on a message (talking to the broker) without holding up the reading of further ones."""

        def guarded() -> None:
            try:
                work()
            except Exception:
                _log.exception("a message could not be put aside, given back")
                self.give_back_later(message)

        self.container.spawn_managed_thread(guarded, identifier="aside")

    def _settle(self, message: Message, how: Any) -> None:
        self._unsettled.pop(id(message), None)
        if message.acknowledged or not message.channel.connection:
            return
        try:
            how()
        except Exception as error:  # the broker has reclaimed it, or will
            _log.warning("could not settle a message, it will come again: %r", error)

    def _receive(self, provider: Receiver, message: Message) -> None:
        self._unsettled[id(message)] = message
        try:
            provider.receive(message)
        except Exception:
            # P3: an error in here used to kill the container, and with it every replica in turn.
            _log.exception("a message could not be handed over, given back")
            self.give_back(message)

    def _unreadable(self, provider: Receiver, message: Message, error: Exception) -> None:
        self._unsettled[id(message)] = message
        try:
            provider.unreadable(message, error)
        except Exception:
            _log.exception("an unreadable message could not be put aside, given back")
            self.give_back(message)


class _Established:
    """Context of one made connection."""

    def __init__(self, consumer: DrainingConsumer) -> None:
        self._consumer = consumer
        self._connection: kombu.Connection | None = None

    def __enter__(self) -> kombu.Connection:
        self._connection = self._consumer.create_connection()
        self._connection.ensure_connection(
            self._consumer.on_connection_error, interval_start=0.1, interval_step=0.4, interval_max=2
        )
        if transport.speaks_amqp(self._connection):
            raw = self._connection.connection
            # A busy broker may take its time to answer (open a channel, cancel a consumer) or to take bytes: the short
            # time-out of drain_events is for messages alone.
            raw.sock.settimeout(transport.CONNECT_SECONDS)
            speed_up(raw, eventlet.spawn_n, transport.CONNECT_SECONDS)
        return self._connection

    def __exit__(self, *exc_info: object) -> None:
        self._consumer.connected = False
        if self._connection is not None:
            self._connection.release()
