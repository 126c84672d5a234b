"""Panels and blind reviews."""

from __future__ import annotations

from shared.storage import Collection, Index

PANELS = Collection(
    "panels",
    validator={"bsonType": "object", "required": ["_id", "version", "members"]},
)
"""One a term, by its identifier. Whoever assigns or returns a review saves it: loads are counted one after another."""

REVIEWS = Collection(
    "reviews",
    indexes=(
        Index((("report_id", 1),)),
        Index((("term_id", 1), ("_id", 1))),
        Index((("lecturer_id", 1), ("_id", 1))),
    ),
    validator={
        "bsonType": "object",
        "required": ["_id", "version", "report_id", "term_id", "lecturer_id", "state", "due_on", "scores"],
        "properties": {"state": {"enum": ["open", "returned", "declined", "cancelled"]}},
    },
)
