"""Programmes: objects of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from gateway.client.scheduling.types.parts import DateRange


class NeededLecturer(TypedDict):
    """A lecturer whom every term of a programme needs, at work in no other term on those days."""

    lecturer_id: str
    days: NotRequired[list[int]]


class OrderEnd(TypedDict):
    """A term of a programme of the plan, by ordinals; ``term`` null: each of its terms."""

    programme: int
    term: NotRequired[int | None]


class PlanOrder(TypedDict):
    """What is ``after`` opens once what is ``before`` has ended, with some calendar days free between."""

    before: OrderEnd
    after: OrderEnd
    delay_days: NotRequired[int]


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
