"""Calendar feeds; of a token only its hash is kept."""

from __future__ import annotations

from services.scheduling.store.shapes import INSTANT, TEXT, TEXT_OR_NULL, shape
from shared.storage import Collection, Index

FEEDS = Collection(
    "feeds",
    indexes=(
        Index((("digest", 1),), unique=True),
        Index((("kind", 1), ("target_id", 1))),
        Index((("owner", 1),)),
    ),
    validator=shape(
        kind={"enum": ["term", "lecturer", "room"]},
        target_id=TEXT,
        label=TEXT,
        digest=TEXT,
        owner=TEXT_OR_NULL,
        issued_at=INSTANT,
        issued_by=TEXT,
        revoked_at={"bsonType": ["date", "null"]},
        revoked_by=TEXT_OR_NULL,
    ),
)
