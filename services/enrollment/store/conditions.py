"""Conditions of programmes and terms."""

from __future__ import annotations

from datetime import date
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
        nominations_close_on=TEXT_OR_NULL,
        source=TEXT,
        set_by=TEXT,
        set_at=INSTANT,
    ),
)


def conditions_from(row: dict[str, Any]) -> Conditions:
    """Return the conditions of a stored row."""
    return Conditions(
        lowest=row["lowest"],
        highest=row["highest"],
        posts=tuple(row["posts"]),
        head_cap=row["head_cap"],
        closes_on=closing_day(row),
        source=row["source"],
    )


def closing_day(row: dict[str, Any]) -> date | None:
    """Return the last day of nominations, if one is set."""
    return date.fromisoformat(row["nominations_close_on"]) if row["nominations_close_on"] else None
