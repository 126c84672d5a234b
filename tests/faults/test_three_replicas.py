"""Three replicas of every service, with their timers, of which some die."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.target import SERVICES
from tests.faults.trial import Strike, Trials, nothing, trials

pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def city() -> Iterator[Trials]:
    with trials(waves=2, replicas=3) as made:
        yield made


def test_three_replicas_do_everything_once(city: Trials) -> None:
    city.hold("three replicas of every service", nothing)


def test_replicas_that_die_are_stood_in_for(city: Trials) -> None:
    def fault(strike: Strike) -> None:
        for number, name in enumerate(SERVICES):
            strike.reach("admitting", 8 * number + 2)
            strike.city.kill_service(f"{name}.{number % 2 + 2}")
        strike.recover()

    assert city.hold("three replicas, one of each killed", fault).restarts == len(SERVICES)
