"""How far the calendar of a problem goes beyond its windows, so that it can be said where else a term might lie."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from shared.calendar import CalendarUnknown, WorkingCalendar

_AROUND = timedelta(days=60)
_FARTHEST = timedelta(days=366)
_ONE_DAY = timedelta(days=1)


def reach_around(
    calendar: WorkingCalendar, first: date, last: date, named: Iterable[date], today: date
) -> tuple[date, date]:
    """Return the days from which and to which a calendar goes that has those from ``first`` to ``last`` anyway.

    It has their whole years and 60 days around them, and so for days that are ``named`` no more than a year away. It
    does not go back beyond ``today``, as nothing is moved there, nor to days that the table does not know.
    """
    near = [first, last, *(day for day in named if first - _FARTHEST <= day <= last + _FARTHEST)]
    begins, ends = min(near) - _AROUND, max(near) + _AROUND
    begins = max(min(begins, date(min(near).year, 1, 1)), today)
    ends = max(ends, date(max(near).year, 12, 31))
    while first > begins and _known(calendar, first - _ONE_DAY):
        first -= _ONE_DAY
    while last < ends and _known(calendar, last + _ONE_DAY):
        last += _ONE_DAY
    return first, last


def _known(calendar: WorkingCalendar, day: date) -> bool:
    try:
        calendar.kind(day)
    except CalendarUnknown:
        return False
    return True
