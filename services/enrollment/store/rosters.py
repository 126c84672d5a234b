"""Roster files, their pieces and how their rows ended."""

from __future__ import annotations

from services.enrollment.contract.rosters import ROW_RESULTS, STATES
from services.enrollment.store.shapes import ARRAY, COUNT, FLAG, INSTANT, TEXT, TEXT_OR_NULL, shape
from shared.storage import Collection, Index

ROSTERS = Collection(
    "rosters",
    indexes=(
        Index((("unit_id", 1), ("_id", 1))),
        Index((("filed_key", 1),), unique=True, where={"filed_key": {"$type": "string"}}),
    ),
    validator=shape(
        unit_id=TEXT,
        filename=TEXT,
        sha256=TEXT,
        preview=FLAG,
        plan_id=TEXT_OR_NULL,
        filed_key=TEXT_OR_NULL,
        state={"enum": list(STATES)},
        counts={"bsonType": "object"},
        received_at=INSTANT,
    ),
)
ROSTER_PARTS = Collection(
    "roster_parts",
    indexes=(Index((("import_id", 1), ("copy", 1), ("number", 1)), unique=True),),
    validator=shape(import_id=TEXT, copy={"enum": ["original", "annotated"]}, number=COUNT, content=TEXT),
    sealed=("content",),
)
ROSTER_ROWS = Collection(
    "roster_rows",
    indexes=(Index((("import_id", 1), ("_id", 1))), Index((("import_id", 1), ("result", 1), ("_id", 1)))),
    validator=shape(
        import_id=TEXT,
        sheet=TEXT,
        row=COUNT,
        result={"enum": list(ROW_RESULTS)},
        nomination_id=TEXT_OR_NULL,
        remarks=ARRAY,
    ),
)
