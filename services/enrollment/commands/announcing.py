"""Telling who was admitted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from services.enrollment.contract import ROSTER_ADMITTED, TRAINEE_ADMITTED
from shared.storage import Transaction


def announce_admitted(tx: Transaction, term_id: str, admitted: Iterable[Mapping[str, Any]]) -> None:
    """Tell of everybody admitted together to a term: one event a person and one a unit."""
    by_unit: dict[str, list[str]] = defaultdict(list)
    for row in admitted:
        by_unit[row["unit_id"]].append(row["_id"])
        data = {"nomination_id": row["_id"], "term_id": term_id, "unit_id": row["unit_id"]}
        tx.emit(TRAINEE_ADMITTED, data, subject=row["_id"])
    for unit_id, nomination_ids in sorted(by_unit.items()):
        roster: dict[str, Any] = {"term_id": term_id, "unit_id": unit_id}
        roster |= {"nomination_ids": nomination_ids, "count": len(nomination_ids)}
        tx.emit(ROSTER_ADMITTED, roster, subject=term_id)
