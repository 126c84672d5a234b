"""What the steps of the main line share: the caller, the sample city, and what earlier steps found."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime
from datetime import time as time_of_day
from pathlib import Path
from typing import Any, TypeVar, cast

from deploy.local.answers import Answers
from deploy.local.gateway_client import GatewayClient
from deploy.local.waiting import wait_until
from deploy.local.year.cast import Cast
from deploy.local.year.newcomers import newcomers
from deploy.sample.people import Person
from shared.clock import CITY_ZONE
from shared.runtime.clocks import LOOK_SECONDS, FileClock

T = TypeVar("T")
R = TypeVar("R")
AT_ONCE = 6
_MORNING = time_of_day(9)


def _by_nomination(row: dict[str, Any]) -> str:
    return str(row["nomination_id"])


@dataclass(frozen=True)
class Sample:
    """A city's plan and people as files: ``notice-2020.txt``, ``city.json``, ``rosters/``."""

    folder: Path
    facts: dict[str, Any]
    notice: Path

    @classmethod
    def at(cls, folder: Path) -> Sample:
        """Read the sample in a folder."""
        return cls(folder, json.loads((folder / "city.json").read_text(encoding="utf-8")), folder / "notice-2020.txt")

    def mark(self) -> str:
        """Return a short mark of notice and facts: another plan is another run."""
        digest = hashlib.sha256(self.notice.read_bytes())
        digest.update(json.dumps(self.facts, sort_keys=True, ensure_ascii=False).encode())
        return digest.hexdigest()[:12]


@dataclass
class Journey:
    """One run of the main line."""

    gateway: GatewayClient
    sample: Sample
    status: Callable[[], dict[str, Any]]
    """Returns the counters of events and whether all is quiet."""
    clock: FileClock
    cast: Cast
    answers: Answers
    meanwhile: Callable[[Journey, datetime], None] = lambda journey, wanted: None
    order: Callable[[dict[str, Any]], Any] = _by_nomination
    """In which order rows about people are taken, whoever was registered first."""
    newcomers: Callable[[int], list[Person]] = newcomers
    """Returns so many people who come instead of somebody admitted."""
    plan_id: str = ""
    contacts: list[dict[str, Any]] = field(default_factory=list)
    terms: list[dict[str, Any]] = field(default_factory=list)
    shown: list[dict[str, Any]] = field(default_factory=list)
    """The terms whose people are followed one by one, in order of their days."""
    rosters: list[dict[str, Any]] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)

    def each(self, items: Iterable[T], work: Callable[[T], R]) -> list[R]:
        """Work on several items at once and return the results in order; the first failure is raised."""
        pool = ThreadPoolExecutor(AT_ONCE)
        try:
            return list(pool.map(work, items))
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def once(self, part: str, work: Callable[[], str]) -> str:
        """Return what a part of the year found; a part that is over is not walked through again."""
        known = self.answers.get(f"part/{part}")
        if known is None:
            known = {"found": work()}
            self.answers.keep(f"part/{part}", known)
        return str(known["found"])

    def remembered(self, what: str, look: Callable[[], T]) -> T:
        """Return what a look found the first time, so that a run broken off goes on with the same people."""
        known = self.answers.get(f"seen/{what}")  # apart from the steps, which may have the same name
        if known is None:
            known = {"found": look()}
            self.answers.keep(f"seen/{what}", known)
        return cast("T", known["found"])

    def go_on_to(self, event: str) -> None:
        """Let the city's clock go on to the day the sample names for an event; never back, so a second run waits."""
        day = self.sample.facts.get("days", {}).get(event)
        if day:
            self.go_on_until(date.fromisoformat(day))

    def go_on_until(self, day: date, hour: time_of_day = _MORNING) -> None:
        """Let the city's clock go on to a time of a day; never back. What is due on the way happens on its day."""
        wanted = datetime.combine(day, hour, CITY_ZONE)
        if self.clock.now() < wanted:
            self.meanwhile(self, wanted)
            self.set_clock(wanted)

    def set_clock(self, instant: datetime) -> None:
        """Set the city's clock and wait until every process has looked."""
        self.clock.set(instant)
        time.sleep(1.2 * LOOK_SECONDS)

    def settle(self) -> None:
        """Wait until no event is on its way any more."""
        wait_until(lambda: self.status()["quiet"], "全部事件处理完毕", "all events handled", 300, self.status)
