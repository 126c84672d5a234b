"""Plans: objects of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

from gateway.client.scheduling.types.parts import Contact, DateRange, Text


class Blank(TypedDict):
    """A place still open, or a contradiction, that stands in the way of approval."""

    path: str
    words: Text


class Change(TypedDict):
    """One difference; ``path`` such as ``programmes.3.days``, null where there was nothing."""

    path: str
    before: Any | None
    after: Any | None
    words: Text


class CreatePlan(TypedDict):
    """A draft, as ``diaoxun plan read`` prints it; blanks are null."""

    year: NotRequired[int | None]
    title: NotRequired[str | None]
    replacement_notice_days: NotRequired[int | None]
    replacement_day_kind: NotRequired[Literal["calendar", "working"] | None]
    contacts: NotRequired[list[Contact]]
    orders: NotRequired[list[PlanOrder]]
    programmes: list[Programme]


class NeededLecturer(TypedDict):
    """A lecturer whom every term of a programme needs, at work in no other term on those days."""

    lecturer_id: str
    days: NotRequired[list[int]]


class OrderEnd(TypedDict):
    """A term of a programme of the plan, by ordinals; ``term`` null: each of its terms."""

    programme: int
    term: NotRequired[int | None]


class Plan(TypedDict):
    """A plan as it stands. ``blanks`` is empty when it can be approved."""

    plan_id: str
    year: int | None
    title: str | None
    state: str
    version: int
    programmes: list[ProgrammeReply]
    replacement_notice_days: int | None
    replacement_day_kind: str | None
    contacts: list[Contact]
    orders: list[PlanOrder]
    blanks: list[Blank]


class PlanDiff(TypedDict):
    """What changed between two versions."""

    plan_id: str
    from_version: int
    to_version: int
    changes: list[Change]


class PlanOrder(TypedDict):
    """What is ``after`` opens once what is ``before`` has ended, with some calendar days free between."""

    before: OrderEnd
    after: OrderEnd
    delay_days: NotRequired[int]


class PlanRow(TypedDict):
    """A plan in a list."""

    plan_id: str
    year: int | None
    title: str | None
    state: str
    programmes: int
    version: int


class PlanRowPage(TypedDict):
    """One page of PlanRow."""

    items: list[PlanRow]
    next_cursor: NotRequired[str | None]


class PlanVersion(TypedDict):
    """One version of a plan, who made it and why; it never changes."""

    number: int
    changed_at: str
    changed_by: str
    reason: str | None


class PlanVersionFull(TypedDict):
    """A version with the plan as it was."""

    number: int
    changed_at: str
    changed_by: str
    reason: str | None
    plan: Plan


class PlanVersionPage(TypedDict):
    """One page of PlanVersion."""

    items: list[PlanVersion]
    next_cursor: NotRequired[str | None]


class Programme(TypedDict):
    """A programme of a plan that is drafted or amended, addressed by its ordinal."""

    title: NotRequired[str | None]
    kind: NotRequired[Literal["training", "seminar"] | None]
    terms: NotRequired[int | None]
    trainees: NotRequired[int | None]
    starts_on: NotRequired[str | None]
    ends_on: NotRequired[str | None]
    days: NotRequired[int | None]
    points: NotRequired[list[str]]
    ranges: NotRequired[list[DateRange]]
    districts: NotRequired[list[str]]
    room_kind: NotRequired[str | None]
    campus_id: NotRequired[str | None]
    min_gap_days: NotRequired[int | None]
    months: NotRequired[list[int]]
    bed_kind: NotRequired[str | None]
    spacing_days: NotRequired[int | None]
    lecturers: NotRequired[list[NeededLecturer]]
    shares: NotRequired[list[UnitShare]]
    ordinal: int


class ProgrammeReply(TypedDict):
    """A programme of a plan."""

    programme_id: str
    ordinal: int
    title: str | None
    kind: str | None
    terms: int | None
    trainees: int | None
    starts_on: str | None
    ends_on: str | None
    days: int | None
    points: list[str]
    ranges: list[DateRange]
    districts: list[str]
    room_kind: str | None
    campus_id: str | None
    min_gap_days: int | None
    months: list[int]
    bed_kind: str | None
    spacing_days: int | None
    lecturers: list[NeededLecturer]
    shares: list[UnitShare]


class UnitShare(TypedDict):
    """How many people of a registered sending unit go to each term of a programme."""

    unit_id: str
    people: int
