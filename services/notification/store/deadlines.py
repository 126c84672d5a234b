"""Deadlines: what somebody has to do by a day, and the next turn to remind of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.notification.domain.deadline import STATES as DEADLINE_STATES
from services.notification.domain.deadline import Deadline
from services.notification.store.shapes import MAYBE_TEXT, TEXT, one_of
from shared.storage import Collection, Index

DEADLINES = Collection(
    "deadlines",
    indexes=(
        Index((("subject", 1),)),
        Index((("term_id", 1),)),
        # Only what is open and has a turn left has a next day.
        Index((("next_on", 1),), where={"next_on": {"$type": "string"}}),
    ),
    validator={
        "required": ["rule", "subject", "recipient", "due_on", "state", "passed", "next_on"],
        "properties": {
            "rule": TEXT,
            "subject": TEXT,
            "recipient": TEXT,
            "term_id": MAYBE_TEXT,
            "unit_id": MAYBE_TEXT,
            "due_on": TEXT,
            "next_on": MAYBE_TEXT,
            "moved_by": MAYBE_TEXT,
            "state": one_of(DEADLINE_STATES),
        },
    },
)

MATTERS = Collection(
    "matters",
    validator={
        "required": ["opened_by", "ended_by"],
        "properties": {
            "opened_by": MAYBE_TEXT,
            "ended_by": MAYBE_TEXT,
            "said": MAYBE_TEXT,
            "done": {"bsonType": "array"},
        },
    },
)
"""By rule and subject: the latest events that opened and that ended it, for one may overtake the other.

``said`` is what the one that opened it said, ``done`` the recipients that have done their part.
"""


def deadline_row(deadline: Deadline) -> dict[str, Any]:
    """Return the fields of a deadline's state as they are stored."""
    return {"due_on": deadline.due_on.isoformat(), "state": deadline.state, "passed": list(deadline.passed)}


def deadline_of(row: dict[str, Any]) -> Deadline:
    """Return the state of a stored deadline."""
    return Deadline(date.fromisoformat(row["due_on"]), row["state"], tuple(row["passed"]))
