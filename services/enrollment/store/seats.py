"""Seats and places: one document a term."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.enrollment.domain.seats import Allotment, Hold, Seats
from services.enrollment.store.shapes import ARRAY, COUNT, TEXT_OR_NULL, shape
from shared.storage import Collection

SEATS = Collection(
    "seats",
    validator=shape(capacity=COUNT, admitted=COUNT, allotments=ARRAY, holds=ARRAY, release_on=TEXT_OR_NULL),
)


def empty_seats(term_id: str, capacity: int) -> dict[str, Any]:
    """Return the document of a term nobody has places in yet."""
    return {"_id": term_id, **seats_fields(Seats(term_id, capacity)), "release_on": None}


def seats_from(row: dict[str, Any]) -> Seats:
    """Return the seats of a stored row."""
    return Seats(
        row["_id"],
        row["capacity"],
        row["admitted"],
        tuple(Allotment(item["unit_id"], item["places"], item["admitted"]) for item in row["allotments"]),
        tuple(Hold(item["key"], item["unit_id"]) for item in row["holds"]),
    )


def seats_fields(seats: Seats) -> dict[str, Any]:
    """Return the fields of seats as they are stored."""
    return {
        "capacity": seats.capacity,
        "admitted": seats.admitted,
        "allotments": [
            {"unit_id": item.unit_id, "places": item.places, "admitted": item.admitted} for item in seats.allotments
        ],
        "holds": [{"key": hold.key, "unit_id": hold.unit_id} for hold in seats.holds],
    }


def release_day(row: dict[str, Any]) -> date | None:
    """Return the day at whose first second unused places of the term go back."""
    return date.fromisoformat(row["release_on"]) if row["release_on"] else None
