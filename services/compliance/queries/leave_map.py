"""Where and when leave was taken: the rows of the leave heat maps."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

from services.compliance.domain.timetable import HALF_WORDS, HALVES, Session
from services.compliance.store.attendance import BOOKS, standing_of
from services.compliance.store.timetable import TIMETABLES, timetable_of
from shared.storage import View

_WEEKDAYS = "一二三四五六日"
Found = tuple[tuple[str, ...], list[dict[str, Any]]]


def leave_by_month(view: View, terms: dict[str, Any]) -> Found:
    """Return hours of leave by unit and month."""
    return _grouped(view, terms, ("unit_id", "month"), lambda unit, session: (unit, f"{session.on:%Y-%m}"))


def leave_by_half_day(view: View, terms: dict[str, Any]) -> Found:
    """Return hours of leave by weekday and half-day, all units together."""
    keys, rows = _grouped(
        view, terms, ("weekday", "half"), lambda unit, session: (str(session.on.weekday()), session.half)
    )
    rows.sort(key=lambda row: (row["weekday"], HALVES.index(row["half"])))
    for row in rows:
        row |= {"weekday": f"星期{_WEEKDAYS[int(row['weekday'])]}", "half": HALF_WORDS[row["half"]].zh}
    return keys, rows


def _grouped(
    view: View, terms: dict[str, Any], keys: tuple[str, str], place_of: Callable[[str, Session], tuple[str, str]]
) -> Found:
    hours: Counter[tuple[str, str]] = Counter()
    people: dict[tuple[str, str], set[str]] = defaultdict(set)
    timetables = {row["_id"]: timetable_of(row) for row in view.rows(TIMETABLES).find({"_id": {"$in": sorted(terms)}})}
    for book in view.rows(BOOKS).find({"_id": {"$in": sorted(timetables)}}):
        by_id = timetables[book["_id"]].by_id
        for row in book["people"]:
            for session_id in standing_of(row).on_leave & by_id.keys():
                place = place_of(row["unit_id"], by_id[session_id])
                hours[place] += by_id[session_id].hours
                people[place].add(row["nomination_id"])
    rows = [
        {keys[0]: place[0], keys[1]: place[1], "leave_hours": count, "people": len(people[place])}
        for place, count in sorted(hours.items())
    ]
    return keys, rows
