"""Collections of placements."""

from __future__ import annotations

from services.scheduling.store.shapes import ARRAY, FLAG, INSTANT, OBJECT, TEXT, shape
from shared.storage import Collection, Index

PLACEMENTS = Collection(
    "placements",
    indexes=(Index((("plan_id", 1), ("state", 1))),),
    validator=shape(
        plan_id=TEXT,
        scheduler=TEXT,
        state={"enum": ["running", "done", "failed"]},
        policy=OBJECT,
        again=FLAG,
        placed=ARRAY,
        unplaced=ARRAY,
        asked_at=INSTANT,
    ),
)
