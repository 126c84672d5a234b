"""Nominations."""

from __future__ import annotations

from services.enrollment.contract.nominations import OUTCOMES, STATES
from services.enrollment.store.shapes import ARRAY, FLAG, INSTANT, TEXT, shape
from shared.storage import Collection, Index

# Each nomination is written four times on its way to a seat, and SecantusDB writes every index anew each time.
NOMINATIONS = Collection(
    "nominations",
    indexes=(
        Index((("term_id", 1), ("state", 1), ("unit_id", 1), ("_id", 1))),
        Index((("unit_id", 1), ("_id", 1))),
    ),
    validator=shape(
        person_id=TEXT,
        term_id=TEXT,
        unit_id=TEXT,
        name=TEXT,
        post=TEXT,
        rank=TEXT,
        order=TEXT,
        state={"enum": list(STATES)},
        outcome={"enum": list(OUTCOMES)},
        needs_human=FLAG,
        verdicts=ARRAY,
        attestations=ARRAY,
        history=ARRAY,
        filed_at=INSTANT,
    ),
    sealed=("phone",),
)
