"""Time that jumps, a service away for an hour of it, and a data directory without room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import timing
from tests.faults.breaking import lasting
from tests.faults.props import little_room
from tests.faults.trial import Strike, Trials, trials

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]
_ROOM, _MORE = 24, 32_000_000


@pytest.fixture(scope="module")
def small_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with little_room(tmp_path_factory.mktemp("var"), _ROOM) as place:
        yield place


@pytest.fixture(scope="module")
def city(small_disk: Path) -> Iterator[Trials]:
    with trials(waves=4, DIAOXUN_VAR=str(small_disk)) as made:
        yield made


def test_a_service_away_for_an_hour_catches_up_with_a_full_queue(city: Trials) -> None:
    city.hold("compliance away for an hour", timing.away_for_an_hour)


def test_events_that_a_full_queue_refuses_wait_where_they_were_committed(city: Trials) -> None:
    city.hold("compliance away, its queues full", timing.full_to_the_limit)


def test_a_clock_that_jumps_changes_nothing(city: Trials) -> None:
    city.hold("the clock jumps", timing.clock_jumps)


def test_letters_wait_for_room_on_the_disk(city: Trials, small_disk: Path) -> None:
    def full(strike: Strike) -> None:
        strike.reach("admitting", 3)
        fill = small_disk / "fill"
        with pytest.raises(OSError, match="No space"):
            fill.write_bytes(b"\0" * _MORE)
        lasting(10)
        fill.unlink()
        strike.recover()

    city.hold("the disk of var/ is full", full)
