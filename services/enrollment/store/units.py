"""Participating units."""

from __future__ import annotations

from services.enrollment.store.shapes import TEXT, TEXT_OR_NULL, shape
from shared.storage import Collection, Index

UNITS = Collection(
    "units",
    indexes=(
        Index((("unit_id", 1),), unique=True),
        Index((("credit_code", 1),), unique=True, where={"credit_code": {"$type": "string"}}),
    ),
    validator=shape(unit_id=TEXT, parent_id=TEXT_OR_NULL, title=TEXT, kind=TEXT, credit_code=TEXT_OR_NULL),
)
