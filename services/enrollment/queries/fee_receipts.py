"""Reading receipts."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.enrollment.domain.money import yuan
from services.enrollment.domain.money_words import capitals
from services.enrollment.store import FEE_RECEIPTS
from shared.storage import View, subtree

_SHOWN = (
    "number", "issuer", "year", "sequence", "order_id", "payment_id", "term_id", "unit_id", "payer", "payer_title",
    "purpose", "issued_by", "voided_at", "void_reason", "version",
)  # fmt: skip
_FILTERS = ("term_id", "order_id", "issuer", "year")


def list_fee_receipts(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List receipts within reach, in the order they were issued; a unit brings those below it too."""
    rows = view.rows(FEE_RECEIPTS)
    conditions: list[dict[str, Any]] = [rows.reach(), {key: request[key] for key in _FILTERS if request.get(key)}]
    if request.get("unit_id"):
        conditions.append(subtree(request["unit_id"]))
    found, cursor = rows.page({"$and": conditions}, request.get("cursor"), request["limit"])
    return {"items": [_shown_receipt(row) for row in found], "next_cursor": cursor}


def get_fee_receipt(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show one receipt."""
    return _shown_receipt(view.rows(FEE_RECEIPTS).get_within_reach(request["receipt_id"]))


def _shown_receipt(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "receipt_id": row["_id"],
        **{key: row[key] for key in _SHOWN},
        "amount": yuan(row["amount_fen"]),
        "amount_in_capitals": capitals(row["amount_fen"]),
        "issued_on": date.fromisoformat(row["issued_on"]),
    }
