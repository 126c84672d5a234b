"""Processes that die, each by itself: every service, the relay in mid-batch."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults import breaking
from tests.faults.target import SERVICES
from tests.faults.trial import Trials, trials

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def city() -> Iterator[Trials]:
    with trials(waves=6) as made:
        yield made


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_killed_again_and_again_loses_and_doubles_nothing(city: Trials, name: str) -> None:
    seen = city.hold(f"kill -9 of {name}, three times", breaking.kill_service(name))
    assert seen.restarts == 3


def test_a_relay_killed_in_mid_batch_loses_and_doubles_nothing(city: Trials) -> None:
    seen = city.hold("kill -9 of the relay in mid-batch", breaking.kill_relay_in_mid_batch)
    assert seen.restarts == 2
