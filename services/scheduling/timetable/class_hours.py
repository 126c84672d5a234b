"""Class hours as whole numbers: one measure for the checker and every solver, so that none rounds by itself."""

from __future__ import annotations

HOUR = 18_018_000
"""Parts of a class hour: thousandths come out even, and so does a third, a seventh or any part down to a sixteenth."""


def parts_of(hours: float, halves: int = 1) -> int:
    """Return class hours in parts of an hour, or those of each half-day of a lecture that takes several."""
    return round(hours * HOUR / halves)


def as_hours(parts: int) -> float:
    """Return parts as class hours, for people to read."""
    return parts / HOUR
