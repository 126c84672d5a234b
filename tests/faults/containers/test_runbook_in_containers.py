"""The runbook's `make` lines, run for real on a deployment in containers: `make test-faults-containers`.

What operators do with ``diaoxun`` itself is run by ``tests/integration/cli/test_runbook.py`` on processes.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

import pytest

from tests.faults.containers.city import READY_SECONDS, ContainerCity, no_engine, running_containers
from tests.fixtures.broker import wait_until
from tests.fixtures.runner_process import ROOT
from tests.integration.cli.test_runbook import MAKE

_WITHOUT = no_engine()
pytestmark = [
    pytest.mark.long,
    pytest.mark.timeout(1800),
    pytest.mark.skipif(bool(_WITHOUT), reason=_WITHOUT or "an engine answers"),
]
_SECONDS = 600
# `make audit` needs no deployment; tests/unit/deploy/test_advisories.py runs it.
LINES = [line for line in MAKE if not line.startswith(("make diaoxun", "make audit"))]


@pytest.fixture(scope="module")
def deployment() -> Iterator[ContainerCity]:
    with running_containers() as city:
        yield city


@pytest.mark.parametrize("line", LINES)
def test_a_line_of_the_runbook_does_its_work(deployment: ContainerCity, line: str) -> None:
    goes_on = line.startswith("make logs")
    done = subprocess.run(
        ["bash", "-c", f"timeout 15 {line}" if goes_on else line], cwd=ROOT, env=deployment.environment(),
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=_SECONDS, check=False,
    )  # fmt: skip
    assert done.returncode in ((0, 124) if goes_on else (0,)), done.stdout[-2000:] + done.stderr[-2000:]
    if goes_on or line.startswith(("make status", "make images", 'make broker ARGS="list')):
        assert done.stdout, done.stderr[-2000:]


def test_after_all_that_everything_is_well(deployment: ContainerCity) -> None:
    said: list[str] = []

    def well() -> bool:
        looked = subprocess.run(
            ["make", "status"], cwd=ROOT, env=deployment.environment(), capture_output=True, text=True, check=False
        )
        said[:] = [looked.stdout]
        return looked.returncode == 0

    wait_until(well, READY_SECONDS, "everything is well")
    assert said[0].count("_enrollment_") == 3, said[0]
