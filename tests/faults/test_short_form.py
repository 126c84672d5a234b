"""The short form of the fault suite: one fault of each kind that strikes a city in service. ``make test-faults``
runs the long form, with every fault alone and a mix of all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults import breaking
from tests.faults.trial import Trials, trials

pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module")
def city() -> Iterator[Trials]:
    with trials(waves=5) as made:
        yield made


def test_each_service_killed_loses_and_doubles_nothing(city: Trials) -> None:
    seen = city.hold("kill -9 of each service in turn", breaking.kill_each_service)
    assert seen.restarts == 5


def test_a_gateway_killed_with_requests_in_flight_loses_and_doubles_nothing(city: Trials) -> None:
    seen = city.hold("kill -9 of the gateway", breaking.kill_gateway)
    assert seen.restarts == 4


def test_services_told_to_stop_under_load_hand_over_everything(city: Trials) -> None:
    seen = city.hold("SIGTERM to each service in turn", breaking.terminate_each_service)
    assert (seen.restarts, seen.redeliveries) == (0, 0)


def test_a_broker_killed_twice_loses_and_doubles_nothing(city: Trials) -> None:
    city.hold("kill -9 of the broker", breaking.kill_broker)


def test_a_store_killed_twice_loses_and_doubles_nothing(city: Trials) -> None:
    city.hold("kill -9 of the store", breaking.kill_store)
