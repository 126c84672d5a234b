"""What follows the city's own calendar days: deadlines counted in working days."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from services.enrollment.commands.replacements import follow_deadline
from services.enrollment.domain.replacement import State
from services.enrollment.store import CALENDAR, REPLACEMENTS, TERMS
from shared.calendar import CalendarUnknown
from shared.storage import Transaction
from shared.storage.canonical import plain

_CITY = "city"


def on_calendar(tx: Transaction, news: dict[str, Any]) -> None:
    """Keep the city's own days, unless newer ones are known; the deadlines of requests that wait follow."""
    rows = tx.rows(CALENDAR)
    known = rows.one({"_id": _CITY})
    if known is not None and news["version"] <= known["source_version"]:
        return
    fields = {"days": plain(news["days"]), "source_version": news["version"]}
    if known is None:
        rows.insert({"_id": _CITY, **fields})
    else:
        rows.save({**known, **fields})
    asked = tx.rows(REPLACEMENTS).find({"state": State.REQUESTED.value}, fields=("term_id",))
    waited_for = {"_id": {"$in": sorted({row["term_id"] for row in asked})}, "cancelled": False}
    for term in tx.rows(TERMS).find(waited_for, sort=(("_id", 1),)):
        with suppress(CalendarUnknown):  # a day cleared beyond the published table: what was counted stands
            follow_deadline(tx, term)
