"""A fault that fails puts right what it broke: the trials after it have the same city."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tests.faults import timing


class Broken:
    """A city, its load over too early, which keeps what was done to it."""

    def __init__(self, *, stops: int | Exception = 0) -> None:
        self.done: list[str] = []
        self._stops = stops
        self.city = self.node = self
        self.services = {"compliance": SimpleNamespace(kill=lambda: self.done.append("kill"))}

    def reach(self, part: str, commands: int) -> None:
        assert part == "nominating", "the load was over"

    def control(self, *words: str) -> None:
        self.done.append(words[0])

    def stop_service(self, name: str) -> int:
        self.done.append("stop")
        if isinstance(self._stops, Exception):
            raise self._stops
        return self._stops

    def start_service(self, name: str) -> None:
        self.done.append("start")


@pytest.fixture(autouse=True)
def untold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timing, "tell_again", lambda city, count: None)


def test_queues_are_wide_again_and_the_service_is_back_when_the_load_was_over_too_early() -> None:
    strike: Any = Broken()
    with pytest.raises(AssertionError, match="the load was over"):
        timing.full_to_the_limit(strike)
    assert strike.done == ["stop", "set_policy", "kill", "start", "clear_policy"]


@pytest.mark.parametrize("stops", [0, 1, TimeoutError()])
def test_who_was_away_is_back_however_it_went(stops: int | Exception) -> None:
    strike: Any = Broken(stops=stops)
    with pytest.raises((AssertionError, TimeoutError)):
        timing.away_for_an_hour(strike)
    assert strike.done == ["stop", "kill", "start"]
