"""Rooms, groups and meals: one document a term."""

from __future__ import annotations

from typing import Any

from services.enrollment.domain.arrangement import Place, Room
from services.enrollment.store.shapes import ARRAY, COUNT, shape
from shared.storage import Collection

ARRANGEMENTS = Collection(
    "arrangements", validator=shape(rooms=ARRAY, group_size=COUNT, meeting_places=ARRAY, places=ARRAY, moves=ARRAY)
)


def rooms_from(row: dict[str, Any]) -> list[Room]:
    """Return the rooms of a stored arrangement."""
    return [Room(item["number"], item["beds"], item["kept_for"]) for item in row["rooms"]]


def places_from(row: dict[str, Any]) -> dict[str, Place]:
    """Return who is where."""
    return {item["nomination_id"]: Place(item["room"], item["group"]) for item in row["places"]}


def places_fields(places: dict[str, Place]) -> list[dict[str, Any]]:
    """Return who is where as it is stored."""
    return [
        {"nomination_id": nomination_id, "room": place.room, "group": place.group}
        for nomination_id, place in sorted(places.items())
    ]
