"""Plays scenarios in patched child processes, on the embedded broker and on RabbitMQ."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from shared.messaging.embedded.address import address_of

ROOT = Path(__file__).parents[3]
Play = Callable[[str], Any]


def play_on(uri: str, scenario: str) -> Any:
    """Run a scenario to its end and return its result."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.contract.play", scenario, uri],
        cwd=ROOT,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, f"{scenario} failed:\n{done.stderr[-6000:]}"
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(params=["embedded", "rabbitmq"])
def broker_uri(request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "rabbitmq":
        yield request.getfixturevalue("rabbitmq_uri")
    else:
        yield address_of(f"play-{uuid4().hex}")


@pytest.fixture
def play(broker_uri: str) -> Play:
    """Play a scenario, ``module:function``, on each broker in turn."""
    return lambda scenario: play_on(broker_uri, scenario)


@pytest.fixture
def play_rabbitmq(rabbitmq_uri: str) -> Play:
    """Play a scenario on RabbitMQ only."""
    return lambda scenario: play_on(rabbitmq_uri, scenario)
