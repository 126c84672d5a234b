"""Working days for reminders and acknowledgements: the published table and the city's own words on it."""

from __future__ import annotations

from datetime import date, timedelta

from shared.calendar import CalendarUnknown, WorkingCalendar
from shared.city_calendar import calendar_of
from shared.storage import View

_WEEKEND = 5


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
    return WorkingDays(calendar_of(view))
