"""What outcomes keeps of terms, of their timetables and of who was admitted: read models of other services' news."""

from __future__ import annotations

from shared.storage import Collection, Index

TERMS = Collection(
    "terms",
    indexes=(Index((("plan_id", 1), ("_id", 1))),),
    validator={
        "bsonType": "object",
        "required": ["_id", "version", "plan_id", "starts_on", "ends_on", "term_version", "cancelled"],
    },
)
ROSTERS = Collection(
    "rosters",
    indexes=(
        Index((("term_id", 1), ("unit_id", 1)), unique=True),
        Index((("nomination_ids", 1),)),
    ),
    validator={
        "bsonType": "object",
        "required": ["_id", "version", "term_id", "unit_id", "nomination_ids", "withdrawn_ids"],
        "properties": {"nomination_ids": {"bsonType": "array"}, "withdrawn_ids": {"bsonType": "array"}},
    },
)
TIMETABLES = Collection(
    "timetables",
    validator={"bsonType": "object", "required": ["_id", "version", "timetable_version", "sessions"]},
)
