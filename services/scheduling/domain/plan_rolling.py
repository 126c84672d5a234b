"""Rolling a plan forward: the same programmes a year or more later, on days derived anew."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date

from services.scheduling.domain.plan import DateRange, Plan, Programme


def rolled(plan: Plan, year: int, new_id: Callable[[], str]) -> Plan:
    """Return the draft of another year; its programmes are new ones with identifiers from ``new_id``.

    Days go to the same weekday of the same ISO week, so that what began on a Monday does so again; where that lies in
    another year, to its first or last day. ``plan.year`` must be known.
    """
    assert plan.year is not None
    shift = year - plan.year
    title = plan.title.replace(str(plan.year), str(year)) if plan.title else plan.title
    programmes = tuple(_programme(each, shift, new_id()) for each in plan.programmes)
    return dataclasses.replace(plan, year=year, title=title, programmes=programmes)


def same_weekday(day: date, shift: int) -> date:
    """Return the day of ``shift`` years later in the same week on the same weekday, never in another year."""
    year = day.year + shift
    weeks = date.fromisocalendar(year, 1, 1) - date.fromisocalendar(day.year, 1, 1)
    return min(max(day + weeks, date(year, 1, 1)), date(year, 12, 31))


def _programme(programme: Programme, shift: int, programme_id: str) -> Programme:
    return dataclasses.replace(
        programme,
        programme_id=programme_id,
        starts_on=_moved(programme.starts_on, shift),
        ends_on=_moved(programme.ends_on, shift),
        ranges=tuple(
            DateRange(_moved(each.starts_on, shift), _moved(each.ends_on, shift)) for each in programme.ranges
        ),
    )


def _moved(day: date | None, shift: int) -> date | None:
    return None if day is None else same_weekday(day, shift)
