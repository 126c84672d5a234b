"""What terms really cost, and their files."""

from __future__ import annotations

from services.enrollment.store.shapes import ARRAY, COUNT, FLAG, TEXT, shape
from shared.storage import Collection

TERM_COSTS = Collection(
    "term_costs",
    validator=shape(
        term_id=TEXT,
        state={"enum": ["open", "settled"]},
        staff=COUNT,
        trainees=COUNT,
        items={"bsonType": "object"},
        unplanned=FLAG,
        findings=ARRAY,
        papers={"bsonType": "object"},
        history=ARRAY,
    ),
)
