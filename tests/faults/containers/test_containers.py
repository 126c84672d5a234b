"""A deployment in containers, broken through the engine under the load of the suite: `make test-faults-containers`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.containers.breaking import FAULTS, upgrade_everything
from tests.faults.containers.city import ContainerCity, no_engine, running_containers
from tests.faults.trial import Trials

_WITHOUT = no_engine()
_SLOWLY = 0.5
pytestmark = [
    pytest.mark.long,
    pytest.mark.timeout(1800),
    pytest.mark.skipif(bool(_WITHOUT), reason=_WITHOUT or "an engine answers"),
]


_HALF = len(FAULTS) // 2 + 1
_FIRST, _SECOND = list(FAULTS)[:_HALF], list(FAULTS)[_HALF:]
"""Which deployment each fault strikes: a year has not the weeks for all of them."""


@pytest.fixture(scope="module")
def deployment() -> Iterator[Trials[ContainerCity]]:
    with running_containers() as city:
        yield Trials(city, _HALF + 1)


# Two parametrisations: in one tuple with the name, each case would have a deployment of its own.
@pytest.mark.parametrize("deployment", ["first"], indirect=True)
@pytest.mark.parametrize("name", _FIRST)
def test_a_broken_container_loses_and_doubles_nothing(deployment: Trials[ContainerCity], name: str) -> None:
    deployment.hold(name, FAULTS[name])


@pytest.mark.parametrize("deployment", ["second"], indirect=True)
@pytest.mark.parametrize("name", _SECOND)
def test_a_broken_container_of_a_second_deployment_loses_and_doubles_nothing(
    deployment: Trials[ContainerCity], name: str
) -> None:
    deployment.hold(name, FAULTS[name])


@pytest.mark.parametrize("deployment", ["second"], indirect=True)
def test_an_upgrade_of_everything_fails_no_request_and_delivers_nothing_again(
    deployment: Trials[ContainerCity],
) -> None:
    seen = deployment.hold("every service and the gateway upgraded in turn", upgrade_everything, rate=_SLOWLY)
    assert (seen.measured.again, seen.measured.broken_lines, seen.redeliveries, seen.restarts) == (0, 0, 0, 0)
