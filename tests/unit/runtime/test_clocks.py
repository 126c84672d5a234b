from __future__ import annotations

import os
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from shared.clock import SystemClock
from shared.config import default_settings
from shared.errors import Invalid
from shared.runtime.clocks import ClockFixed, FileClock, clock_from, instant, settable


def test_processes_that_see_the_same_file_agree(tmp_path: Path) -> None:
    mine, theirs = FileClock(tmp_path / "clock.json"), FileClock(tmp_path / "clock.json")
    theirs.now()
    mine.set(datetime(2020, 5, 10, 23, 30, tzinfo=UTC))
    ends = time.monotonic() + 30
    while theirs.today() != date(2020, 5, 11):
        assert time.monotonic() < ends
    mine.move(timedelta(days=30))
    while theirs.today() != date(2020, 6, 10):
        assert time.monotonic() < ends
    assert FileClock(tmp_path / "clock.json").today() == date(2020, 6, 10)


def test_a_start_holds_only_until_the_clock_was_set(tmp_path: Path) -> None:
    start = instant("2020-01-01")
    first = FileClock(tmp_path / "clock.json", start)
    assert first.today() == date(2020, 1, 1)
    first.move(timedelta(days=2))
    assert FileClock(tmp_path / "clock.json", start).today() == date(2020, 1, 3)


def test_a_broken_file_does_not_stop_the_clock(tmp_path: Path) -> None:
    clock = FileClock(tmp_path / "clock.json", instant("2020-05-11"))
    assert clock.today() == date(2020, 5, 11)
    (tmp_path / "clock.json").write_text("{")
    os.utime(tmp_path / "clock.json", ns=(1, 1))
    time.sleep(0.15)
    assert clock.today() == date(2020, 5, 11)


def test_the_settings_choose_the_clock(tmp_path: Path) -> None:
    assert isinstance(clock_from(default_settings()), SystemClock)
    chosen = clock_from(default_settings(clock="settable", clock_start="2020-05-11T09:00+08:00", var=tmp_path))
    assert chosen.today() == date(2020, 5, 11)
    with pytest.raises(ClockFixed, match="DIAOXUN_CLOCK"):
        settable(default_settings(var=tmp_path / "nothing-runs-here"))


def test_the_clock_of_an_embedded_stack_is_found_by_its_file(tmp_path: Path) -> None:
    settings = default_settings(var=tmp_path)
    FileClock(settings.clock_path, instant("2020-05-11"))
    settable(settings).move(timedelta(days=1))
    assert FileClock(settings.clock_path).today() == date(2020, 5, 12)


def test_an_instant_without_zone_is_the_citys() -> None:
    assert instant("2020-05-11").astimezone(UTC) == datetime(2020, 5, 10, 16, tzinfo=UTC)
    with pytest.raises(Invalid, match="2020年"):
        instant("2020年")
