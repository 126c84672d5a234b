"""The independent checker of our own problem: hard rules and costs, itemised, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable

from services.scheduling.timetable.findings import Assessment
from services.scheduling.timetable.hard_rules import violations
from services.scheduling.timetable.problem import Problem, Timetable
from services.scheduling.timetable.reading import Book, Reading, Subject
from services.scheduling.timetable.soft_costs import charges


def assess(problem: Problem, timetable: Timetable) -> Assessment:
    """Return what a timetable breaks and costs, complete or not. The problem must be sound (``objections``)."""
    reading = Reading(Book(problem), timetable)
    return assess_subjects(reading, reading.book.subjects(timetable))


def assess_subjects(reading: Reading, subjects: Iterable[Subject]) -> Assessment:
    """Return what there is to say about some of those a timetable concerns."""
    chosen = tuple(subjects)
    return Assessment(
        tuple(finding for subject in chosen for finding in violations(reading, subject)),
        tuple(finding for subject in chosen for finding in charges(reading, subject)),
    )


def joined(parts: Iterable[Assessment]) -> Assessment:
    """Return several assessments of different subjects as one."""
    kept = tuple(parts)
    return Assessment(
        tuple(finding for part in kept for finding in part.violations),
        tuple(finding for part in kept for finding in part.charges),
    )
