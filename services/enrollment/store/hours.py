"""The hours ledger: one document a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.enrollment.domain.hours_ledger import Credit
from services.enrollment.domain.hours_rank import Position
from services.enrollment.store.shapes import ARRAY, TEXT, shape
from shared.storage import Collection, Index

HOURS_LEDGERS = Collection(
    "hours_ledgers",
    indexes=(Index((("unit_id", 1), ("_id", 1))),),
    validator=shape(unit_id=TEXT, name=TEXT, positions=ARRAY, entries=ARRAY, expected=ARRAY, promotions=ARRAY),
)


def new_ledger(person_id: str, unit_id: str, name: str) -> dict[str, Any]:
    """Return the empty ledger of a person."""
    return {
        "_id": person_id,
        "unit_id": unit_id,
        "name": name,
        "positions": [],
        "entries": [],
        "expected": [],
        "promotions": [],
    }


def credit_from(entry: Mapping[str, Any]) -> Credit:
    """Return what a stored entry counts."""
    return Credit(date.fromisoformat(entry["on"]), entry["hours"], entry["days"], entry["rank"])


def position_from(row: Mapping[str, Any]) -> Position:
    """Return the position of a stored one."""
    return Position(date.fromisoformat(row["on"]), row["rank"])
