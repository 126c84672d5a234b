"""What a table needs beyond what there is: beds and lecturers, day by day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from services.scheduling.domain.demands import Demand, Way
from services.scheduling.domain.placement_spans import Axis

_ONE_DAY = timedelta(days=1)


def beyond(axis: Axis, demand: Demand, chosen: Iterable[Way]) -> dict[date, int]:
    """Return the days on which a table needs more beds, or a lecturer more often, than there is, and how many more."""
    used, have = Counter[date](), 1
    for way in chosen:
        if demand.rule == "beds":
            have = axis.campuses[demand.subject].beds_of(demand.kind or None)
            if way.term.boards and way.campus_id == demand.subject and demand.kind in ("", way.term.bed_kind):
                used.update(dict.fromkeys(_each_day(way.span.reports_on, way.span.ends_on), way.term.trainees))
        elif demand.rule == "lecturer":
            used.update({day for id, day in axis.needed(way.term, way.span) if id == demand.subject})
    return {day: much - have for day, much in sorted(used.items()) if much > have}


def _each_day(first: date, last: date) -> list[date]:
    return [first + offset * _ONE_DAY for offset in range((last - first).days + 1)]
