"""A broker and a store in trouble, each by itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.breaking_servers import BROKER, STORE
from tests.faults.trial import Fault, Trials, trials

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def city() -> Iterator[Trials]:
    with trials(waves=max(len(BROKER), len(STORE))) as made:  # one city each: a year has not the weeks for all
        yield made


@pytest.mark.parametrize("city", ["broker"], indirect=True)
@pytest.mark.parametrize("fault", BROKER, ids=lambda fault: fault.__name__)
def test_a_broker_in_trouble_loses_and_doubles_nothing(city: Trials, fault: Fault) -> None:
    city.hold(f"broker: {fault.__name__}", fault)


@pytest.mark.parametrize("city", ["store"], indirect=True)
@pytest.mark.parametrize("fault", STORE, ids=lambda fault: fault.__name__)
def test_a_store_in_trouble_loses_and_doubles_nothing(city: Trials, fault: Fault) -> None:
    city.hold(f"store: {fault.__name__}", fault)
