"""Time as a port: no code of Diaoxun asks the machine what time it is, it asks its clock."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

CITY_ZONE = ZoneInfo("Asia/Shanghai")


class Clock(Protocol):
    """Where time comes from."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC, to the millisecond (what the store keeps)."""

    def today(self) -> date:
        """Return the present day in the city's zone (Asia/Shanghai)."""


def _to_millisecond(instant: datetime) -> datetime:
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the machine's instant in UTC."""
        return _to_millisecond(datetime.now(UTC))

    def today(self) -> date:
        """Return the machine's day in the city's zone."""
        return self.now().astimezone(CITY_ZONE).date()


class SettableClock:
    """A clock that can be set and moved; between moves it runs on at the machine's pace."""

    def __init__(self, start: datetime) -> None:
        self._lock = threading.Lock()
        self._machine = SystemClock()
        self._offset = timedelta()
        self.set(start)

    def now(self) -> datetime:
        """Return the set instant plus what has passed since."""
        with self._lock:
            return self._machine.now() + self._offset

    def today(self) -> date:
        """Return the set day in the city's zone."""
        return self.now().astimezone(CITY_ZONE).date()

    def set(self, instant: datetime) -> None:
        """Go to ``instant`` (aware). Raises ``ValueError`` for a naive one."""
        if instant.tzinfo is None:
            raise ValueError(f"the clock needs an instant with a zone, got {instant!r}")
        with self._lock:
            self._offset = instant.astimezone(UTC) - self._machine.now()

    def move(self, by: timedelta) -> None:
        """Move forward (or back, for a rehearsal) by a duration."""
        with self._lock:
            self._offset += by
