"""Receipts: numbers of an issuer and year follow each other without a gap.

The number is taken in the transaction that books the payment: if that fails, the number was never given.
"""

from __future__ import annotations

from typing import Any

from services.enrollment.contract import ISSUERS
from services.enrollment.store import FEE_RECEIPTS, NOMINATIONS, RECEIPT_BOOKS, TERMS, UNITS
from shared.identifiers import new_id
from shared.security.caller import Role
from shared.storage import Transaction, exactly

_ISSUER_WORDS = {"organisation_department": "市委组织部", "party_school": "市委党校（行政学院）"}


def issue_receipt(tx: Transaction, order: dict[str, Any], payment_id: str, fen: int) -> dict[str, Any]:
    """Give the next receipt of the caller's book to the order's payer."""
    issuer = _issuer(tx)
    sequence = _next_number(tx, issuer, tx.today.year)
    term = tx.rows(TERMS).get(order["term_id"])
    return tx.rows(FEE_RECEIPTS).insert(
        {
            "_id": new_id("receipt"),
            "number": f"{_ISSUER_WORDS[issuer]}收〔{tx.today.year}〕{sequence}号",
            "issuer": issuer,
            "year": tx.today.year,
            "sequence": sequence,
            "order_id": order["_id"],
            "payment_id": payment_id,
            "term_id": order["term_id"],
            "unit_id": order["unit_id"],
            "payer": order["payer"],
            "payer_title": _payer_title(tx, order),
            "amount_fen": fen,
            "purpose": f"“{term['programme_title']}”第{term['ordinal']}期培训费",
            "issued_on": tx.today.isoformat(),
            "issued_by": tx.caller.subject,
            "voided_at": None,
            "void_reason": None,
        }
    )


def void_receipt(tx: Transaction, receipt_id: str, reason: str) -> None:
    """Make a receipt void; it stays in its book."""
    rows = tx.rows(FEE_RECEIPTS)
    rows.save({**rows.get(receipt_id), "voided_at": tx.now, "void_reason": reason})


def _next_number(tx: Transaction, issuer: str, year: int) -> int:
    rows = tx.rows(RECEIPT_BOOKS)
    book = rows.one({"_id": exactly(f"{issuer}:{year}")})
    if book is None:
        rows.insert({"_id": f"{issuer}:{year}", "issuer": issuer, "year": year, "last": 1})
        return 1
    # Saved, not only read: two payments at once meet here and the later one counts on.
    last: int = rows.save({**book, "last": book["last"] + 1})["last"]
    return last


def _issuer(tx: Transaction) -> str:
    return next(issuer for issuer in ISSUERS if Role(issuer) in tx.caller.roles)


def _payer_title(tx: Transaction, order: dict[str, Any]) -> str:
    if order["payer"] == "individual":
        name: str = tx.rows(NOMINATIONS).get(order["payer_nomination_id"])["name"]
        return name
    unit = tx.rows(UNITS).one({"_id": exactly(order["unit_id"])})
    title: str = unit["title"] if unit else order["unit_id"]
    return f"{title}（财政支付）" if order["payer"] == "treasury" else title
