"""Transfers of places."""

from __future__ import annotations

from services.enrollment.contract.transfers import TRANSFER_KINDS, TRANSFER_STATES
from services.enrollment.store.shapes import COUNT, INSTANT, TEXT, TEXT_OR_NULL, shape
from shared.storage import Collection, Index

PLACE_TRANSFERS = Collection(
    "place_transfers",
    indexes=(Index((("term_id", 1), ("_id", 1))),),
    validator=shape(
        term_id=TEXT,
        kind={"enum": list(TRANSFER_KINDS)},
        state={"enum": list(TRANSFER_STATES)},
        from_unit_id=TEXT_OR_NULL,
        to_unit_id=TEXT_OR_NULL,
        places=COUNT,
        cause_code=TEXT,
        note=TEXT,
        consent_of=TEXT_OR_NULL,
        asked_at=INSTANT,
        asked_by=TEXT,
    ),
)
