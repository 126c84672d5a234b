"""People found engaged twice on a day after a term was moved."""

from __future__ import annotations

from services.enrollment.store.shapes import FLAG, INSTANT, TEXT, shape
from shared.storage import Collection, Index

OVERLAPS = Collection(
    "overlaps",
    indexes=(Index((("term_id", 1), ("_id", 1))), Index((("nomination_id", 1),))),
    validator=shape(
        term_id=TEXT,
        nomination_id=TEXT,
        unit_id=TEXT,
        other_nomination_id=TEXT,
        other_unit_id=TEXT,
        other_term_id=TEXT,
        both_admitted=FLAG,
        found_at=INSTANT,
    ),
)
