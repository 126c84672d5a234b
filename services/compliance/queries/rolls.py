"""Rolls by the day they were taken for: a mark counts where its session still lies on that day."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.compliance.domain.timetable import Timetable
from services.compliance.store.attendance import ROLLS
from services.compliance.store.term import TERMS
from services.compliance.store.timetable import TIMETABLES, timetable_of
from shared.errors import NotFound
from shared.storage import View

Row = dict[str, Any]


def rolls_now(view: View, timetable: Timetable) -> dict[str, Row]:
    """Return the rolls that count, by session: those of the day it lies on, which is one of the term's days.

    What was noted on other days stays stored, and counts again when the term comes back to them.
    """
    term = view.rows(TERMS).get(timetable.term_id)
    found = {}
    for row in view.rows(ROLLS).find({"term_id": timetable.term_id}):
        session = timetable.by_id.get(row["session_id"])
        if session is not None and row["on"] == session.on.isoformat() and is_held_on(term, session.on):
            found[row["session_id"]] = row
    return found


def is_held_on(term: Row, on: date) -> bool:
    """Return whether a day is one of a term's, from its first to its last."""
    return bool(term["starts_on"] <= on.isoformat() <= term["ends_on"])


def roll_on(view: View, term_id: str, session_id: str, on: date) -> Row | None:
    """Return the roll of a session that was taken for a day."""
    return view.rows(ROLLS).one({"term_id": term_id, "session_id": session_id, "on": on.isoformat()})


def roll_shown(view: View, term_id: str, session_id: str, on: date | None) -> Row:
    """Return the roll of a session for a day, else for the day it lies on; of one that fell away its last.

    Raises ``NotFound``.
    """
    rows = view.rows(ROLLS).find({"term_id": term_id, "session_id": session_id}, sort=(("on", -1),))
    day = on or _day_of(view, term_id, session_id)
    for row in rows:
        if day is None or row["on"] == day.isoformat():
            return row
    raise NotFound(
        f"课次 {session_id} 尚无考勤记录",
        f"no roll of session {session_id!r} was taken",
        id=session_id,
        **({} if day is None else {"on": day.isoformat()}),
    )


def _day_of(view: View, term_id: str, session_id: str) -> date | None:
    row = view.rows(TIMETABLES).one({"_id": term_id})
    session = None if row is None else timetable_of(row).by_id.get(session_id)
    return None if session is None else session.on
