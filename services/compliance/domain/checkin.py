"""Check-in (报到): when it is open, when it counts as late, when admission lapses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Literal

Arrival = Literal["early", "on_time", "late", "lapsed"]


@dataclass(frozen=True, slots=True)
class CheckInWindow:
    """One person's window, tied to the term: opening and lapse are instants, every instant falls into one part.

    ``last_on`` is the last day of grace in the city; from its midnight on nobody checks in any more.
    """

    opens_at: datetime
    on_time_until: datetime
    last_on: date
    lapses_at: datetime

    @classmethod
    def of(
        cls,
        *,
        reports_on: date,
        on_time_until: datetime | None,
        admitted_on: date,
        early_days: int,
        grace_days: int,
        zone: tzinfo,
        leave: Iterable[tuple[date, date]] = (),
    ) -> CheckInWindow:
        """Return the window: ``grace_days`` count from the reporting day, or from a later admission.

        ``leave`` are the first and the last days of what was granted: leave that begins within grace is not to be late,
        and the days count from its end. Without an hour the whole reporting day is in time.
        """
        grace = timedelta(days=grace_days)
        last_on = max(reports_on, admitted_on) + grace
        for begins_on, ends_on in sorted(leave):
            if begins_on <= last_on:
                last_on = max(last_on, ends_on + grace)
        next_day = datetime.combine(reports_on + timedelta(days=1), time(), zone)
        return cls(
            opens_at=datetime.combine(reports_on - timedelta(days=early_days), time(), zone),
            on_time_until=on_time_until or next_day - timedelta(microseconds=1),
            last_on=last_on,
            lapses_at=datetime.combine(last_on + timedelta(days=1), time(), zone),
        )

    def arrival(self, at: datetime) -> Arrival:
        """Return how an instant counts: too early, in time (its last second included), late, or lapsed."""
        if at < self.opens_at:
            return "early"
        if at >= self.lapses_at:
            return "lapsed"
        return "on_time" if at <= self.on_time_until else "late"
