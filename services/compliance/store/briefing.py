"""Briefings in the database."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.compliance.domain.briefing import Briefing, PersonalWord
from shared.storage import Collection, Index

BRIEFINGS = Collection(
    "briefings",
    indexes=(
        Index((("term_id", 1), ("unit_id", 1)), unique=True),
        Index((("unit_id", 1), ("state", 1), ("_id", 1))),
    ),
    validator={
        "bsonType": "object",
        "required": ["_id", "version", "term_id", "unit_id", "state", "to_brief", "briefed"],
        "properties": {
            "_id": {"bsonType": "string"},
            "version": {"bsonType": "int"},
            "term_id": {"bsonType": "string"},
            "unit_id": {"bsonType": "string"},
            "state": {"enum": ["opened", "acknowledged", "cancelled"]},
            "to_brief": {"bsonType": "array"},
            "briefed": {"bsonType": "array"},
            "late": {"bsonType": "bool"},
        },
    },
)


def to_row(briefing: Briefing) -> dict[str, Any]:
    """Return the fields of a briefing as they are stored (without ``_id`` and ``version``)."""
    return {
        "term_id": briefing.term_id,
        "unit_id": briefing.unit_id,
        "to_brief": sorted(briefing.to_brief),
        "briefed": sorted(briefing.briefed),
        "withdrawn": sorted(briefing.withdrawn),
        "starts_on": None if briefing.starts_on is None else briefing.starts_on.isoformat(),
        "cancelled": briefing.cancelled,
        "state": briefing.state,
        "acknowledged_by": briefing.acknowledged_by,
        "acknowledged_at": briefing.acknowledged_at,
        "late": briefing.late,
        "personal": [
            {"nomination_id": word.nomination_id, "at": word.at, "late": word.late, "points_sha256": word.points_sha256}
            for word in briefing.personal
        ],
    }


def from_row(row: dict[str, Any]) -> Briefing:
    """Return the briefing of a stored row."""
    starts_on = row.get("starts_on")
    return Briefing(
        term_id=row["term_id"],
        unit_id=row["unit_id"],
        to_brief=frozenset(row["to_brief"]),
        briefed=frozenset(row["briefed"]),
        withdrawn=frozenset(row.get("withdrawn", ())),
        starts_on=None if starts_on is None else date.fromisoformat(starts_on),
        cancelled=row["cancelled"],
        acknowledged_by=row["acknowledged_by"],
        acknowledged_at=row["acknowledged_at"],
        late=row["late"],
        personal=tuple(PersonalWord(**word) for word in row.get("personal", ())),
    )
