"""Retimings, and the places they hold while they run."""

from __future__ import annotations

from services.scheduling.store.shapes import ARRAY, DAY, INSTANT, TEXT, TEXT_OR_NULL, shape
from shared.storage import Collection, Index

RETIMINGS = Collection(
    "retimings",
    indexes=(Index((("plan_id", 1),)),),
    validator=shape(
        plan_id=TEXT,
        reason_code=TEXT,
        reason=TEXT,
        state={"enum": ["running", "done", "refused"]},
        rows=ARRAY,
        consequences=ARRAY,
        asked_at=INSTANT,
        asked_by=TEXT,
        process_id=TEXT_OR_NULL,
    ),
)
# One document a term whose new place, and then its old one, nobody else may take until the retiming is over.
RESERVATIONS = Collection(
    "reservations",
    indexes=(Index((("retiming_id", 1),)),),
    validator=shape(term_id=TEXT, retiming_id=TEXT, starts_on=DAY, ends_on=DAY, reports_on=DAY, room_id=TEXT),
)
