"""Connections to the broker: heartbeats, keepalive and names on RabbitMQ; the embedded broker by its URI."""

from __future__ import annotations

import socket
from typing import Any

import kombu

from shared.messaging import serializer

serializer.register()

HEARTBEAT_SECONDS = 20
CONNECT_SECONDS = 5.0
EMBEDDED_SCHEME = "diaoxun+"

# P13: nameko's publishers have neither heartbeat nor keepalive, so a cut line is noticed only after hours.
_KEEPALIVE = {
    socket.TCP_NODELAY: 1,
    socket.TCP_KEEPIDLE: 10,
    socket.TCP_KEEPINTVL: 5,
    socket.TCP_KEEPCNT: 3,
    socket.TCP_USER_TIMEOUT: 20_000,
}


def connect(uri: str, name: str, heartbeat: int = HEARTBEAT_SECONDS) -> kombu.Connection:
    """Return a connection that is made on first use; ``name`` is what the broker's operator sees."""
    if uri.startswith(EMBEDDED_SCHEME):
        from shared.messaging import embedded

        embedded.register()
        return kombu.Connection(uri)
    options: dict[str, Any] = {
        "socket_settings": dict(_KEEPALIVE),
        "client_properties": {"connection_name": name},
    }
    return kombu.Connection(uri, heartbeat=heartbeat, connect_timeout=CONNECT_SECONDS, transport_options=options)


def speaks_amqp(connection: kombu.Connection) -> bool:
    """Return whether the other end is a real broker, reached over TCP."""
    return bool(connection.transport.driver_type == "amqp")
