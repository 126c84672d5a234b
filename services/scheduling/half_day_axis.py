"""The half-days that drafts are laid out on, as the slots of a scheduler's problem."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from services.scheduling.domain.lecturer import Half
from services.scheduling.domain.timetable_fill import DAYTIME


@dataclass(frozen=True, slots=True)
class HalfDayAxis:
    """The half-days of these days; ``parts`` slots each, two where lectures may have to share a half-day."""

    days: tuple[date, ...]
    parts: int

    def first(self, day: date, half: Half) -> int:
        """Return the slot a half-day begins with."""
        return (self.days.index(day) * len(DAYTIME) + DAYTIME.index(half)) * self.parts

    def at(self, slot: int) -> tuple[date, Half, int]:
        """Return the half-day of a slot, and which part of it."""
        half_day, part = divmod(slot, self.parts)
        day, half = divmod(half_day, len(DAYTIME))
        return self.days[day], DAYTIME[half], part

    def barred(self, is_barred: Callable[[date, Half], bool]) -> tuple[int, ...]:
        """Return the slots of all half-days of which something is true."""
        return tuple(
            self.first(day, half) + part
            for day in self.days
            for half in DAYTIME
            if is_barred(day, half)
            for part in range(self.parts)
        )
