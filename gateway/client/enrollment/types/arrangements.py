"""Arrangements: objects of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict


class Arrangement(TypedDict):
    """Rooms, groups and meals of a term."""

    term_id: str
    rooms: list[RoomOffered]
    group_size: int
    meeting_places: list[str]
    people: list[Placed]
    without_bed: int
    meals: list[MealCount]
    version: int


class MealCount(TypedDict):
    """How many eat by a rule of diet; empty: no rule."""

    diet: str
    people: int


class Placed(TypedDict):
    """Somebody's room and group; ``room`` is null when no bed suits."""

    nomination_id: str
    name: str
    sex: str
    unit_id: str
    room: str | None
    group: int | None
    convener: bool


class RoomOffered(TypedDict):
    """A room with its beds; ``kept_for`` keeps it for one sex."""

    number: str
    beds: int
    kept_for: NotRequired[str | None]
