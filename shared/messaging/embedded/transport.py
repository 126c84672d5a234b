"""The kombu transport of the embedded broker."""

from __future__ import annotations

import socket
import time
import weakref
from typing import Any

import amqp
from kombu.transport import base

from shared.messaging.embedded.address import ALIAS, parse
from shared.messaging.embedded.broker import Broker, broker_at
from shared.messaging.embedded.channel import Channel
from shared.messaging.embedded.refusal import disconnected

_EVENTS_BEFORE_A_BREATH = 64


class Connection:
    """The client's side of a connection: its channels, and the reading of what comes in."""

    def __init__(self, broker: Broker, *, confirm_publish: bool) -> None:
        self.client: Any = None
        self.confirm_publish = confirm_publish
        self.channels: dict[int, Channel] = {}
        self.heartbeat = 0
        self.server_properties = {"product": "Diaoxun embedded broker"}
        self._broker = broker
        self._session = broker.open_session()
        self._drained = 0
        # A connection that nobody closed ends when it is collected, as a socket would.
        self._ending = weakref.finalize(self, broker.abandon, self._session)

    @property
    def connected(self) -> bool:
        """Whether both sides still hold it."""
        return self._session.open

    def channel(self) -> Channel:
        """Open a channel."""
        if not self.connected:
            raise disconnected("channel")
        with self._broker.lock:
            state = self._session.open_channel()
        channel = self.channels[state.number] = Channel(self, self._broker, state)
        return channel

    def drain_events(self, timeout: float | None = None) -> None:
        """Handle one thing that came in, waiting for it. Raises ``socket.timeout``."""
        try:
            incoming = self._broker.next_for(self._session, timeout)
        except TimeoutError:
            raise socket.timeout("timed out") from None  # noqa: UP041 - kombu's name for it
        self._drained += 1
        if self._drained % _EVENTS_BEFORE_A_BREATH == 0:
            time.sleep(0)  # P22: a full inbox must not keep other greenlets from running
        channel = self.channels.get(incoming.channel.number)
        if channel is not None:
            channel.dispatch(incoming)

    def collect(self) -> None:
        """Let go of everything without a word to the channels' users."""
        self.close()

    def close(self) -> None:
        """Close all channels and the connection."""
        self._ending.detach()
        self._broker.close_session(self._session)
        for channel in list(self.channels.values()):
            channel.collect()


class Transport(base.Transport):  # type: ignore[misc]
    """Connects kombu to the broker that its URI names."""

    client: Any
    can_parse_url = True
    driver_type = "diaoxun"
    driver_name = "diaoxun-embedded"
    # The errors are py-amqp's own, so that nameko and our messaging see the same on both brokers.
    connection_errors = amqp.Connection.connection_errors
    channel_errors = amqp.Connection.channel_errors
    recoverable_connection_errors = amqp.Connection.recoverable_connection_errors
    recoverable_channel_errors = amqp.Connection.recoverable_channel_errors
    implements = base.Transport.implements.extend(
        asynchronous=False, heartbeats=False, exchange_type=frozenset({"direct", "topic", "fanout"})
    )

    def driver_version(self) -> str:
        """Return the version of the wire this transport stands in for."""
        return "0.9.1"

    def as_uri(self, uri: str, include_password: bool = False, mask: str = "**") -> str:
        """Return the address as it was given; it holds no password."""
        return uri if uri.startswith(f"{ALIAS}+") else f"{ALIAS}+{uri}"

    def establish_connection(self) -> Connection:
        """Connect to the broker, starting it if this is the first connection."""
        options = self.client.transport_options or {}
        connection = Connection(
            broker_at(parse(self.client.hostname)), confirm_publish=bool(options.get("confirm_publish"))
        )
        connection.client = self.client
        return connection

    def verify_connection(self, connection: Connection) -> bool:
        """Return whether a connection still holds."""
        return connection.connected

    def close_connection(self, connection: Connection) -> None:
        """Close a connection."""
        connection.close()
        connection.client = None

    def create_channel(self, connection: Connection) -> Channel:
        """Open a channel."""
        return connection.channel()

    def drain_events(self, connection: Connection, **options: Any) -> None:
        """Handle one thing that came in."""
        connection.drain_events(**options)

    def _collect(self, connection: Connection | None) -> None:
        if connection is not None:
            connection.close()
