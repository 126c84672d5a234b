"""Health declarations and the proofs of their deletion in the database."""

from __future__ import annotations

from typing import Any

from services.compliance.domain.health import Proof
from services.compliance.store.shapes import ARRAY, COUNT, INSTANT, INSTANT_OR_NULL, TEXT, shape
from shared.storage import Collection, Index

DECLARATIONS = Collection(
    "health_declarations",
    indexes=(Index((("term_id", 1), ("nomination_id", 1))), Index((("delete_by", 1),))),
    validator=shape(
        nomination_id=TEXT,
        term_id=TEXT,
        unit_id=TEXT,
        kind={"enum": ["declared", "checked"]},
        purpose=TEXT,
        basis=TEXT,
        consented_at=INSTANT_OR_NULL,
        declared_at=INSTANT,
        delete_by=TEXT,
        content=TEXT,
    ),
    sealed=("content",),
)
"""Short-lived, and in no backup longer than its operator keeps one: the proof speaks of this collection."""

PURGES = Collection(
    "health_purges",
    indexes=(Index((("number", 1),), unique=True), Index((("term_id", 1),))),
    validator=shape(
        number=COUNT,
        term_id=TEXT,
        cause=TEXT,
        count=COUNT,
        removed=ARRAY,
        digest=TEXT,
        previous=TEXT,
        seal=TEXT,
        purged_at=INSTANT,
    ),
)


def proof_of(row: dict[str, Any]) -> Proof:
    """Return the proof of a stored row."""
    return Proof(
        number=row["number"],
        term_id=row["term_id"],
        cause=row["cause"],
        purged_at=row["said_at"],
        removed=tuple(row["removed"]),
        digest=row["digest"],
        previous=row["previous"],
    )
