"""Plays scenarios in a patched child process, on the embedded broker and on RabbitMQ."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from shared.messaging.embedded.address import address_of

ROOT = Path(__file__).parents[3]
Play = Callable[[str], Any]


class Player:
    """A child process that plays one scenario after the other on one broker; a new one after a failure."""

    def __init__(self, uri: str) -> None:
        self._uri = uri
        self._child: subprocess.Popen[str] | None = None
        self._log = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed with the player

    def play(self, scenario: str) -> Any:
        child = self._child or self._start()
        assert child.stdin is not None
        assert child.stdout is not None
        print(scenario, file=child.stdin, flush=True)
        line = child.stdout.readline()
        answer = json.loads(line) if line else {"trouble": "the child ended"}
        if "trouble" in answer:
            self.stop()
            pytest.fail(f"{scenario} on {self._uri.split(':')[0]}: {answer['trouble']}\n{self._last_words()}")
        return answer["result"]

    def stop(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            self._child = None

    def _start(self) -> subprocess.Popen[str]:
        self._child = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "tests.contract.play", self._uri],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )
        return self._child

    def _last_words(self) -> str:
        self._log.seek(0)
        return self._log.read()[-5000:]


@pytest.fixture(scope="session")
def rabbitmq_player(rabbitmq_uri: str) -> Iterator[Player]:
    player = Player(rabbitmq_uri)
    yield player
    player.stop()


@pytest.fixture(scope="session")
def embedded_player() -> Iterator[Player]:
    player = Player(address_of(f"play-{uuid4().hex}"))
    yield player
    player.stop()


@pytest.fixture(params=["embedded", "rabbitmq"])
def play(request: pytest.FixtureRequest) -> Play:
    """Play a scenario, ``module:function``, on each broker in turn."""
    player: Player = request.getfixturevalue(f"{request.param}_player")
    return player.play
