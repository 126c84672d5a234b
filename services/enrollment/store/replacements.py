"""Replacements, and the proof files that came with them."""

from __future__ import annotations

from services.enrollment.contract.replacements import REPLACEMENT_STATES
from services.enrollment.store.shapes import ARRAY, COUNT, FLAG, INSTANT, TEXT, TEXT_OR_NULL, shape
from shared.storage import Collection, Index

REPLACEMENTS = Collection(
    "replacements",
    indexes=(
        Index((("term_id", 1), ("_id", 1))),
        Index((("unit_id", 1), ("_id", 1))),
        Index((("open_key", 1),), unique=True, where={"open_key": {"$type": "string"}}),
    ),
    validator=shape(
        term_id=TEXT,
        unit_id=TEXT,
        old_nomination_id=TEXT,
        new_nomination_id=TEXT_OR_NULL,
        open_key=TEXT_OR_NULL,
        reason_code=TEXT,
        state={"enum": list(REPLACEMENT_STATES)},
        deadline_on=TEXT,
        late=FLAG,
        verdicts=ARRAY,
        requested_at=INSTANT,
    ),
    sealed=("id_number", "phone"),
)
PROOFS = Collection(
    "proofs",
    indexes=(Index((("replacement_id", 1), ("number", 1)), unique=True),),
    validator=shape(replacement_id=TEXT, number=COUNT, content=TEXT),
    sealed=("content",),
)
