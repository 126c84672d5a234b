"""The clock of a process, from its settings; a settable one is shared by every process that sees the same file."""

from __future__ import annotations

import json
import os
import tempfile
import threading
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from shared.clock import CITY_ZONE, Clock, SystemClock
from shared.config import Settings
from shared.errors import Conflict, Invalid
from shared.wording import Words

LOOK_SECONDS = 0.1
"""How soon, at the latest, a process sees that another one set the clock."""


class ClockFixed(Conflict):
    """The clock is the machine's and cannot be set."""

    code = "clock-fixed"
    title = Words("时钟不可调整", "Clock cannot be set")


class FileClock:
    """A settable clock whose offset from the machine's lies in a file; changes are seen within a tenth of a second."""

    def __init__(self, path: Path, start: datetime | None = None) -> None:
        self._path = path
        self._machine = SystemClock()
        self._lock = threading.Lock()
        self._looked = -1.0
        self._stamp: tuple[int, int] | None = None
        self._offset = timedelta()
        if start is not None and not path.exists():
            self.set(start)

    def now(self) -> datetime:
        """Return the set instant plus what has passed since, in UTC, to the millisecond."""
        return self._machine.now() + self._present_offset()

    def today(self) -> date:
        """Return the set day in the city's zone."""
        return self.now().astimezone(CITY_ZONE).date()

    def set(self, instant: datetime) -> None:
        """Go to ``instant`` (aware). Raises ``ValueError`` for a naive one."""
        if instant.tzinfo is None:
            raise ValueError(f"the clock needs an instant with a zone, got {instant!r}")
        self._keep(instant.astimezone(UTC) - self._machine.now())

    def move(self, by: timedelta) -> None:
        """Move forward, or back for a rehearsal."""
        self._keep(self._present_offset() + by)

    def reset(self) -> None:
        """Go by the machine's clock again."""
        self._keep(timedelta())

    def _keep(self, offset: timedelta) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=self._path.parent, prefix=".clock-")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({"offset_seconds": offset.total_seconds()}, file)
        Path(temporary).replace(self._path)
        with self._lock:
            self._offset, self._looked = offset, -1.0

    def _present_offset(self) -> timedelta:
        with self._lock:
            moment = time.monotonic()
            if self._looked < 0 or moment - self._looked >= LOOK_SECONDS:
                self._looked = moment
                self._look()
            return self._offset

    def _look(self) -> None:
        try:
            status = self._path.stat()
            stamp = (status.st_mtime_ns, status.st_ino)
            if stamp != self._stamp:
                self._offset = timedelta(seconds=float(json.loads(self._path.read_text("utf-8"))["offset_seconds"]))
                self._stamp = stamp
        except FileNotFoundError:
            self._offset, self._stamp = timedelta(), None
        except (ValueError, KeyError, TypeError, OSError):
            # A file somebody broke by hand does not stop the platform; the clock goes on from what it knew.
            return


def clock_from(settings: Settings) -> Clock:
    """Return the clock the settings ask for. Raises ``Invalid`` for a start that is no instant with a zone."""
    if settings.clock == "system":
        return SystemClock()
    return FileClock(settings.clock_path, instant(settings.clock_start) if settings.clock_start else None)


def settable(settings: Settings) -> FileClock:
    """Return the clock that can be set: the settings', or that of an embedded stack on the same data directory.

    Raises ``ClockFixed`` when there is only the machine's.
    """
    clock = clock_from(settings)
    if isinstance(clock, FileClock):
        return clock
    if settings.clock_path.exists():
        return FileClock(settings.clock_path)
    raise ClockFixed(
        "当前使用系统时钟，不能调整；演练时请设置 DIAOXUN_CLOCK=settable",
        "the clock is the machine's and cannot be set; for a rehearsal start with DIAOXUN_CLOCK=settable",
    )


def instant(text: str) -> datetime:
    """Return an instant from ISO 8601; a bare date or time without zone is the city's. Raises ``Invalid``."""
    try:
        value = datetime.fromisoformat(text.strip())
    except ValueError:
        raise Invalid(
            f"时刻“{text}”无法识别，请写作 2020-05-11 或 2020-05-11T09:00+08:00",
            f"{text!r} is no instant; write 2020-05-11 or 2020-05-11T09:00+08:00",
        ) from None
    return value if value.tzinfo is not None else value.replace(tzinfo=CITY_ZONE)
