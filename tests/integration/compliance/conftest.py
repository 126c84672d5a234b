"""The compliance service on a real store, some days before its term opens.

One database for all these tests, emptied before each: making its collections and indexes takes longer than most tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from services.compliance.service import ComplianceService
from services.compliance.store import SCHEMA
from shared.runtime.testing import ServiceHarness
from shared.security.fields import Keyring
from shared.storage import Store
from tests.fixtures.clock import StillClock
from tests.integration.compliance.compliance_city import City

_START = datetime(2020, 5, 11, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def one_store(store_uri: str, keyring: Keyring) -> Iterator[tuple[Store, StillClock]]:
    clock = StillClock(_START)
    store = Store.open(store_uri, SCHEMA, clock=clock, keyring=keyring, prefix=f"t{uuid4().hex[:12]}_")
    store.ensure()
    yield store, clock
    store.drop()
    store.close()


@pytest.fixture
def clock(one_store: tuple[Store, StillClock]) -> StillClock:
    one_store[1].set(_START)
    return one_store[1]


@pytest.fixture
def store(one_store: tuple[Store, StillClock], clock: StillClock) -> Store:
    database = one_store[0].backing.database
    for name in database.list_collection_names():
        database[name].delete_many({})
    return one_store[0]


@pytest.fixture
def compliance(store: Store, clock: StillClock) -> ServiceHarness:
    return ServiceHarness(ComplianceService, store, clock=clock)


@pytest.fixture
def city(compliance: ServiceHarness, clock: StillClock) -> City:
    return City(compliance, clock)
