"""What a timetable is judged in: the terms with their days, lecturers, rooms, and what other terms already hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from services.scheduling.domain.lecturer import Half, Lecturer
from services.scheduling.domain.timetable import HalfTimes, Session, Table


@dataclass(frozen=True, slots=True)
class TaughtTerm:
    """A term as its timetable sees it. ``days`` may hold lessons; ``room_id`` is its own room on all of them.

    What is held online has no room of its own.
    """

    id: str
    label: str
    label_en: str
    days: tuple[date, ...]
    trainees: int
    room_id: str | None
    campus_id: str | None
    online: bool = False


@dataclass(frozen=True, slots=True)
class Venue:
    """A room with its seats and the campus it stands on."""

    id: str
    title: str
    campus_id: str
    seats: int
    kind: str = "classroom"


@dataclass(frozen=True, slots=True)
class TeachingLimits:
    """The limits timetables keep; ``source`` is where that on a half-day's hours comes from (zh, en)."""

    half_day_hours: int
    travel_minutes: int
    half_times: HalfTimes
    source: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Held:
    """A session of a term whose timetable is not judged here, as it is issued."""

    term_id: str
    session: Session


@dataclass(frozen=True, slots=True)
class Setting:
    """Everything the tables of some terms are judged by.

    ``others`` are the issued sessions of other terms on these days; ``reserved`` says whose own room a room is on a
    day. ``joint_partners`` are the sessions of other terms that share a ``joint_id``, whatever their day: as issued,
    or as drafted where drafts are judged; ``guests`` are the people of the terms that have these.
    """

    terms: Mapping[str, TaughtTerm]
    lecturers: Mapping[str, Lecturer]
    rooms: Mapping[str, Venue]
    limits: TeachingLimits
    others: tuple[Held, ...] = ()
    joint_partners: tuple[Held, ...] = ()
    guests: Mapping[str, int] = field(default_factory=dict)
    reserved: Mapping[tuple[str, date], str] = field(default_factory=dict)

    def blocks(self, lecturer_id: str | None, day: date, half: Half, but_joint: str | None = None) -> bool:
        """Return whether a lecturer cannot teach in a half-day: away, or in another term's issued timetable."""
        if lecturer_id is None:
            return False
        lecturer = self.lecturers.get(lecturer_id)
        if lecturer is None or lecturer.is_away(day, half):
            return True
        return any(
            held.session.lecturer_id == lecturer_id
            and (held.session.on, held.session.half) == (day, half)
            and (but_joint is None or held.session.joint_id != but_joint)
            for held in self.others
        )


Tables = Mapping[str, Table]
"""The tables that are judged together, by term."""
