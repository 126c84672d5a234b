"""Dates, stretches and lists as a planner says them, in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

_NAMED = 5


def day_zh(day: date) -> str:
    """Return ``10月12日``."""
    return f"{day.month}月{day.day}日"


def stretch_zh(first: date, last: date) -> str:
    """Return ``10月12日至16日``, or the one day; with the years where more than one passes between them."""
    if first == last:
        return day_zh(first)
    if (last.year, last.month, last.day) >= (first.year + 1, first.month, first.day):
        return f"{first.year}年{day_zh(first)}至{last.year}年{day_zh(last)}"
    return f"{day_zh(first)}至{last.day}日" if _same_month(first, last) else f"{day_zh(first)}至{day_zh(last)}"


def stretch_en(first: date, last: date) -> str:
    """Return ``2020-10-12 to 2020-10-16``, or the one day."""
    return f"{first}" if first == last else f"{first} to {last}"


def listed_zh(names: Sequence[str], *, counted: str, most: int = _NAMED) -> str:
    """Return the names, the first few when there are many, with how many there are of what is ``counted``."""
    shown = "、".join(names[:most])
    return f"{shown}等{len(names)}{counted}" if len(names) > most else shown


def listed_en(names: Sequence[str], most: int = _NAMED) -> str:
    """Return the names, the first few when there are many."""
    shown = "; ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown


def stretches(days: Iterable[date]) -> list[tuple[date, date]]:
    """Return days as stretches without a gap, in order."""
    found: list[tuple[date, date]] = []
    for day in sorted(set(days)):
        if found and (day - found[-1][1]).days == 1:
            found[-1] = found[-1][0], day
        else:
            found.append((day, day))
    return found


def _same_month(first: date, last: date) -> bool:
    return (first.year, first.month) == (last.year, last.month)
