"""Working days as the city counts them: the published table, and the city's own days as scheduling announces them."""

from __future__ import annotations

from datetime import date

from services.enrollment.store import CALENDAR
from shared.calendar import DayOverride, WorkingCalendar
from shared.storage import View
from shared.wording import Words


def calendar_of(view: View) -> WorkingCalendar:
    """Return the published table with the city's own words on it."""
    return WorkingCalendar(
        DayOverride(date.fromisoformat(each["day"]), each["working"], Words(each["reason"], each["reason"]))
        for row in view.rows(CALENDAR).find()
        for each in row["days"]
    )
