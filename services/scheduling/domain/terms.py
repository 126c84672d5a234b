"""The terms a programme asks for: people shared out, windows and the start that would suit best."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from services.scheduling.domain.plan import Programme


@dataclass(frozen=True, slots=True)
class TermDemand:
    """One term as the plan asks for it."""

    ordinal: int
    days: int
    capacity: int
    window_starts_on: date
    window_ends_on: date
    target: date


def demands(programme: Programme) -> list[TermDemand]:
    """Return the terms of a finished programme.

    People are shared out evenly, the first terms taking one more where it does not come out even. With a date range
    for each term, the range is its window and its first day the target; otherwise all share the programme's window
    and their targets are spread over it. Days of the preferred months come first, where there are any. Raises
    ``ValueError`` for an open programme.
    """
    terms, trainees, days = programme.terms, programme.trainees, programme.days
    first, last = programme.starts_on, programme.ends_on
    if terms is None or trainees is None or days is None or first is None or last is None:
        raise ValueError(f"programme {programme.ordinal} still has open places")
    share, rest = divmod(trainees, terms)
    found, starts = [], _starts(programme, first, last, days)
    for index in range(terms):
        window, target = (first, last), starts[(len(starts) - 1) * index // max(1, terms - 1)]
        if programme.ranges:
            own = programme.ranges[index]
            if own.starts_on is None or own.ends_on is None:
                raise ValueError(f"term {index + 1} of programme {programme.ordinal} has an open date range")
            window, target = (own.starts_on, own.ends_on), _starts(programme, own.starts_on, own.ends_on, days)[0]
        found.append(TermDemand(index + 1, days, share + (index < rest), *window, target))
    return found


def _starts(programme: Programme, first: date, last: date, days: int) -> list[date]:
    """Return the days on which a term can start within a window: those in the preferred months, if there are any."""
    found = [first + timedelta(days=each) for each in range(max(0, (last - first).days + 1 - days) + 1)]
    return [day for day in found if day.month in programme.months] or found
