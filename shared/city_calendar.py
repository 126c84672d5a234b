"""The city's own days, as scheduling announces them, kept by every service that counts in working days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from shared.calendar import DayOverride, WorkingCalendar
from shared.storage import Collection, Transaction, View
from shared.storage.canonical import plain
from shared.wording import Words

CALENDAR = Collection("calendar", validator={"required": ["days"]})
"""One row, ``city``: ``days`` with ``day``, ``working`` and ``reason``, and the version of the news they came with."""

_CITY = "city"


def keep_calendar(tx: Transaction, news: Mapping[str, Any]) -> bool:
    """Keep what ``scheduling.calendar.changed.v1`` says; ``False`` where it is known already, or newer news is."""
    rows = tx.rows(CALENDAR)
    known = rows.one({"_id": _CITY})
    if known is not None and news["version"] <= known["source_version"]:
        return False
    fields = {"days": plain(news["days"]), "source_version": news["version"]}
    if known is None:
        rows.insert({"_id": _CITY, **fields})
    else:
        rows.save({**known, **fields})
    return True


def calendar_of(view: View) -> WorkingCalendar:
    """Return the published table with the city's own words on it."""
    row = view.rows(CALENDAR).one({"_id": _CITY})
    return WorkingCalendar(
        DayOverride(date.fromisoformat(each["day"]), each["working"], Words(each["reason"], each["reason"]))
        for each in (row["days"] if row else ())
    )
