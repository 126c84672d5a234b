"""Messages, the dispatches they leave in, and the rules and wordings a city changed."""

from __future__ import annotations

from typing import Any

from services.notification.domain.ladder import STATES as DISPATCH_STATES
from services.notification.domain.ladder import Ladder, Rung
from services.notification.store.shapes import MAYBE_TEXT, TEXT, one_of
from shared.storage import Collection, Index

MESSAGE_STATES = ("waiting", "dispatched", "reached", "phone", "cancelled")

MESSAGES = Collection(
    "messages",
    indexes=(
        Index((("term_id", 1),)),
        # Only what waits to leave has a time at which it leaves.
        Index((("leaves_at", 1),), where={"leaves_at": {"$type": "date"}}),
    ),
    validator={
        "required": ["rule", "template", "recipient", "state", "urgent", "values", "leaves_at", "created_at"],
        "properties": {
            "rule": TEXT,
            "template": TEXT,
            "recipient": TEXT,
            "unit_id": MAYBE_TEXT,
            "term_id": MAYBE_TEXT,
            "deadline": MAYBE_TEXT,
            "dispatch_id": MAYBE_TEXT,
            "state": one_of(MESSAGE_STATES),
        },
    },
)
DISPATCHES = Collection(
    "dispatches",
    indexes=(
        Index((("recipient", 1),)),
        Index((("next_at", 1),), where={"next_at": {"$type": "date"}}),
    ),
    validator={
        "required": ["recipient", "urgent", "message_ids", "rungs", "state", "next_at", "created_at"],
        "properties": {"recipient": TEXT, "unit_id": MAYBE_TEXT, "state": one_of(DISPATCH_STATES)},
    },
    # The words may name a person and hold a personal link.
    sealed=("words",),
)
RULES = Collection("rules", validator={"required": ["enabled", "urgent"]})
TEMPLATES = Collection(
    "templates",
    indexes=(Index((("key", 1), ("number", 1)), unique=True),),
    validator={
        "required": ["key", "number", "state", "subject", "body", "short", "drafted_by", "drafted_at"],
        "properties": {"key": TEXT, "state": one_of(("draft", "approved", "retired"))},
    },
)
TIMETABLES = Collection("timetables", validator={"required": ["timetable_version", "lecturer_ids"]})
"""By term: the version that holds and who teaches in it."""


def ladder_row(ladder: Ladder) -> dict[str, Any]:
    """Return the fields of a dispatch's ladder as they are stored."""
    return {"rungs": ladder.to_rows(), "state": ladder.state, "next_at": ladder.next_at}


def ladder_of(row: dict[str, Any]) -> Ladder:
    """Return the ladder of a stored dispatch."""
    return Ladder(tuple(Rung(**rung) for rung in row["rungs"]), row["state"], row["next_at"])
