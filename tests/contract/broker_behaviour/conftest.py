"""One behaviour suite for both brokers: what our messaging relies on, embedded and on RabbitMQ."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any
from uuid import uuid4

import kombu
import pytest

from shared.messaging import embedded
from shared.messaging.embedded.address import address_of
from shared.messaging.embedded.broker import close_broker

embedded.register()


class Line:
    """A connection with one channel, and short words for what the suites do with it."""

    def __init__(self, uri: str, **options: Any) -> None:
        self.connection = kombu.Connection(uri, transport_options=options)
        self.channel = self.connection.channel()
        self.received: list[Any] = []
        self._confirmed = bool(options.get("confirm_publish"))

    def queue(self, name: str, durable: bool = True, **arguments: Any) -> str:
        """Declare a queue; arguments with ``_`` for ``-`` and without the ``x-``."""
        given = {f"x-{key.replace('_', '-')}": value for key, value in arguments.items()}
        self.channel.queue_declare(queue=name, durable=durable, auto_delete=False, arguments=given)
        return name

    def exchange(self, name: str, kind: str = "topic", **arguments: Any) -> str:
        """Declare an exchange."""
        self.channel.exchange_declare(exchange=name, type=kind, durable=True, auto_delete=False, arguments=arguments)
        return name

    def bind(self, queue: str, exchange: str, key: str = "") -> None:
        """Bind a queue."""
        self.channel.queue_bind(queue=queue, exchange=exchange, routing_key=key)

    def publish(self, body: str, key: str, exchange: str = "", **options: Any) -> None:
        """Publish text."""
        headers = options.pop("headers", None)
        mandatory = options.pop("mandatory", False)
        properties = {"delivery_mode": 2, **options}
        message = self.channel.prepare_message(
            body, content_type="text/plain", content_encoding="utf-8", headers=headers, properties=properties
        )
        self.channel.basic_publish(message, exchange=exchange, routing_key=key, mandatory=mandatory)

    def consume(self, queue: str, prefetch: int = 0, no_ack: bool = False, **options: Any) -> str:
        """Start a consumer whose messages land in ``received``."""
        self.channel.basic_qos(0, prefetch, False)
        return str(self.channel.basic_consume(queue, no_ack=no_ack, callback=self.received.append, **options))

    def wait(self, count: int, seconds: float = 20.0) -> list[Any]:
        """Drain until ``count`` messages were received in all."""
        ends = time.monotonic() + seconds
        while len(self.received) < count and (left := ends - time.monotonic()) > 0:
            with suppress(socket.timeout):
                self.connection.drain_events(timeout=left)
        assert len(self.received) >= count, f"{len(self.received)} of {count} messages came"
        return self.received

    def settle_down(self, seconds: float = 0.15) -> list[Any]:
        """Drain for a moment; for what must not come."""
        ends = time.monotonic() + seconds
        while (left := ends - time.monotonic()) > 0:
            with suppress(socket.timeout):
                self.connection.drain_events(timeout=left)
        return self.received

    def get(self, queue: str, seconds: float = 20.0) -> Any:
        """Take one message, waiting for it to be routed there."""
        ends = time.monotonic() + seconds
        while (message := self.channel.basic_get(queue)) is None:
            assert time.monotonic() < ends, f"nothing came to {queue}"
            time.sleep(0.005)
        return message

    def depth(self, queue: str) -> int:
        """Return how many messages wait in a queue."""
        return int(self.channel.queue_declare(queue=queue, passive=True).message_count)


def bodies(messages: list[Any]) -> list[str]:
    return [message.body for message in messages]


@pytest.fixture(params=["embedded", "rabbitmq"])
def uri(request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "rabbitmq":
        yield request.getfixturevalue("rabbitmq_uri")
        return
    name = f"behaviour-{uuid4().hex}"
    yield address_of(name)
    close_broker(name)


@pytest.fixture
def name() -> Callable[[str], str]:
    """Make names that no other test uses."""
    mark = uuid4().hex[:8]
    return lambda word: f"{word}-{mark}"


@pytest.fixture
def open_line(uri: str) -> Iterator[Callable[..., Line]]:
    lines: list[Line] = []

    def open_one(**options: Any) -> Line:
        lines.append(Line(uri, **options))
        return lines[-1]

    yield open_one
    for line in lines:
        line.connection.release()


@pytest.fixture
def line(open_line: Callable[..., Line]) -> Line:
    return open_line(confirm_publish=True)
