"""The half-days that drafts are laid out on, as the slots of a scheduler's problem."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations_with_replacement

from services.scheduling.domain.lecturer import Half
from services.scheduling.domain.timetable import Session, minutes_between, times_of
from services.scheduling.domain.timetable_fill import DAYTIME
from services.scheduling.domain.timetable_setting import TeachingLimits


@dataclass(frozen=True, slots=True)
class HalfDayAxis:
    """The half-days of these days; ``parts`` slots each, several where lectures may have to share a half-day."""

    days: tuple[date, ...]
    parts: int
    limits: TeachingLimits

    def first(self, day: date, half: Half) -> int:
        """Return the slot a half-day begins with."""
        return (self.days.index(day) * len(DAYTIME) + DAYTIME.index(half)) * self.parts

    def at(self, slot: int) -> tuple[date, Half, int]:
        """Return the half-day of a slot, and after how many of its class hours the slot begins."""
        half_day, part = divmod(slot, self.parts)
        day, half = divmod(half_day, len(DAYTIME))
        return self.days[day], DAYTIME[half], part * self.limits.half_day_hours // self.parts

    def length(self, hours: int) -> int:
        """Return how many slots a lecture of so many class hours takes, those of a half-day at most."""
        most = self.limits.half_day_hours
        return -(-min(hours, most) * self.parts // most)

    def during(self, session: Session) -> range:
        """Return the slots of its half-day in which a session is held, one at least; field teaching takes all."""
        first = self.first(session.on, session.half)
        whole = range(first, first + self.parts)
        found = [slot for slot in self.near(session) if slot in whole]
        if session.form == "field":
            return whole
        if not found:  # before its half-day, or after
            early = session.starts_at < self.limits.half_times[session.half][0]
            return whole[:1] if early else whole[-1:]
        return range(found[0], found[-1] + 1)

    def near(self, session: Session, minutes: int = 0) -> tuple[int, ...]:
        """Return the slots of its day in which a session is held, or that are less than so many minutes away."""
        found = []
        for half in DAYTIME:
            first = self.first(session.on, half)
            for slot in range(first, first + self.parts):
                begins, ends = self._times(half, slot - first)
                before, after = minutes_between(ends, session.starts_at), minutes_between(session.ends_at, begins)
                if before < minutes and after < minutes:
                    found.append(slot)
        return tuple(found)

    def barred(self, is_barred: Callable[[date, Half], bool]) -> tuple[int, ...]:
        """Return the slots of all half-days of which something is true."""
        return tuple(
            self.first(day, half) + part
            for day in self.days
            for half in DAYTIME
            if is_barred(day, half)
            for part in range(self.parts)
        )

    def _times(self, half: Half, part: int) -> tuple[str, str]:
        most = self.limits.half_day_hours
        unit = most // self.parts
        return times_of(half, part * unit, unit, most, self.limits.half_times)


def parts_for(lengths: Iterable[int], most: int) -> list[int]:
    """Return into how many equal parts a half-day of so many class hours may be cut, up to the fewest that are enough.

    Enough they are when lectures of these class hours share a half-day just as their hours allow.
    """
    known = sorted({min(hours, most) for hours in lengths})
    several = [each for count in range(1, most + 1) for each in combinations_with_replacement(known, count)]

    def are_enough(parts: int) -> bool:
        unit = most // parts
        return all((sum(each) <= most) == (sum(-(-hours // unit) for hours in each) <= parts) for each in several)

    equal = [parts for parts in range(1, most + 1) if most % parts == 0]
    enough = next(parts for parts in equal if are_enough(parts))
    return [parts for parts in equal if parts <= enough]
