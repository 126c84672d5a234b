"""What follows the city's own calendar days: deadlines counted in working days."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from services.enrollment.commands.replacements import follow_deadline
from services.enrollment.domain.replacement import State
from services.enrollment.store import REPLACEMENTS, TERMS
from shared.calendar import CalendarUnknown
from shared.city_calendar import keep_calendar
from shared.storage import Transaction


def on_calendar(tx: Transaction, news: dict[str, Any]) -> None:
    """Keep the city's own days, unless newer ones are known; the deadlines of requests that wait follow."""
    if not keep_calendar(tx, news):
        return
    asked = tx.rows(REPLACEMENTS).find({"state": State.REQUESTED.value}, fields=("term_id",))
    waited_for = {"_id": {"$in": sorted({row["term_id"] for row in asked})}, "cancelled": False}
    for term in tx.rows(TERMS).find(waited_for, sort=(("_id", 1),)):
        with suppress(CalendarUnknown):  # a day cleared beyond the published table: what was counted stands
            follow_deadline(tx, term)
