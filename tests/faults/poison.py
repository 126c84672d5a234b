"""Poison: messages that nobody can take in, put among those of a city in service."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import kombu
from pymongo import MongoClient

from shared.identifiers import new_id
from shared.messaging import dlq, naming
from shared.storage.outbox import PUBLISHED
from tests.faults.books import handlers
from tests.faults.breaking import lasting
from tests.faults.city import FaultCity
from tests.faults.trial import Strike
from tests.fixtures.broker import wait_until

POISONED = "enrollment.roster.admitted.v1"
UNKNOWN = "enrollment.trainee.beatified.v1"
SUBJECT = "poison"
_CONTENT = "application/cloudevents+json"
_SECONDS = 60.0


def takers(event_type: str) -> dict[str, int]:
    """Return how many handlers each service has for a type of event."""
    found: dict[str, int] = {}
    for handler in handlers()[event_type]:
        service = handler.partition(".")[0]
        found[service] = found.get(service, 0) + 1
    return found


def undecodable(strike: Strike) -> None:
    """A body that is no JSON, under a type that services wait for."""
    strike.reach("admitting", 6)
    _publish(strike.city, naming.event_exchange("enrollment"), POISONED, b'{"specversion": "1.0", "id": "evt_')


def unknown_type(strike: Strike) -> None:
    """An envelope of a type that nobody knows, under a routing key that services wait for, and under its own."""
    strike.reach("admitting", 6)
    before = _unroutable(strike.city)
    envelope = {**_envelope(strike.city), "type": UNKNOWN}
    for routing_key in (POISONED, UNKNOWN):
        _publish(strike.city, naming.event_exchange("enrollment"), routing_key, json.dumps(envelope).encode())
    wait_until(lambda: _unroutable(strike.city) == before + 1, _SECONDS, "what nobody waits for is kept")


def broken_schema(strike: Strike) -> None:
    """An envelope whose data lack what the schema asks for."""
    strike.reach("admitting", 6)
    envelope = {**_envelope(strike.city), "data": {"nomination_id": 7}}
    _publish(strike.city, naming.event_exchange("enrollment"), POISONED, json.dumps(envelope).encode())


def always_failing(strike: Strike) -> None:
    """An event whose handler raises every time."""
    _told(strike, "raise")


def killing(strike: Strike) -> None:
    """An event whose handler ends the process every time, until the broker gives up on it."""
    _told(strike, "exit")


def failing_until_mended(strike: Strike) -> None:
    """Every event of a type fails in one service until its handler is mended; then an operator replays those."""
    uri = strike.city.node.uri
    known = {letter.id for letter in dlq.listed(uri, "compliance")}

    def fresh() -> list[str]:
        return [letter.id for letter in dlq.listed(uri, "compliance") if letter.id not in known]

    with _handler_told(strike.city, {"how": "raise"}):
        strike.reach("admitting", 1)
        wait_until(lambda: bool(fresh()), _SECONDS, "events lie in quarantine")
    while (waiting := fresh()) or not strike.load.has_begun("teaching"):
        if waiting:
            dlq.replay(uri, "compliance", dlq.Filter(frozenset(waiting)))
        lasting(0.5)


def _told(strike: Strike, how: str) -> None:
    strike.reach("admitting", 6)
    before = dlq.depth(strike.city.node.uri, "compliance")
    with _handler_told(strike.city, {"how": how, "subject": SUBJECT}):
        envelope = {**_envelope(strike.city), "subject": SUBJECT}
        queue = naming.handler_queue("compliance", POISONED, "react")
        _publish(strike.city, "", queue, json.dumps(envelope).encode())
        wait_until(lambda: dlq.depth(strike.city.node.uri, "compliance") > before, 180.0, "the poison is put aside")
    strike.recover()


@contextmanager
def _handler_told(city: FaultCity, told: dict[str, str]) -> Iterator[None]:
    city.faults.write_text(json.dumps({"service": "compliance", "event": POISONED, **told}), "utf-8")
    try:
        yield
    finally:
        city.faults.unlink()


def _envelope(city: FaultCity) -> dict[str, Any]:
    """Return a fresh copy of an event that was published before."""
    with MongoClient[dict[str, Any]](city.store_uri) as client:
        row = client[f"{city.place.prefix}enrollment"][PUBLISHED].find_one({"type": POISONED})
    assert row is not None
    return {**json.loads(row["body"]), "id": new_id("evt"), "time": datetime.now(UTC).isoformat()}


def _unroutable(city: FaultCity) -> int:
    with kombu.Connection(city.node.uri) as connection:
        queue = connection.channel().queue_declare(naming.unroutable_queue("enrollment"), passive=True)
    return int(queue.message_count)


def _publish(city: FaultCity, exchange: str, routing_key: str, body: bytes) -> None:
    with kombu.Connection(city.node.uri) as connection:
        producer = kombu.Producer(connection.channel(), auto_declare=False)
        producer.publish(
            body, exchange=exchange, routing_key=routing_key, content_type=_CONTENT, content_encoding="utf-8",
            delivery_mode=2, mandatory=True,
        )  # fmt: skip
