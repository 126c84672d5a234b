"""The city's working days: the State Council's yearly table and the city's own overrides; it refuses, never guesses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal

import chinese_calendar
from chinese_calendar import constants

from shared.errors import Fault
from shared.wording import Words

_ONE_DAY = timedelta(days=1)

FIRST_YEAR: int = min(day.year for day in constants.holidays)
LAST_YEAR: int = max(day.year for day in constants.holidays)

DayUnit = Literal["calendar", "working"]


class CalendarUnknown(Fault):
    """A day outside the years whose holiday table has been published."""

    code = "calendar-unknown"
    status = 422
    title = Words("没有该年度的节假日安排", "No holiday table for that year")


class DayKind(StrEnum):
    """What a day is: ordinary working day, make-up working day on a weekend, weekend, public holiday."""

    WORKING = "working"
    MAKE_UP = "make_up"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True)
class DayOverride:
    """The city's own word on one day, with the reason or the number of the document that says so."""

    day: date
    working: bool
    reason: Words


class WorkingCalendar:
    """Working days of the table, changed by ``overrides``.

    Every question about a day outside the table raises ``CalendarUnknown``, unless an override answers it.
    Source of the table: the yearly notices of the State Council's General Office, as the package chinesecalendar
    keeps them (2020 with the Spring Festival extended to 02-02 and the working day 02-01 cancelled).
    """

    def __init__(self, overrides: Iterable[DayOverride] = ()) -> None:
        self._overrides = {override.day: override for override in overrides}

    def is_working_day(self, day: date) -> bool:
        """Return whether offices work on ``day``. Raises ``CalendarUnknown``."""
        override = self._overrides.get(day)
        if override is not None:
            return override.working
        _require_table(day)
        return bool(chinese_calendar.is_workday(day))

    def kind(self, day: date) -> DayKind:
        """Return what kind of day it is; a day the city closes is a holiday. Raises ``CalendarUnknown``."""
        weekend = day.weekday() >= 5
        if self.is_working_day(day):
            return DayKind.MAKE_UP if weekend else DayKind.WORKING
        override = self._overrides.get(day)
        if override is None and weekend and day not in constants.holidays:
            return DayKind.WEEKEND
        return DayKind.HOLIDAY

    def holiday(self, day: date) -> Words | None:
        """Return the name of the public holiday that makes ``day`` free, else ``None``.

        ``None`` also on a make-up working day, which the package's own look-up labels with the holiday it pays for.
        """
        if self.kind(day) is not DayKind.HOLIDAY:
            return None
        override = self._overrides.get(day)
        if override is not None:
            return override.reason
        named = chinese_calendar.Holiday(constants.holidays[day])
        return Words(named.chinese, named.value)

    def add_working_days(self, day: date, count: int) -> date:
        """Return the ``count``-th working day after ``day`` (before it when negative); ``day`` itself is not counted.

        0 returns ``day`` unchanged, working or not. Raises ``CalendarUnknown``.
        """
        step = _ONE_DAY if count >= 0 else -_ONE_DAY
        left = abs(count)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def working_days_between(self, first: date, last: date) -> int:
        """Return how many working days lie from ``first`` to ``last``, both included; 0 when ``last`` is earlier."""
        return sum(self.is_working_day(day) for day in days_between(first, last))

    def notice_deadline(self, opening: date, days: int, unit: DayUnit = "calendar") -> date:
        """Return the last day on which something due ``days`` ahead of ``opening`` is still in time.

        The opening day is not counted. In calendar days the deadline may fall on a holiday: the plan says "5天" and
        no more, so neither reading is moved. Raises ``CalendarUnknown`` for working days outside the table, and
        ``ValueError`` for a negative number of days.
        """
        if days < 0:
            raise ValueError(f"a deadline lies before the opening, not {-days} days after it")
        if unit == "calendar":
            return opening - timedelta(days=days)
        return self.add_working_days(opening, -days)


def days_between(first: date, last: date) -> Iterator[date]:
    """Yield the days from ``first`` to ``last``, both included; nothing when ``last`` is earlier."""
    while first <= last:
        yield first
        first += _ONE_DAY


def _require_table(day: date) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise CalendarUnknown(
            f"{day.isoformat()}所在年度的节假日安排尚未收录（现有{FIRST_YEAR}至{LAST_YEAR}年），"
            "请先更新节假日表，或由管理员逐日设定工作日",
            f"{day.isoformat()} lies outside the holiday table ({FIRST_YEAR} to {LAST_YEAR}); "
            "bring the table up to date, or have an administrator name the working days one by one",
            day=day.isoformat(),
            first_year=FIRST_YEAR,
            last_year=LAST_YEAR,
        )
