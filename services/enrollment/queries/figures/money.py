"""Figures of training fees."""

from __future__ import annotations

from collections import Counter, defaultdict

from services.enrollment.domain.money import yuan
from services.enrollment.queries.figures.shape import Row, Year, figure
from services.enrollment.store import FEE_ORDERS
from shared.storage import View


def fees(view: View, year: Year) -> Row:
    """Fees assessed, received and returned, by unit, in yuan.

    What one payer paid too much pays no other's debt: it is a column of its own, so that
    assessed = received − returned + outstanding − to refund.
    """
    by_unit: dict[str, Counter[str]] = defaultdict(Counter)
    for row in year.rows(FEE_ORDERS, ("unit_id", "assessed_fen", "received_fen", "returned_fen", "outstanding_fen")):
        by_unit[row["unit_id"]].update({key: row[f"{key}_fen"] for key in _BOOKED} | _balance(row["outstanding_fen"]))
    rows = [
        year.unit(unit) | {key: float(yuan(found[key])) for key in _KEYS} for unit, found in sorted(by_unit.items())
    ]
    total = float(yuan(sum(found["assessed"] for found in by_unit.values())))
    return figure("fees", ("培训费核定", "fees assessed"), "yuan", total, ("unit", *_KEYS), rows)


def _balance(outstanding_fen: int) -> dict[str, int]:
    return {"outstanding": max(0, outstanding_fen), "to_refund": max(0, -outstanding_fen)}


_BOOKED = ("assessed", "received", "returned")
_KEYS = (*_BOOKED, "outstanding", "to_refund")
