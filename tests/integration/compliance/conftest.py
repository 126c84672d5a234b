"""The compliance service on a real store, some days before its term opens."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.compliance.service import ComplianceService
from services.compliance.store import SCHEMA
from shared.runtime.testing import ServiceHarness
from tests.fixtures.store import MakeStore
from tests.integration.compliance.compliance_city import City, StillClock


@pytest.fixture
def clock() -> StillClock:
    return StillClock(datetime(2020, 5, 11, 1, 0, tzinfo=UTC))


@pytest.fixture
def compliance(make_store: MakeStore, clock: StillClock) -> ServiceHarness:
    return ServiceHarness(ComplianceService, make_store(SCHEMA, clock=clock), clock=clock)


@pytest.fixture
def city(compliance: ServiceHarness, clock: StillClock) -> City:
    return City(compliance, clock)
