"""What a table needs beyond what there is: beds and lecturers by day, and rooms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from services.scheduling.domain.demands import Demand, Way
from services.scheduling.domain.placement import Room
from services.scheduling.domain.placement_spans import Axis

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class MoreRooms:
    """So many rooms more, each for the largest of the terms that use such rooms; ``kind``: none other will do."""

    rooms: int
    seats: int
    kind: str | None


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


def more_rooms(axis: Axis, campus_id: str, chosen: Iterable[Way]) -> Iterator[MoreRooms]:
    """Yield the rooms that a table needs on a campus beside those there are, for each kind and size of room."""
    users: dict[Sequence[Room], list[Way]] = {}
    for way in chosen:
        if way.campus_id == campus_id:
            users.setdefault(way.rooms, []).append(way)
    for rooms, ways in users.items():
        used = Counter(day for way in ways for day in _each_day(way.span.starts_on, way.span.ends_on))
        more = max(used.values()) - sum(room.id in axis.rooms for room in rooms)
        if more > 0:
            wanted = any(way.term.room_kind is not None for way in ways)
            yield MoreRooms(more, max(way.term.trainees for way in ways), rooms[0].kind if wanted else None)


def _each_day(first: date, last: date) -> list[date]:
    return [first + offset * _ONE_DAY for offset in range((last - first).days + 1)]
