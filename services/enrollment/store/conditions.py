"""Conditions of programmes and terms."""

from __future__ import annotations

from typing import Any

from services.enrollment.domain.conditions import Conditions
from services.enrollment.store.shapes import ARRAY, INSTANT, TEXT, TEXT_OR_NULL, shape
from shared.storage import Collection

CONDITIONS = Collection(
    "conditions",
    validator=shape(
        scope={"enum": ["programme", "term"]},
        lowest=TEXT_OR_NULL,
        highest=TEXT_OR_NULL,
        posts=ARRAY,
        source=TEXT,
        set_by=TEXT,
        set_at=INSTANT,
    ),
)


def conditions_from(row: dict[str, Any]) -> Conditions:
    """Return the conditions of a stored row."""
    return Conditions(row["lowest"], row["highest"], tuple(row["posts"]), row["head_cap"], row["source"])
