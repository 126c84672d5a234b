"""A deployment in containers, broken through the engine under the load of the suite: `make test-faults-containers`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.containers.breaking import FAULTS, upgrade_everything
from tests.faults.containers.city import ContainerCity, no_engine, running_containers
from tests.faults.trial import Trials

_WITHOUT = no_engine()
_SLOWLY = 0.5
_HALF = 5
_OTHER_HALF = len(FAULTS) - _HALF + 1
"""With the upgrade; another number than the half, which tells the deployments apart."""
pytestmark = [
    pytest.mark.long,
    pytest.mark.timeout(1800),
    pytest.mark.skipif(bool(_WITHOUT), reason=_WITHOUT or "an engine answers"),
]


@pytest.fixture(scope="module")
def deployment(request: pytest.FixtureRequest) -> Iterator[Trials[ContainerCity]]:
    """One after the other, each for so many trials: a year has too few weeks alike for all of them."""
    with running_containers() as city:
        yield Trials(city, request.param + 1)


@pytest.mark.parametrize(
    ("deployment", "name"),
    [(_HALF, name) for name in list(FAULTS)[:_HALF]] + [(_OTHER_HALF, name) for name in list(FAULTS)[_HALF:]],
    indirect=["deployment"],
)
def test_a_broken_container_loses_and_doubles_nothing(deployment: Trials[ContainerCity], name: str) -> None:
    deployment.hold(name, FAULTS[name])


@pytest.mark.parametrize("deployment", [_OTHER_HALF], indirect=True)
def test_an_upgrade_of_everything_fails_no_request_and_delivers_nothing_again(
    deployment: Trials[ContainerCity],
) -> None:
    seen = deployment.hold("every service and the gateway upgraded in turn", upgrade_everything, rate=_SLOWLY)
    assert (seen.measured.again, seen.measured.broken_lines, seen.redeliveries, seen.restarts) == (0, 0, 0, 0)
