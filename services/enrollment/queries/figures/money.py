"""Figures of training fees."""

from __future__ import annotations

from collections import Counter, defaultdict

from services.enrollment.domain.money import yuan
from services.enrollment.queries.figures.shape import Row, Year, figure
from services.enrollment.store import FEE_ORDERS
from shared.storage import View


def fees(view: View, year: Year) -> Row:
    """Fees assessed, received and returned, by unit, in yuan."""
    by_unit: dict[str, Counter[str]] = defaultdict(Counter)
    for row in year.rows(FEE_ORDERS, ("unit_id", "assessed_fen", "received_fen", "returned_fen", "outstanding_fen")):
        by_unit[row["unit_id"]].update({key: row[f"{key}_fen"] for key in _KEYS})
    rows = [
        year.unit(unit) | {key: float(yuan(found[key])) for key in _KEYS} for unit, found in sorted(by_unit.items())
    ]
    total = float(yuan(sum(found["assessed"] for found in by_unit.values())))
    return figure("fees", ("培训费核定", "fees assessed"), "yuan", total, ("unit", *_KEYS), rows)


_KEYS = ("assessed", "received", "returned", "outstanding")
