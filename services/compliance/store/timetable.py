"""Issued timetables in the database: the latest version of each term."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.compliance.domain.timetable import Session, Timetable
from services.compliance.store.shapes import ARRAY, COUNT, TEXT_OR_NULL, shape
from services.compliance.store.term import clock_time
from shared.storage import Collection

TIMETABLES = Collection(
    "timetables",
    validator=shape(plan_id=TEXT_OR_NULL, timetable_version=COUNT, total_hours=COUNT, sessions=ARRAY, history=ARRAY),
)
"""``_id`` is the term's. ``history`` keeps the total hours of every version, with the day it came."""


def timetable_of(row: dict[str, Any]) -> Timetable:
    """Return the timetable of a stored row."""
    return Timetable(row["_id"], row["timetable_version"], tuple(_session(each) for each in row["sessions"]))


def _session(stored: dict[str, Any]) -> Session:
    on = date.fromisoformat(stored["on"])
    return Session(
        session_id=stored["session_id"],
        title=stored["title"],
        on=on,
        half=stored["half"],
        starts_at=clock_time(on, stored["starts_at"]),
        ends_at=clock_time(on, stored["ends_at"]),
        hours=stored["hours"],
    )
