"""A timetabling problem in the field's own words: courses, curricula, rooms, periods."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Course:
    """A lecture series. ``students`` need seats; its lectures should fall on ``min_days`` different days."""

    code: str
    lecturer: str
    lectures: int
    min_days: int
    students: int


@dataclass(frozen=True)
class Room:
    """A room and its seats."""

    code: str
    seats: int


@dataclass(frozen=True)
class Curriculum:
    """Courses of one class: they may not clash, and their lectures of a day should be adjacent."""

    code: str
    courses: tuple[str, ...]


@dataclass(frozen=True)
class Instance:
    """One problem. Periods are numbered day by day: ``day * periods_per_day + slot``, from 0."""

    name: str
    courses: tuple[Course, ...]
    rooms: tuple[Room, ...]
    days: int
    periods_per_day: int
    curricula: tuple[Curriculum, ...]
    unavailable: frozenset[tuple[str, int]]
    """Pairs (course, period) that may not be used."""

    @property
    def periods(self) -> int:
        """How many periods the horizon has."""
        return self.days * self.periods_per_day

    @cached_property
    def course_index(self) -> dict[str, int]:
        """Position of each course by its code."""
        return {course.code: index for index, course in enumerate(self.courses)}

    @cached_property
    def room_index(self) -> dict[str, int]:
        """Position of each room by its code."""
        return {room.code: index for index, room in enumerate(self.rooms)}

    def clashes(self) -> frozenset[tuple[int, int]]:
        """Pairs of different courses (smaller index first) that share a lecturer or a curriculum."""
        by_lecturer: dict[str, list[int]] = {}
        for index, course in enumerate(self.courses):
            by_lecturer.setdefault(course.lecturer, []).append(index)
        groups = list(by_lecturer.values())
        groups += [[self.course_index[code] for code in curriculum.courses] for curriculum in self.curricula]
        return frozenset((min(a, b), max(a, b)) for group in groups for a in group for b in group if a != b)


@dataclass(frozen=True)
class Lecture:
    """One placed lecture: which course, in which room, when (by index)."""

    course: int
    room: int
    period: int


Timetable = tuple[Lecture, ...]
