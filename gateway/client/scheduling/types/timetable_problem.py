"""Timetable problem: objects of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

from gateway.client.scheduling.types.parts import Text


class TimetableCourse(TypedDict):
    """A series of lectures; several terms make each of them one joint event."""

    id: str
    title: str
    lectures: NotRequired[int]
    term_ids: NotRequired[list[str]]
    lecturer_ids: NotRequired[list[str]]
    hours: NotRequired[float]
    slots: NotRequired[int]
    field: NotRequired[bool]
    seats: NotRequired[int | None]
    room_kinds: NotRequired[list[str]]
    room_ids: NotRequired[list[str]]
    min_days: NotRequired[int]
    module: NotRequired[int | None]
    fresh: NotRequired[bool]
    unavailable: NotRequired[list[int]]


class TimetableFinding(TypedDict):
    """A hard rule broken (``cost`` 0) or a cost paid, with its reason and figures for programs."""

    rule: str
    cost: int
    words: Text
    details: dict[str, Any]


class TimetableLecturer(TypedDict):
    """A lecturer; the name is used in explanations only."""

    id: str
    name: str
    unavailable: NotRequired[list[int]]


class TimetableLimit(TypedDict):
    """A limit with its source."""

    value: float
    source: NotRequired[str]


class TimetablePlaced(TypedDict):
    """One lecture in its place; field teaching has no room, and a pin without one leaves the room open."""

    course_id: str
    number: int
    slot: int
    room_id: NotRequired[str | None]


class TimetableProblem(TypedDict):
    """A whole problem. Slots are numbered through all days, ``sum(halves)`` a day, from 0."""

    name: NotRequired[str]
    days: list[str]
    halves: NotRequired[list[int]]
    terms: list[TimetableTerm]
    lecturers: list[TimetableLecturer]
    rooms: list[TimetableRoom]
    courses: list[TimetableCourse]
    pins: NotRequired[list[TimetablePlaced]]
    rules: NotRequired[TimetableRules]
    weights: NotRequired[TimetableWeights]


class TimetableRoom(TypedDict):
    """A room with its seats and kind."""

    id: str
    title: str
    seats: int
    kind: NotRequired[str]
    unavailable: NotRequired[list[int]]


class TimetableRules(TypedDict):
    """What is hard beside the clashes."""

    lecturer_hours: NotRequired[TimetableLimit | None]
    seats: NotRequired[Literal["hard", "soft"]]


class TimetableTerm(TypedDict):
    """A term that sits together."""

    id: str
    title: str
    trainees: int
    unavailable: NotRequired[list[int]]


class TimetableWeights(TypedDict):
    """What each soft rule costs; 0 switches it off."""

    overflow: NotRequired[int]
    min_days: NotRequired[int]
    isolated: NotRequired[int]
    course_rooms: NotRequired[int]
    term_rooms: NotRequired[int]
    order: NotRequired[int]
    fresh: NotRequired[int]
    lecturer_days: NotRequired[int]
