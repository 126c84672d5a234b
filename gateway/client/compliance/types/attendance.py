"""Attendance: objects of Compliance (学员管理).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict

from gateway.client.compliance.types.parts import Problem


class Attendance(TypedDict):
    """One person's sums on the current timetable, in class hours; ``allowance`` is the most leave allowed."""

    nomination_id: str
    unit_id: str
    state: str
    total_hours: int
    attended_hours: int
    leave_hours: int
    absent_hours: int
    absent_half_days: int
    present: int
    late: int
    left_early: int
    allowance: int


class AttendancePage(TypedDict):
    """One page of Attendance."""

    items: list[Attendance]
    next_cursor: NotRequired[str | None]


class Correction(TypedDict):
    """A mark that was changed: what stood there before, who changed it and why."""

    nomination_id: str
    before: str | None
    after: str | None
    reason: str
    by: str
    at: str


class Counts(TypedDict):
    """How many people have each status."""

    present: int
    late: int
    left_early: int
    leave: int
    absent: int


class GivenMark(TypedDict):
    """One person's mark: a status, or the instants somebody came and left, from which it follows."""

    nomination_id: str
    status: NotRequired[str | None]
    left_early: NotRequired[bool]
    came_at: NotRequired[str | None]
    left_at: NotRequired[str | None]
    note: NotRequired[str]


class MarkDone(TypedDict):
    """What became of one row: the status that stands now."""

    nomination_id: str
    done: bool
    status: str | None
    problem: Problem | None


class Roll(TypedDict):
    """The roll of one session, the people within reach."""

    term_id: str
    session_id: str
    title: str
    on: str
    half: str
    hours: int
    complete: bool
    marks: list[RollMark]
    corrections: list[Correction]
    version: int


class RollLine(TypedDict):
    """One session of the current timetable and the state of its roll."""

    session_id: str
    title: str
    on: str
    half: str
    starts_at: str
    ends_at: str
    hours: int
    opens_at: str
    taken: bool


class RollMark(TypedDict):
    """One person's mark."""

    nomination_id: str
    unit_id: str
    status: str
    left_early: bool
    note: str


class RollReport(TypedDict):
    """The state of a roll after the command; ``missing`` are those without a mark, ``items`` the rows given."""

    term_id: str
    session_id: str
    complete: bool
    missing: list[str]
    counts: Counts
    items: list[MarkDone]
    version: int


class Rolls(TypedDict):
    """The sessions of a term on its current timetable."""

    term_id: str
    timetable_version: int
    total_hours: int
    items: list[RollLine]
