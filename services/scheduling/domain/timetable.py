"""The timetable (日程表) of a term as data: its sessions, what they add up to, and when half-days begin and end."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.scheduling.domain.lecturer import HALVES, Half
from services.scheduling.domain.scheme import Form
from services.scheduling.domain.wire import from_wire, to_wire

HALF_NAMES: dict[str, tuple[str, str]] = {
    "morning": ("上午", "morning"),
    "afternoon": ("下午", "afternoon"),
    "evening": ("晚上", "evening"),
}
HalfTimes = Mapping[str, tuple[str, str]]
"""From when to when a half-day lasts, local ``HH:MM``."""


@dataclass(frozen=True, slots=True)
class Session:
    """One session (课次); its ``session_id`` stays the same however often it moves.

    Times are local, ``HH:MM``; ``hours`` are class hours. Sessions of several terms with the same ``joint_id`` are one
    lecture given to all of them. ``host`` is who presides, as written in the table.
    """

    session_id: str
    course_id: str
    module: str
    title: str
    form: Form
    on: date
    half: Half
    starts_at: str
    ends_at: str
    hours: int
    lecturer_id: str | None = None
    room_id: str | None = None
    joint_id: str | None = None
    host: str | None = None

    @property
    def label(self) -> str:
        """How a planner calls it."""
        return f"{self.on.month}月{self.on.day}日{HALF_NAMES[self.half][0]}“{self.title}”"

    @property
    def label_en(self) -> str:
        """How a planner calls it, in English."""
        return f"{self.title!r} on {self.on} in the {HALF_NAMES[self.half][1]}"

    def overlaps(self, other: Session) -> bool:
        """Return whether both are held at the same time."""
        return self.on == other.on and self.starts_at < other.ends_at and other.starts_at < self.ends_at


Table = tuple[Session, ...]


def table_of(wire: Iterable[Mapping[str, Any]]) -> Table:
    """Rebuild a table from plain data, in order."""
    return ordered(from_wire(Session, dict(each)) for each in wire)


def table_wire(table: Iterable[Session]) -> list[dict[str, Any]]:
    """Return a table as plain data, in order."""
    wire: list[dict[str, Any]] = to_wire(ordered(table))
    return wire


def ordered(sessions: Iterable[Session]) -> Table:
    """Return sessions in the order of the days."""
    return tuple(sorted(sessions, key=lambda each: (each.on, HALVES.index(each.half), each.starts_at, each.session_id)))


def total_hours(table: Iterable[Session]) -> int:
    """Return the class hours of a table: what leave is measured against."""
    return sum(each.hours for each in table)


def times_of(half: Half, offset: int, hours: int, most: int, times: HalfTimes) -> tuple[str, str]:
    """Return from when to when a session of ``hours`` lasts that begins ``offset`` class hours into a half-day.

    A half-day of ``most`` class hours fills its whole time; minutes are rounded to five.
    """
    first, last = (_minutes(each) for each in times[half])
    one = (last - first) / most
    begin = first + round(offset * one / 5) * 5
    end = last if offset + hours >= most else first + round((offset + hours) * one / 5) * 5
    return _clock(begin), _clock(end)


def times_from(half: Half, starts_at: str, hours: int, most: int, times: HalfTimes) -> tuple[str, str]:
    """Return from when to when a session of ``hours`` lasts that begins at a time of a half-day.

    Where the half-day would end before, it begins as much earlier as it must.
    """
    for offset in range(most - hours + 1):
        found = times_of(half, offset, hours, most, times)
        if found[0] == starts_at:
            return found
    first, last = (_minutes(each) for each in times[half])
    ends_at = _minutes(starts_at) + round(hours * (last - first) / most / 5) * 5
    return times_of(half, most - hours, hours, most, times) if ends_at > last else (starts_at, _clock(ends_at))


def minutes_between(earlier: str, later: str) -> int:
    """Return the minutes from one time of a day to another."""
    return _minutes(later) - _minutes(earlier)


def refitted(table: Iterable[Session], old_days: list[date], new_days: list[date]) -> Table:
    """Return a table on other days: the sessions of the n-th day go to the n-th day, those beyond it to the last."""
    place = {day: index for index, day in enumerate(old_days)}
    known = sorted(place)
    moved = []
    for each in table:
        index = place.get(each.on)
        if index is None:  # a day that was no day of the term: the next one before it
            index = max(0, sum(day <= each.on for day in known) - 1)
        moved.append(dataclasses.replace(each, on=new_days[min(index, len(new_days) - 1)]))
    return ordered(moved)


def _minutes(clock: str) -> int:
    hours, _, minutes = clock.partition(":")
    return int(hours) * 60 + int(minutes)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
