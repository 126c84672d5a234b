"""A timetable scheduler's answer as sessions of drafts again."""

from __future__ import annotations

import dataclasses
from datetime import date

from services.scheduling.demanding import Sittings
from services.scheduling.domain.timetable import Session, Table, ordered, times_of
from services.scheduling.domain.timetable_setting import TeachingLimits
from services.scheduling.half_day_axis import HalfDayAxis
from services.scheduling.rooms_offered import NO_ROOM
from services.scheduling.timetable import problem as engine


def placed_sessions(
    problem: engine.Problem, solved: engine.Timetable, sittings: Sittings, table: Table, limits: TeachingLimits
) -> Table:
    """Return a draft with its sessions where a scheduler put them; those that it was not asked for stay."""
    axis = HalfDayAxis(tuple(date.fromisoformat(each) for each in problem.days), problem.halves[0], limits)
    pinned = {(pin.course_id, pin.number) for pin in problem.pins}
    places = {
        session_id: placed for placed in solved.lectures for session_id in sittings[placed.course_id][placed.number - 1]
    }

    def where_put(session: Session) -> Session:
        placed = places.get(session.session_id)
        if placed is None:
            return session
        if (placed.course_id, placed.number) in pinned:
            return dataclasses.replace(session, room_id=_real_room(placed))
        return _moved(session, axis, placed)

    return ordered(map(where_put, table))


def _moved(session: Session, axis: HalfDayAxis, placed: engine.Placed) -> Session:
    day, half, offset = axis.at(placed.slot)
    first, last = axis.limits.half_times[half]
    within = first <= session.starts_at < session.ends_at <= last
    if (session.on, session.half) == (day, half) and within and axis.parts == 1:
        return dataclasses.replace(session, room_id=_real_room(placed))
    most = axis.limits.half_day_hours
    length = most if session.form == "field" else session.hours
    starts_at, ends_at = times_of(half, offset, length, most, axis.limits.half_times)
    room_id = _real_room(placed)
    return dataclasses.replace(session, on=day, half=half, starts_at=starts_at, ends_at=ends_at, room_id=room_id)


def _real_room(placed: engine.Placed) -> str | None:
    return None if placed.room_id is None or placed.room_id.startswith(NO_ROOM) else placed.room_id
