"""The sample year over a deployment: each service a process of its own, a real broker, gunicorn before them."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gateway.store import ITSELF, KEYS, SCHEMA
from shared.security.signing import SigningKeys
from tests.fixtures.broker import free_port, wait_until
from tests.fixtures.runner_process import Place

_PROGRAM = str(Path(sys.executable).with_name("diaoxun"))
_YEAR_SECONDS = 1500.0
pytestmark = pytest.mark.timeout(2400)
SERVICES = ("scheduling", "enrollment", "compliance", "notification", "outcomes")


class Deployed:
    """A gateway and five services, as an operator starts them."""

    def __init__(self, place: Place) -> None:
        self._environment = {**os.environ, **place.environment}
        self._folder = place.folder
        self._started: list[subprocess.Popen[bytes]] = []
        self.url = f"http://127.0.0.1:{free_port()}"

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        environ = {**self._environment, **environment}
        return subprocess.run(
            [_PROGRAM, *arguments], env=environ, capture_output=True, text=True, timeout=_YEAR_SECONDS, check=False
        )

    def start(self, name: str, *arguments: str) -> None:
        with (self._folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen([_PROGRAM, *arguments], env=self._environment, stdout=log, stderr=log)
        self._started.append(process)

    def wait_ready(self) -> None:
        def there() -> bool:
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{self.url}/readyz", timeout=10) as answer:
                return bool(answer.status == 200)
            assert all(process.poll() is None for process in self._started), self.logs()
            return False

        wait_until(there, 120, "the gateway is ready")

    def logs(self) -> str:
        return "\n".join(log.read_text(errors="replace")[-2000:] for log in sorted(self._folder.glob("*.log")))

    def stop(self) -> None:
        for process in self._started:
            process.kill()
        for process in self._started:
            process.wait(20)


@pytest.fixture(scope="module")
def deployed(place: Place) -> Iterator[Deployed]:
    place.environment |= {
        "DIAOXUN_CLOCK": "settable",
        "DIAOXUN_GATEWAY_SECURE_COOKIES": "false",
        "DIAOXUN_GATEWAY_RATE": "1000",
        "DIAOXUN_GATEWAY_BURST": "2000",
        "DIAOXUN_SIGNING_KEYS": f"c1:{SigningKeys.new_key()}",
    }
    made = Deployed(place)
    prepared = made.run("prepare")
    assert prepared.returncode == 0, prepared.stdout + prepared.stderr
    try:
        for name in SERVICES:
            made.start(name, "serve", name)
        made.start("gateway", "gateway", "--host", "127.0.0.1", "--port", made.url.rpartition(":")[2], "--workers", "1")
        made.wait_ready()
        yield made
    finally:
        made.stop()


@pytest.fixture(scope="module")
def summary(deployed: Deployed, small_sample: Path) -> dict[str, Any]:
    done = deployed.run("rehearse", deployed.url, "--sample", str(small_sample))
    assert done.returncode == 0, done.stdout + done.stderr + deployed.logs()
    told: dict[str, Any] = json.loads(done.stdout[done.stdout.index("\n{") :])
    return told


def test_a_year_on_separate_processes_comes_to_the_same_as_the_embedded_one(
    summary: dict[str, Any], first: tuple[dict[str, Any], Path]
) -> None:
    ran_by = ("events", "seconds")  # how the year was run, not what came of it
    embedded = {key: value for key, value in first[0].items() if key not in ran_by}
    assert {key: value for key, value in summary.items() if key not in ran_by} == embedded
    assert summary["events"]["quarantined"] == 0
    assert summary["events"]["published"] > 0


def test_a_second_rehearsal_goes_on_where_the_first_ended(
    summary: dict[str, Any], deployed: Deployed, small_sample: Path
) -> None:
    again = deployed.run("rehearse", deployed.url, "--sample", str(small_sample))
    assert again.returncode == 0, again.stdout + again.stderr
    told = json.loads(again.stdout[again.stdout.index("\n{") :])
    assert {key: told[key] for key in ("admitted", "letters", "fees")} == {
        key: summary[key] for key in ("admitted", "letters", "fees")
    }


def test_a_deployment_with_plans_of_its_own_is_left_alone(
    summary: dict[str, Any], deployed: Deployed, place: Place, small_sample: Path
) -> None:
    keys = place.store(SCHEMA).view(ITSELF).rows(KEYS)
    before = keys.count()
    kept = Path(place.environment["DIAOXUN_VAR"]) / "settings" / "rehearsal.json"
    aside = kept.rename(kept.with_suffix(".aside"))
    try:
        refused = deployed.run("rehearse", deployed.url, "--sample", str(small_sample))
    finally:
        aside.replace(kept)
    assert refused.returncode == 1
    assert "1 个培训计划" in refused.stdout
    assert keys.count() == before, "nobody got a way in"


def test_a_deployment_by_the_machines_clock_is_refused(tmp_path: Path, deployed: Deployed) -> None:
    refused = deployed.run("rehearse", deployed.url, DIAOXUN_CLOCK="system", DIAOXUN_VAR=str(tmp_path))
    assert refused.returncode == 1
    assert "DIAOXUN_CLOCK=settable" in refused.stdout
