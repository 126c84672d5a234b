"""The books of a city: what was published, who took it in, the audit chains, and the numbers of letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from pymongo import MongoClient

from gateway.store import EVENT_LOG
from gateway.store import SCHEMA as GATEWAY_SCHEMA
from services.notification.contract import LIST_LETTERS
from shared.clock import SystemClock
from shared.runtime.entrypoints import handlers_of
from shared.security.fields import Keyring
from shared.storage import Store, StoreSchema
from shared.storage.inbox import INBOX
from shared.storage.outbox import OUTBOX, PUBLISHED
from tests.faults.caller import Caller
from tests.faults.target import SERVICES, Target


@dataclass(frozen=True)
class Books:
    """Events that wait to leave, events that left, and which of these somebody has not taken in yet."""

    waiting: int
    published: Counter[str]
    missing: frozenset[tuple[str, str]]
    """Handlers and the events they have not taken in."""
    unlogged: frozenset[str]
    """Events that the gateway's log, which agencies read, does not have."""

    @property
    def closed(self) -> bool:
        """Whether nothing is on its way."""
        return not (self.waiting or self.missing or self.unlogged)


@cache
def handlers() -> dict[str, tuple[str, ...]]:
    """Return the names of the handlers of each type of event, of all five services."""
    found: dict[str, list[str]] = {}
    for name in SERVICES:
        service: Any = import_module(f"services.{name}.service")
        for handler in handlers_of(getattr(service, f"{name.capitalize()}Service")):
            found.setdefault(handler.event.type, []).append(handler.name)
    return {event: tuple(names) for event, names in found.items()}


def books(city: Target) -> Books:
    """Read the books of all databases, past every line."""
    return books_in(city.store_uri, city.prefix)


def books_in(store_uri: str, prefix: str) -> Books:
    """Read the books of the databases with a prefix."""
    published: dict[str, str] = {}
    waiting, taken = 0, set()
    with MongoClient[dict[str, Any]](store_uri) as client:
        for name in SERVICES:
            database = client[prefix + name]
            waiting += database[OUTBOX].count_documents({})
            published |= {row["_id"]: row["type"] for row in database[PUBLISHED].find({}, {"type": 1})}
            taken |= {row["_id"] for row in database[INBOX].find({}, {"_id": 1})}
        log = client[prefix + GATEWAY_SCHEMA.service][EVENT_LOG.name]
        logged = {row["_id"] for row in log.find({}, {"_id": 1})}
    wanted = {(handler, id) for id, event in published.items() for handler in handlers().get(event, ())}
    missing = frozenset((handler, id) for handler, id in wanted if f"{handler}:{id}" not in taken)
    return Books(waiting, Counter(published.values()), missing, frozenset(published.keys() - logged))


def chains(city: Target) -> dict[str, str]:
    """Walk the audit chain of every database and return what is broken in it, empty where it is whole."""
    schemas = [import_module(f"services.{name}.store").SCHEMA for name in SERVICES]
    found = {}
    for schema in (*schemas, GATEWAY_SCHEMA):
        with _opened(city, schema) as store:
            report = store.audit.verify(None)
            found[schema.service] = "" if report.intact else str(report.broken)
    return found


def serials(caller: Caller) -> dict[str, list[int]]:
    """Return the serial numbers of all letters of each kind, which have neither gaps nor doubles."""
    found: dict[str, list[int]] = {"transfer": [], "admission": []}
    for row in caller.rows(LIST_LETTERS, {}):
        found[row["kind"]].append(int(row["number"].rpartition("〕")[2].removesuffix("号")))
    return {kind: sorted(numbers) for kind, numbers in found.items()}


@contextmanager
def _opened(city: Target, schema: StoreSchema) -> Iterator[Store]:
    keyring = Keyring.parse(city.field_keys)
    store = Store.open(city.store_uri, schema, clock=SystemClock(), keyring=keyring, prefix=city.prefix)
    try:
        yield store
    finally:
        store.close()
