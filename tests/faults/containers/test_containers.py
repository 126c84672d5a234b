"""A deployment in containers, broken through the engine under the load of the suite: `make test-faults-containers`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.containers.breaking import FAULTS
from tests.faults.containers.city import ContainerCity, no_engine, running_containers
from tests.faults.trial import Trials

_WITHOUT = no_engine()
pytestmark = [
    pytest.mark.long,
    pytest.mark.timeout(1800),
    pytest.mark.skipif(bool(_WITHOUT), reason=_WITHOUT or "an engine answers"),
]


@pytest.fixture(scope="module")
def deployment() -> Iterator[Trials[ContainerCity]]:
    with running_containers() as city:
        yield Trials(city, len(FAULTS) + 1)


@pytest.mark.parametrize("name", FAULTS)
def test_a_broken_container_loses_and_doubles_nothing(deployment: Trials[ContainerCity], name: str) -> None:
    deployment.hold(name, FAULTS[name])
