from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import kombu
import pytest

from gateway.app import create_app
from gateway.events.intake import event_intake
from gateway.store import SCHEMA
from gateway.wiring import put_together
from shared.clock import SystemClock
from shared.messaging import RpcClient, naming
from shared.security.caller import Role
from shared.security.tokens import CallerTokens
from shared.storage import Store
from tests.integration.gateway.conftest import SETTINGS, House
from tests.integration.gateway.test_event_log_and_stream import event, log, sequences
from tests.unit.gateway.fakes import SECRET
from tests.unit.gateway.invented import CONTRACT

PATIENCE = 20.0


def eventually(seen: Callable[[], Any], wanted: Any) -> None:
    ends = time.monotonic() + PATIENCE
    while (found := seen()) != wanted:
        assert time.monotonic() < ends, f"{found!r} did not become {wanted!r}"
        time.sleep(0.05)


def publish(uri: str, *bodies: bytes) -> None:
    confirmed = {"confirm_publish": True}  # else what a quorum queue has not taken yet is lost when the channel closes
    with closing(kombu.Connection(uri, transport_options=confirmed)) as connection, connection.channel() as channel:
        producer = kombu.Producer(channel)
        for body in bodies:
            producer.publish(
                body,
                exchange="library.events",
                routing_key="library.book.lent.v1",
                content_type="application/json",
                content_encoding="utf-8",
            )


@pytest.fixture
def broker_uri(rabbitmq_uri: str) -> str:
    """The session's virtual host, without what an earlier test left in the gateway's queues."""
    with closing(kombu.Connection(rabbitmq_uri)) as connection:
        for queue in (naming.subscriber_queue("gateway"), naming.subscriber_quarantine("gateway")):
            with connection.channel() as channel:
                channel.queue_delete(queue)
    return rabbitmq_uri


@pytest.fixture
def listening(house: House, broker_uri: str) -> Iterator[House]:
    assert house.parts.stream is not None
    intake = event_intake(broker_uri, [CONTRACT], house.parts.stream)
    intake.start()
    yield house
    intake.close()


def test_published_events_reach_the_log_once_and_in_order(listening: House, broker_uri: str) -> None:
    bodies = [json.dumps(event(number)).encode() for number in range(300)]
    publish(broker_uri, *bodies, *bodies[:50])
    eventually(lambda: log(listening).place().head, 300)
    city = listening.client(listening.key(Role.ORGANISATION_DEPARTMENT))
    assert sequences(city, "?limit=200&since=100") == list(range(101, 301))


def test_an_event_that_cannot_be_read_is_set_aside_and_the_next_one_is_taken(listening: House, broker_uri: str) -> None:
    publish(broker_uri, b"{", b'{"specversion": "1.0"}', json.dumps(event(1)).encode())
    eventually(lambda: log(listening).place().head, 1)
    quarantine = naming.subscriber_quarantine("gateway")
    with closing(kombu.Connection(broker_uri)) as connection, connection.channel() as channel:
        eventually(lambda: channel.queue_declare(quarantine, passive=True).message_count, 2)


def test_events_wait_in_the_broker_while_the_log_cannot_be_written(house: House, broker_uri: str) -> None:
    assert house.parts.stream is not None
    stream = house.parts.stream
    kept, refusals = stream.log.append, iter([True, True, False])

    def unwilling(events: Any) -> int:
        if next(refusals, False):
            raise ConnectionError("the store is away")
        return kept(events)

    stream.log.append = unwilling  # type: ignore[method-assign]
    intake = event_intake(broker_uri, [CONTRACT], stream)
    intake.start()
    publish(broker_uri, json.dumps(event(1)).encode())
    eventually(lambda: stream.log.place().head, 1)
    intake.close()


def test_a_service_that_is_not_there_is_told_as_unavailable(make_store: Callable[..., Store], broker_uri: str) -> None:
    store = make_store(SCHEMA, clock=SystemClock())
    rpc = RpcClient(broker_uri, CallerTokens((SECRET,)))
    parts = put_together(SETTINGS, [CONTRACT], rpc, store, SystemClock())
    house = House(store, SystemClock(), rpc, parts, create_app(parts))  # type: ignore[arg-type]
    answer = house.client(house.key(Role.UNIT)).get("/api/v1/books/b1")
    assert (answer.status_code, answer.json["code"]) == (503, "unavailable")
    assert "Retry-After" in answer.headers
    rpc.close()
