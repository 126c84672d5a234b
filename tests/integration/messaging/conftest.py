"""What the tests on a real broker share: clean queues, a client, a look into queues."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from shared.context import Context
from shared.messaging import RpcClient, naming, serializer, topology, transport
from shared.messaging.outgoing import Outgoing
from shared.messaging.publishing import ConfirmedPublisher
from shared.security.caller import WHOLE_CITY, Caller, Role
from shared.security.tokens import CallerTokens
from tests.contract.envelopes import envelope
from tests.hosts.sample import CONTRACT, HAPPENED, LISTENER

SECRET = "messaging-tests-" + "0" * 32
TOKENS = CallerTokens((SECRET,))
ORGANISER = Caller("organiser", frozenset({Role.ORGANISATION_DEPARTMENT}), (WHOLE_CITY,))
CONTEXT = Context(caller=ORGANISER)
QUEUE = naming.handler_queue("listener", HAPPENED.type, topology.DEFAULT_HANDLER)


class Desk:
    """A broker with the sample services' queues, empty."""

    def __init__(self, uri: str, **config: Any) -> None:
        self.uri = uri
        self.config: dict[str, Any] = {
            "AMQP_URI": uri,
            "DIAOXUN_SECRET": SECRET,
            "max_workers": 8,
            "retry_delays": [0.05, 0.1],
            "delivery_limit": 2,
            **config,
        }
        self._publisher = ConfirmedPublisher(uri, "desk")
        self._queues: list[str] = []

    def open(self) -> None:
        self._queues = topology.apply([CONTRACT, LISTENER], self.uri, topology.Topology.from_config(self.config))

    def close(self) -> None:
        self._publisher.close()
        with transport.connect(self.uri, "desk") as connection:
            for queue in self._queues:
                with contextlib.suppress(Exception):
                    connection.channel().queue_delete(queue)

    def emit(self, number: int, **data: Any) -> str:
        """Publish the sample event; return its id."""
        event_id = f"evt_{uuid4().hex}"
        body = serializer.encode(envelope(event_id, number, **data))
        properties = {"content_type": "application/json", "content_encoding": "utf-8", "delivery_mode": 2}
        self._publisher.publish([Outgoing(body, naming.event_exchange("sample"), HAPPENED.type, {}, properties)])
        return event_id

    def depth(self, queue: str = QUEUE) -> int:
        with transport.connect(self.uri, "desk") as connection:
            return int(connection.channel().queue_declare(queue, passive=True).message_count)

    def taken(self, queue: str = QUEUE) -> list[dict[str, Any]]:
        """Take every event out of a queue and return the envelopes."""
        found = []
        with transport.connect(self.uri, "desk") as connection:
            channel = connection.channel()
            while (message := channel.basic_get(queue, no_ack=True)) is not None:
                found.append(json.loads(message.body))
        return found


@pytest.fixture
def desk(rabbitmq_uri: str) -> Iterator[Desk]:
    desk = Desk(rabbitmq_uri)
    desk.open()
    yield desk
    desk.close()


@pytest.fixture
def patient_desk(rabbitmq_uri: str) -> Iterator[Desk]:
    """One with the broker's patience that services are deployed with."""
    desk = Desk(rabbitmq_uri, delivery_limit=topology.DEFAULT_DELIVERY_LIMIT)
    desk.open()
    yield desk
    desk.close()


@pytest.fixture
def client(rabbitmq_uri: str) -> Iterator[RpcClient]:
    client = RpcClient(rabbitmq_uri, TOKENS)
    yield client
    client.close()
