"""Collections of terms and who has a seat in them."""

from __future__ import annotations

from typing import Any

from services.scheduling.store.shapes import ARRAY, COUNT, DAY, DAY_OR_NULL, FLAG, TEXT, TEXT_OR_NULL, shape
from shared.storage import Collection, Index

TERMS = Collection(
    "terms",
    indexes=(
        Index((("plan_id", 1), ("programme_ordinal", 1), ("ordinal", 1))),
        Index((("programme_id", 1), ("ordinal", 1)), unique=True),
        Index((("state", 1), ("starts_on", 1))),
    ),
    validator=shape(
        plan_id=TEXT,
        programme_id=TEXT,
        programme_ordinal=COUNT,
        programme_title=TEXT,
        kind=TEXT,
        ordinal=COUNT,
        state={"enum": ["planned", "placed", "cancelled"]},
        days=COUNT,
        capacity=COUNT,
        window_starts_on=DAY,
        window_ends_on=DAY,
        target=DAY,
        starts_on=DAY_OR_NULL,
        ends_on=DAY_OR_NULL,
        reports_on=DAY_OR_NULL,
        room_id=TEXT_OR_NULL,
        pinned=FLAG,
        due=FLAG,
        announced=FLAG,
        districts=ARRAY,
    ),
)
# What terms written before these were kept mean by leaving them out.
TERM_SINCE: dict[str, Any] = {"months": [], "bed_kind": None, "spacing_days": None, "lecturers": [], "shares": []}
# One document a term: the nominations that have a seat in it, as enrollment tells.
ADMISSIONS = Collection("admissions", validator=shape(nomination_ids=ARRAY))
