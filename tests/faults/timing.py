"""Faults of time: a service that is away while the clock goes on and its queues fill, a clock that jumps."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from itertools import cycle, islice
from typing import Any

import kombu
from pymongo import MongoClient

from services.scheduling.contract import TIMETABLE_ISSUED
from shared.identifiers import new_id
from shared.messaging import naming
from shared.messaging.topology import DEFAULT_HANDLER
from shared.storage.outbox import PUBLISHED
from tests.faults.books import books
from tests.faults.breaking import lasting
from tests.faults.city import FaultCity
from tests.faults.trial import Strike
from tests.fixtures.broker import wait_until

HOUR = timedelta(hours=1)
BACKLOG = 3000
CONTENT_TYPE = "application/cloudevents+json"
_QUEUES = r"^compliance\..*\.v1\."
_REFUSED_SECONDS = 5.0


def away_for_an_hour(strike: Strike) -> None:
    """Compliance is away for an hour of the city's clock while its queues fill; then it catches up."""
    strike.reach("nominating", 4)
    with away(strike.city, "compliance"):
        tell_again(strike.city, BACKLOG)
        strike.reach("admitting", 40)
        wait_until(lambda: waiting_for(strike.city, "compliance") > BACKLOG, 60, "its queues fill")
        strike.city.clock.move(HOUR)
        waiting, began = waiting_for(strike.city, "compliance"), time.monotonic()
    strike.recover()
    wait_until(lambda: waiting_for(strike.city, "compliance") == 0, 300, "it has caught up")
    strike.note = f"{waiting:,} events waited, caught up in {time.monotonic() - began:.0f} s"


def full_to_the_limit(strike: Strike) -> None:
    """Compliance is away and its queues take one event each: the broker refuses the next, whose outbox keeps it."""
    strike.reach("nominating", 4)
    with ExitStack() as narrow:
        with away(strike.city, "compliance"):
            narrow.enter_context(narrow_queues(strike.city))
            strike.reach("admitting", 3)
            wait_until(lambda: books(strike.city).waiting > 0, 60, "events wait in an outbox")
            lasting(_REFUSED_SECONDS)
            strike.note = f"{books(strike.city).waiting} events refused by a full queue waited in their outboxes"
            assert books(strike.city).waiting
        strike.recover()


@contextmanager
def away(city: FaultCity, service: str) -> Iterator[None]:
    """Stop a service for as long as the block lasts; it comes back however the block ends, for the trials after it."""
    try:
        assert city.stop_service(service) == 0
        yield
    finally:
        city.services[service].kill()  # if it did not stop in time
        city.start_service(service)


@contextmanager
def narrow_queues(city: FaultCity) -> Iterator[None]:
    """Let compliance's queues take one event each for as long as the block lasts."""
    city.node.control("set_policy", "full", _QUEUES, '{"max-length": 1}', "--apply-to", "queues")
    try:
        yield
    finally:
        city.node.control("clear_policy", "full")


def tell_again(city: FaultCity, count: int) -> None:
    """Put so many events into a queue of compliance: what scheduling has told, with identifiers of their own."""
    with MongoClient[dict[str, Any]](city.store_uri) as client:
        rows = list(client[f"{city.prefix}scheduling"][PUBLISHED].find({"type": TIMETABLE_ISSUED.type}))
    queue = naming.handler_queue("compliance", TIMETABLE_ISSUED.type, DEFAULT_HANDLER)
    with kombu.Connection(city.broker_uri) as connection:
        producer = kombu.Producer(connection.channel(), auto_declare=False)
        for row in islice(cycle(rows), count):
            body = json.dumps({**json.loads(row["body"]), "id": new_id("evt")})
            producer.publish(
                body, routing_key=queue, content_type=CONTENT_TYPE, content_encoding="utf-8", delivery_mode=2
            )


def clock_jumps(strike: Strike) -> None:
    """The clock jumps ahead by hours, and back again behind where it was."""
    for commands, jump in ((6, 5 * HOUR), (20, -6 * HOUR), (34, HOUR)):
        strike.reach("admitting", commands)
        strike.city.clock.move(jump)
    strike.recover()


def waiting_for(city: FaultCity, service: str) -> int:
    """Return how many messages wait in the queues of a service's handlers."""
    rows = city.node.control("list_queues", "name", "messages").splitlines()
    counted = (row.split("\t") for row in rows if row.startswith(f"{service}."))
    return sum(int(count) for name, count in counted if ".v1." in name and not name.startswith(naming.rpc_queue("")))
