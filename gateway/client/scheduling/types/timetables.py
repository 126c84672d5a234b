"""Timetables: objects of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from gateway.client.scheduling.types.parts import Text


class CalendarSession(TypedDict):
    """An issued session with its term."""

    session_id: str
    course_id: str
    module: str
    title: str
    form: Literal["lecture", "discussion", "field", "self_study"]
    on: str
    half: Literal["morning", "afternoon", "evening"]
    starts_at: str
    ends_at: str
    hours: int
    lecturer_id: str | None
    lecturer_name: str | None
    lecturer_organisation: str | None
    room_id: str | None
    room_title: str | None
    joint_id: str | None
    host: str | None
    term_id: str
    programme_title: str
    ordinal: int


class CalendarSessions(TypedDict):
    """Sessions in order; a joint lecture stands once for each of its terms, ``hours`` counts it once."""

    items: list[CalendarSession]
    hours: int


class DifferenceRow(TypedDict):
    """A session that is new, gone, at another time or place, or otherwise changed."""

    session_id: str
    kind: Literal["added", "removed", "moved", "changed"]
    words: Text
    before: SessionRow | None
    after: SessionRow | None


class SessionRow(TypedDict):
    """A session (课次) with names for people to read. Times are local; ``hours`` are class hours (学时)."""

    session_id: str
    course_id: str
    module: str
    title: str
    form: Literal["lecture", "discussion", "field", "self_study"]
    on: str
    half: Literal["morning", "afternoon", "evening"]
    starts_at: str
    ends_at: str
    hours: int
    lecturer_id: str | None
    lecturer_name: str | None
    lecturer_organisation: str | None
    room_id: str | None
    room_title: str | None
    joint_id: str | None
    host: str | None


class TimetableComparison(TypedDict):
    """What changed from one version to another, and which lecturers that concerns."""

    term_id: str
    from_number: int
    to_number: int
    hours_before: int
    hours_after: int
    differences: list[DifferenceRow]
    affected_lecturer_ids: list[str]


class TimetableReply(TypedDict):
    """A version of a term's timetable, with everything a printed 日程表 needs."""

    term_id: str
    plan_id: str
    programme_title: str
    programme_ordinal: int
    ordinal: int
    kind: str
    starts_on: str | None
    ends_on: str | None
    days: int
    capacity: int
    reports_on: str | None
    reports_from: str | None
    reports_until: str | None
    room_title: str | None
    campus_title: str | None
    campus_address: str | None
    delivery: NotRequired[Literal["campus", "online"]]
    number: int
    in_force: bool
    stale: bool
    stale_because: NotRequired[Literal["cancelled", "days", "room"] | None]
    issued_at: str
    issued_by: str
    reason: str | None
    total_hours: int
    sessions: list[SessionRow]


class TimetableVersionRow(TypedDict):
    """A version of a timetable in a list."""

    number: int
    total_hours: int
    sessions: int
    changed: int
    issued_at: str
    issued_by: str
    reason: str | None


class TimetableVersionRowPage(TypedDict):
    """One page of TimetableVersionRow."""

    items: list[TimetableVersionRow]
    next_cursor: NotRequired[str | None]
