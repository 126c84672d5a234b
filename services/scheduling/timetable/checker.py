"""The independent checker: violations and UD2 costs straight from their definitions; no code shared with a solver."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from services.scheduling.timetable.instance import Instance, Timetable

MIN_DAYS_WEIGHT = 5
COMPACTNESS_WEIGHT = 2


@dataclass(frozen=True)
class Score:
    """What a timetable breaks (hard) and costs (UD2, already weighted)."""

    lectures: int
    """Lectures missing or too many, and two lectures of one course at once."""
    conflicts: int
    """Pairs of lectures at once that share a lecturer or a curriculum."""
    unavailability: int
    """Lectures in periods their course may not use."""
    occupancy: int
    """Lectures beyond the first in the same room at once."""
    capacity: int
    min_days: int
    compactness: int
    stability: int

    @property
    def violations(self) -> int:
        """Broken hard rules; 0 means feasible."""
        return self.lectures + self.conflicts + self.unavailability + self.occupancy

    @property
    def cost(self) -> int:
        """The sum of the four weighted costs."""
        return self.capacity + self.min_days + self.compactness + self.stability


def check(instance: Instance, timetable: Timetable) -> Score:
    """Return the score of a timetable, complete or not."""
    placed = Counter(at.course for at in timetable)
    missing = sum(abs(course.lectures - placed[index]) for index, course in enumerate(instance.courses))
    at_once: dict[int, list[int]] = defaultdict(list)
    for at in timetable:
        at_once[at.period].append(at.course)
    clashing = instance.clashes()
    doubled = conflicts = 0
    for courses in at_once.values():
        for first in range(len(courses)):
            for second in range(first + 1, len(courses)):
                a, b = sorted((courses[first], courses[second]))
                doubled += a == b
                conflicts += (a, b) in clashing
    barred = {(instance.course_index[code], period) for code, period in instance.unavailable}
    cells = Counter((at.room, at.period) for at in timetable)
    return Score(
        lectures=missing + doubled,
        conflicts=conflicts,
        unavailability=sum((at.course, at.period) in barred for at in timetable),
        occupancy=sum(count - 1 for count in cells.values()),
        capacity=sum(max(0, instance.courses[at.course].students - instance.rooms[at.room].seats) for at in timetable),
        min_days=_min_days(instance, timetable),
        compactness=_compactness(instance, timetable),
        stability=_stability(timetable),
    )


def _min_days(instance: Instance, timetable: Timetable) -> int:
    days: dict[int, set[int]] = defaultdict(set)
    for at in timetable:
        days[at.course].add(at.period // instance.periods_per_day)
    short = (max(0, course.min_days - len(days[index])) for index, course in enumerate(instance.courses))
    return MIN_DAYS_WEIGHT * sum(short)


def _compactness(instance: Instance, timetable: Timetable) -> int:
    cost = 0
    for curriculum in instance.curricula:
        members = {instance.course_index[code] for code in curriculum.courses}
        busy = {at.period for at in timetable if at.course in members}
        for at in timetable:
            if at.course in members:
                day = at.period // instance.periods_per_day
                beside = {near for near in (at.period - 1, at.period + 1) if near // instance.periods_per_day == day}
                cost += COMPACTNESS_WEIGHT * beside.isdisjoint(busy)
    return cost


def _stability(timetable: Timetable) -> int:
    rooms: dict[int, set[int]] = defaultdict(set)
    for at in timetable:
        rooms[at.course].add(at.room)
    return sum(len(used) - 1 for used in rooms.values())
