"""Standby: one document a nomination that waits or waited, and how lists were re-ordered."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.enrollment.contract.standby import LINES, STANDBY_STATES
from services.enrollment.domain.standby import Line, Standby
from services.enrollment.store.shapes import ARRAY, COUNT, INSTANT, TEXT, TEXT_OR_NULL, shape
from shared.storage import Collection, Index

STANDBY = Collection(
    "standby",
    indexes=(Index((("term_id", 1), ("state", 1))),),
    validator=shape(
        term_id=TEXT,
        unit_id=TEXT,
        line={"enum": list(LINES)},
        position=COUNT,
        state={"enum": list(STANDBY_STATES)},
        due_on=TEXT_OR_NULL,
        joined_at=INSTANT,
        history=ARRAY,
    ),
)
REORDERINGS = Collection(
    "reorderings",
    indexes=(Index((("term_id", 1), ("_id", 1))),),
    validator=shape(term_id=TEXT, unit_id=TEXT_OR_NULL, before=ARRAY, after=ARRAY, reason=TEXT, by=TEXT, at=INSTANT),
)


def standby_from(row: dict[str, Any]) -> Standby:
    """Return somebody waiting as the domain sees them."""
    return Standby(row["_id"], row["unit_id"], Line(row["line"]), row["position"])


def due_day(row: dict[str, Any]) -> date | None:
    """Return the last day to answer the offer, if one stands."""
    return date.fromisoformat(row["due_on"]) if row["due_on"] else None
