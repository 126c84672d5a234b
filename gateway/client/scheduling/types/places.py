"""Places: objects of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

from gateway.client.scheduling.types.parts import Text


class Blackout(TypedDict):
    """A blackout; ``due_terms`` are the placed terms it pushes away, to be placed again."""

    blackout_id: str
    title: str
    starts_on: str
    ends_on: str
    districts: list[str]
    campus_ids: list[str]
    due_terms: list[str]
    version: int


class BlackoutPage(TypedDict):
    """One page of Blackout."""

    items: list[Blackout]
    next_cursor: NotRequired[str | None]


class CalendarDay(TypedDict):
    """A day of the calendar."""

    day: str
    kind: Any
    working: bool
    name: Text | None


class CalendarDays(TypedDict):
    """Days in order and how many of them are working days."""

    items: list[CalendarDay]
    working_days: int


class CalendarOverride(TypedDict):
    """The city's word on a day as it stands."""

    day: str
    working: bool
    reason: str
    due_terms: list[str]
    version: int


class Campus(TypedDict):
    """A campus."""

    campus_id: str
    title: str
    district: str
    beds: int
    address: str | None
    reports_from: str | None
    reports_until: str | None
    opens_at: str | None
    dormitories: list[Dormitory]
    due_terms: list[str]
    version: int


class CampusPage(TypedDict):
    """One page of Campus."""

    items: list[Campus]
    next_cursor: NotRequired[str | None]


class Dormitory(TypedDict):
    """Beds of one kind, such as those of one building; they are part of the campus's beds."""

    kind: str
    title: str
    beds: int


class NoticeDeadline(TypedDict):
    """The last day that is still in time; the opening day is not counted."""

    deadline: str


class Room(TypedDict):
    """A room."""

    room_id: str
    campus_id: str
    title: str
    capacity: int
    kind: str
    due_terms: list[str]
    version: int


class RoomPage(TypedDict):
    """One page of Room."""

    items: list[Room]
    next_cursor: NotRequired[str | None]
