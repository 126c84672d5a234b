"""Working days for reminders and acknowledgements: the published table and the city's own words on it.

Scheduling owns those words. They are asked for once a day and kept, so that reminders go on when scheduling is away.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import structlog

from services.notification.store import CALENDAR
from services.scheduling.contract import LIST_CALENDAR_DAYS
from shared.calendar import CalendarUnknown, DayOverride, WorkingCalendar
from shared.errors import Fault
from shared.runtime.work import Work
from shared.storage import Transaction, View
from shared.wording import Words

_log = structlog.get_logger("diaoxun.notification")
_ROW = "overrides"
_BACK, _AHEAD = timedelta(days=30), timedelta(days=200)
_WEEKEND = 5
_SAID = Words("本市调整", "the city's own word")


class WorkingDays:
    """Working days that always answer: where no table is published it goes by Monday to Friday.

    That assumption is good enough to remind somebody by; no limit of the plan is counted with it.
    """

    def __init__(self, calendar: WorkingCalendar) -> None:
        self._calendar = calendar

    def is_working(self, day: date) -> bool:
        """Return whether offices work on a day."""
        try:
            return self._calendar.is_working_day(day)
        except CalendarUnknown:
            return day.weekday() < _WEEKEND

    def shift(self, day: date, count: int) -> date:
        """Return the ``count``-th working day after a day, before it when negative; 0 is the day itself."""
        step = timedelta(days=1 if count >= 0 else -1)
        left = abs(count)
        while left:
            day += step
            left -= self.is_working(day)
        return day


def working_days(view: View) -> WorkingDays:
    """Return the working days as this service knows them."""
    row = view.rows(CALENDAR).one({"_id": _ROW})
    kept = row["days"] if row else []
    return WorkingDays(WorkingCalendar(DayOverride(date.fromisoformat(day), works, _SAID) for day, works in kept))


def refresh_calendar(work: Work) -> None:
    """Ask scheduling for the city's own days once a day; without an answer, what is known goes on holding."""
    view = work.view()
    row = view.rows(CALENDAR).one({"_id": _ROW})
    if row is not None and row["asked_on"] == view.today.isoformat():
        return
    window = {"from_day": view.today - _BACK, "to_day": view.today + _AHEAD}
    try:
        answer = work.ask(LIST_CALENDAR_DAYS, window)
    except Fault as fault:
        _log.warning("the calendar could not be refreshed", reason=fault.message.en)
        return
    days = [[each["day"].isoformat(), each["working"]] for each in answer["items"] if _differs(each)]
    work.step("keep_calendar", lambda tx: _keep(tx, days))


def _differs(told: dict[str, Any]) -> bool:
    return bool(told["working"] != WorkingDays(WorkingCalendar()).is_working(told["day"]))


def _keep(tx: Transaction, days: list[list[Any]]) -> dict[str, Any]:
    rows = tx.rows(CALENDAR)
    known = rows.one({"_id": _ROW})
    said = {"days": days, "asked_on": tx.today.isoformat()}
    if known is None:
        rows.insert({"_id": _ROW, **said})
    else:
        rows.save({**known, **said})
    return {}
