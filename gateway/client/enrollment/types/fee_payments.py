"""Fee payments: objects of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict


class FeeReceipt(TypedDict):
    """A receipt (收据) for a payment; numbers of an issuer and year have no gap, a void one keeps its number."""

    receipt_id: str
    number: str
    issuer: Literal["organisation_department", "party_school"]
    year: int
    sequence: int
    order_id: str
    payment_id: str
    term_id: str
    unit_id: str
    payer: Literal["unit", "treasury", "individual"]
    payer_title: str
    amount: str
    amount_in_capitals: str
    purpose: str
    issued_on: str
    issued_by: str
    voided_at: str | None
    void_reason: str | None
    version: int


class FeeReceiptPage(TypedDict):
    """One page of FeeReceipt."""

    items: list[FeeReceipt]
    next_cursor: NotRequired[str | None]
