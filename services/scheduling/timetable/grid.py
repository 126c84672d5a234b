"""The grid of slots: which day and half-day a slot belongs to, what a lecture covers, and how people call it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from services.scheduling.timetable.problem import Course, Problem

_HALVES = (("上午", "morning"), ("下午", "afternoon"), ("晚上", "evening"))


@dataclass(frozen=True, slots=True)
class Grid:
    """Slots of ``days`` days, each cut into ``halves``."""

    days: tuple[str, ...]
    halves: tuple[int, ...]

    @property
    def per_day(self) -> int:
        """Slots of a day."""
        return sum(self.halves)

    @property
    def slots(self) -> int:
        """Slots of all days."""
        return len(self.days) * self.per_day

    def day(self, slot: int) -> int:
        """Return the day of a slot."""
        return slot // self.per_day

    def half(self, slot: int) -> int:
        """Return which half of its day a slot lies in."""
        within = slot % self.per_day
        return next(number for number, end in enumerate(accumulate(self.halves)) if within < end)

    def covered(self, course: Course, slot: int) -> range | None:
        """Return the slots a lecture takes when it begins at ``slot``; ``None`` when it may not begin there.

        A lecture lies within one half-day. Field teaching begins with a half-day and takes whole ones of one day.
        """
        if not 0 <= slot < self.slots:
            return None
        half = self.half(slot)
        ends = tuple(accumulate(self.halves))
        first = slot - slot % self.per_day
        if not course.field:
            fits = slot + course.slots <= first + ends[half]
            return range(slot, slot + course.slots) if fits else None
        begins = first + (ends[half - 1] if half else 0)
        if slot != begins or half + course.slots > len(self.halves):
            return None
        return range(slot, first + ends[half + course.slots - 1])

    def least(self, course: Course) -> int:
        """Return the fewest slots a lecture of the course can take; 0 when it can begin nowhere."""
        spans = [self.covered(course, slot) for slot in range(min(self.per_day, self.slots))]
        return min((len(span) for span in spans if span is not None), default=0)

    def zh(self, slot: int) -> str:
        """Return how a slot is called in Chinese."""
        half, position = self._place(slot)
        return f"{self.days[self.day(slot)]}{_name(half)[0]}" + (f"第{position}节" if position else "")

    def en(self, slot: int) -> str:
        """Return how a slot is called in English."""
        half, position = self._place(slot)
        return f"{self.days[self.day(slot)]} {_name(half)[1]}" + (f", lecture {position}" if position else "")

    def _place(self, slot: int) -> tuple[int, int]:
        half = self.half(slot)
        if self.halves[half] == 1:
            return half, 0
        return half, slot % self.per_day - sum(self.halves[:half]) + 1


def grid_of(problem: Problem) -> Grid:
    """Return the grid of a problem."""
    return Grid(problem.days, problem.halves)


def _name(half: int) -> tuple[str, str]:
    return _HALVES[half] if half < len(_HALVES) else (f"第{half + 1}时段", f"part {half + 1}")
