"""Seats and places: one document a term."""

from __future__ import annotations

from typing import Any

from services.enrollment.domain.seats import Allotment, Seats
from services.enrollment.store.shapes import ARRAY, COUNT, shape
from shared.storage import Collection

SEATS = Collection("seats", validator=shape(capacity=COUNT, admitted=COUNT, allotments=ARRAY))


def seats_from(row: dict[str, Any]) -> Seats:
    """Return the seats of a stored row."""
    allotments = tuple(Allotment(item["unit_id"], item["places"], item["admitted"]) for item in row["allotments"])
    return Seats(row["_id"], row["capacity"], row["admitted"], allotments)


def seats_fields(seats: Seats) -> dict[str, Any]:
    """Return the fields of seats as they are stored."""
    return {
        "capacity": seats.capacity,
        "admitted": seats.admitted,
        "allotments": [
            {"unit_id": item.unit_id, "places": item.places, "admitted": item.admitted} for item in seats.allotments
        ],
    }
