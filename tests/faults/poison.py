"""Poison: messages that nobody can take in, put among those of a city in service."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
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
from tests.faults.target import GATEWAY
from tests.faults.timing import CONTENT_TYPE, waiting_for
from tests.faults.trial import Fault, Strike
from tests.fixtures.broker import wait_until

POISONED = "enrollment.roster.admitted.v1"
UNKNOWN = "enrollment.trainee.beatified.v1"
SUBJECT = "poison"
_SECONDS = 60.0


def takers(event_type: str) -> dict[str, int]:
    """Return how many handlers each service has for a type of event."""
    found: dict[str, int] = {}
    for handler in handlers()[event_type]:
        service = handler.partition(".")[0]
        found[service] = found.get(service, 0) + 1
    return found


def put_aside(kind: Callable[[FaultCity], None]) -> dict[str, int]:
    """Return by how much an unreadable message of a kind makes quarantines grow.

    The gateway's log takes any envelope: it looks at neither type nor data.
    """
    found = takers(POISONED)
    return {**found, GATEWAY: 1} if kind in (undecodable, nested_without_end) else found


def undecodable(city: FaultCity) -> None:
    """A body that is no JSON, under a type that services wait for."""
    _publish(city, naming.event_exchange("enrollment"), POISONED, b'{"specversion": "1.0", "id": "evt_')


def nested_without_end(city: FaultCity) -> None:
    """A body of JSON that no reader gets to the bottom of."""
    _publish(city, naming.event_exchange("enrollment"), POISONED, b"[" * 100_000)


def unknown_type(city: FaultCity) -> None:
    """An envelope of a type that nobody knows, under a routing key that services wait for, and under its own."""
    before = _unroutable(city)
    envelope = {**_envelope(city), "type": UNKNOWN}
    for routing_key in (POISONED, UNKNOWN):
        _publish(city, naming.event_exchange("enrollment"), routing_key, json.dumps(envelope).encode())
    wait_until(lambda: _unroutable(city) == before + 1, _SECONDS, "what nobody waits for is kept")


def broken_schema(city: FaultCity) -> None:
    """An envelope whose data lack what the schema asks for."""
    envelope = {**_envelope(city), "data": {"nomination_id": 7}}
    _publish(city, naming.event_exchange("enrollment"), POISONED, json.dumps(envelope).encode())


def always_failing(city: FaultCity) -> None:
    """An event whose handler raises every time."""
    _told(city, "raise")


def killing(city: FaultCity) -> None:
    """An event whose handler ends the process every time, until the broker gives up on it."""
    _told(city, "exit")


UNREADABLE = (undecodable, nested_without_end, unknown_type, broken_schema)
"""Kinds that lie in the quarantine of every handler that waits for ``POISONED``."""


def failing_until_mended(strike: Strike) -> None:
    """Every event of a type fails in one service until its handler is mended; then an operator replays those."""
    known = set(quarantined(strike.city))
    with _handler_told(strike.city, {"how": "raise"}):
        strike.reach("admitting", 1)
        wait_until(lambda: bool(quarantined(strike.city) - known), _SECONDS, "events lie in quarantine")
    while replayed(strike.city, known) or not strike.load.has_begun("teaching"):
        lasting(0.5)


def failing_for_a_while(strike: Strike, seconds: float) -> None:
    """The same for so many seconds; what lies in quarantine then is replayed until nothing is on its way there."""
    known = set(quarantined(strike.city))
    with _handler_told(strike.city, {"how": "raise"}):
        lasting(seconds)
    quiet = 0
    while quiet < 3:  # the last try of one may be under way
        quiet = 0 if replayed(strike.city, known) or waiting_for(strike.city, "compliance") else quiet + 1
        lasting(1)


def quarantined(city: FaultCity) -> set[str]:
    """Return the letters in the quarantine of compliance."""
    return {letter.id for letter in dlq.listed(city.node.uri, "compliance")}


def replayed(city: FaultCity, known: set[str]) -> int:
    """Replay what came to the quarantine of compliance since, and return how much that was."""
    if fresh := quarantined(city) - known:
        dlq.replay(city.node.uri, "compliance", dlq.Filter(frozenset(fresh)))
    return len(fresh)


def struck(poison: Callable[[FaultCity], None]) -> Fault:
    """Return the fault: a poison among the admissions."""

    def fault(strike: Strike) -> None:
        strike.reach("admitting", 6)
        poison(strike.city)
        strike.recover()

    return fault


def _told(city: FaultCity, how: str) -> None:
    before = dlq.depth(city.node.uri, "compliance")
    with _handler_told(city, {"how": how, "subject": SUBJECT}):
        envelope = {**_envelope(city), "subject": SUBJECT}
        queue = naming.handler_queue("compliance", POISONED, "react")
        _publish(city, "", queue, json.dumps(envelope).encode())
        wait_until(lambda: dlq.depth(city.node.uri, "compliance") > before, 180.0, "the poison is put aside")


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
            body, exchange=exchange, routing_key=routing_key, content_type=CONTENT_TYPE, content_encoding="utf-8",
            delivery_mode=2, mandatory=True,
        )  # fmt: skip
