"""Tallies of evaluations, one a session."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.outcomes.domain.evaluation import Tally
from shared.storage import Collection, Index

EVALUATIONS = Collection(
    "evaluations",
    indexes=(Index((("term_id", 1), ("session_id", 1)), unique=True),),
    validator={
        "bsonType": "object",
        "required": ["_id", "version", "term_id", "session_id", "voters", "counts", "comments"],
        "properties": {"voters": {"bsonType": "array"}, "comments": {"bsonType": "array"}},
    },
)


def tally_fields(tally: Tally) -> dict[str, Any]:
    """Return a tally as it is stored: marks of voters sorted, so that no order tells who was first."""
    counts = {criterion: list(given) for criterion, given in tally.counts.items()}
    return {"voters": sorted(tally.voters), "counts": counts, "comments": list(tally.comments)}


def tally_from(row: Mapping[str, Any] | None) -> Tally:
    """Return the tally of a stored row; an empty one for none."""
    if row is None:
        return Tally()
    counts = {criterion: tuple(given) for criterion, given in row["counts"].items()}
    return Tally(frozenset(row["voters"]), counts, tuple(row["comments"]))
