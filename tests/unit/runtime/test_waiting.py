from __future__ import annotations

import time

import pytest

from shared.errors import Unavailable
from shared.runtime.waiting import StopAsked, wait_for


def test_it_goes_on_trying_until_the_thing_is_there() -> None:
    tries = []

    def probe() -> None:
        tries.append(1)
        if len(tries) < 3:
            raise ConnectionError

    wait_for("the broker", probe, 0, lambda: False)
    assert len(tries) == 3


def test_it_gives_up_at_the_limit_and_names_what_it_waited_for() -> None:
    def probe() -> None:
        raise ConnectionError

    started = time.monotonic()
    with pytest.raises(Unavailable, match="the broker"):
        wait_for("the broker", probe, 0.3, lambda: False)
    assert time.monotonic() - started < 30


def test_a_stop_ends_the_waiting() -> None:
    def probe() -> None:
        raise ConnectionError

    ends = time.monotonic() + 0.15
    with pytest.raises(StopAsked):
        wait_for("the broker", probe, 0, lambda: time.monotonic() > ends)
