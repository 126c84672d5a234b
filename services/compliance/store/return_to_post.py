"""Returns to post in the database."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.compliance.domain.return_to_post import AtPost, Return, Returner
from services.compliance.store.shapes import ARRAY, COUNT, INSTANT_OR_NULL, TEXT, shape
from shared.storage import Collection, Index

RETURNS = Collection(
    "returns",
    indexes=(Index((("term_id", 1), ("unit_id", 1)), unique=True), Index((("state", 1), ("due_on", 1)))),
    validator=shape(
        term_id=TEXT,
        unit_id=TEXT,
        people=ARRAY,
        due_on=TEXT,
        state={"enum": ["open", "confirmed", "cancelled"]},
        escalated=COUNT,
        confirmed_at=INSTANT_OR_NULL,
    ),
)


def return_row(found: Return) -> dict[str, Any]:
    """Return the fields of a return as they are stored."""
    return {
        "ended_on": found.ended_on.isoformat(),
        "due_on": found.due_on.isoformat(),
        "escalated": found.escalated,
        "people": [
            {
                "nomination_id": each.nomination_id,
                "state": each.state.value,
                "returned_on": each.returned_on and each.returned_on.isoformat(),
                "note": each.note,
            }
            for each in found.people
        ],
    }


def return_of(row: dict[str, Any]) -> Return:
    """Return the return of a stored row."""
    return Return(
        people=tuple(
            Returner(
                each["nomination_id"],
                AtPost(each["state"]),
                each["returned_on"] and date.fromisoformat(each["returned_on"]),
                each["note"],
            )
            for each in row["people"]
        ),
        ended_on=date.fromisoformat(row["ended_on"]),
        due_on=date.fromisoformat(row["due_on"]),
        escalated=row["escalated"],
    )
