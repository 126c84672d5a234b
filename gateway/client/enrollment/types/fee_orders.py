"""Fee orders: objects of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from gateway.client.enrollment.types.fee_parts import Cited
from gateway.client.enrollment.types.parts import Text


class FeeAssessment(TypedDict):
    """One assessment of an order, the present one or one that it replaced."""

    assessment: int
    legal_basis: LegalBasis | None
    cause: Literal["admission", "withdrawal", "replacement", "dates", "cancellation", "payer", "request"]
    assessed: str
    due_on: str
    at: str
    lines: list[FeeLine]


class FeeAssessments(TypedDict):
    """How an order came to what it is, the latest first."""

    order_id: str
    items: list[FeeAssessment]


class FeeEntry(TypedDict):
    """One entry of the order's ledger; its postings add up to nothing."""

    kind: Literal["assessed", "paid", "payment_cancelled", "refunded"]
    reference: str
    at: str
    by: str
    postings: list[FeePosting]


class FeeLine(TypedDict):
    """What is charged for one person and why; ``name`` is null for an assessment that no longer holds."""

    nomination_id: str
    name: str | None
    amount: str
    days: int
    departure: LeftTraining | None
    standard: str
    fee_class: str
    reasons: list[Text]
    citation: Cited


class FeeOrder(TypedDict):
    """An order with everything that made it. ``payer_note`` says why this payer, and by which source."""

    order_id: str
    term_id: str
    unit_id: str
    unit_title: str | None
    payer: Literal["unit", "treasury", "individual"]
    payer_nomination_id: str | None
    legal_basis: LegalBasis | None
    assessment: int
    cause: Literal["admission", "withdrawal", "replacement", "dates", "cancellation", "payer", "request"]
    trainees: int
    assessed: str
    received: str
    returned: str
    outstanding: str
    state: Literal["open", "part_paid", "settled", "overpaid", "void"]
    state_words: Text
    due_on: str
    overdue: bool
    attention: Text | None
    assessed_at: str
    version: int
    payer_note: Text
    lines: list[FeeLine]
    payments: list[FeePayment]
    refunds: list[FeeRefund]
    entries: list[FeeEntry]


class FeeOrderSummary(TypedDict):
    """An order in a list. ``outstanding`` below zero is held for the payer. ``attention`` asks a person to look."""

    order_id: str
    term_id: str
    unit_id: str
    unit_title: str | None
    payer: Literal["unit", "treasury", "individual"]
    payer_nomination_id: str | None
    legal_basis: LegalBasis | None
    assessment: int
    cause: Literal["admission", "withdrawal", "replacement", "dates", "cancellation", "payer", "request"]
    trainees: int
    assessed: str
    received: str
    returned: str
    outstanding: str
    state: Literal["open", "part_paid", "settled", "overpaid", "void"]
    state_words: Text
    due_on: str
    overdue: bool
    attention: Text | None
    assessed_at: str
    version: int


class FeeOrderSummaryPage(TypedDict):
    """One page of FeeOrderSummary."""

    items: list[FeeOrderSummary]
    next_cursor: NotRequired[str | None]


class FeePayment(TypedDict):
    """One payment; ``cancelled_at`` says that it was booked by mistake."""

    payment_id: str
    amount: str
    paid_on: str
    method: str
    account_kind: str
    account_title: str
    reference: str
    receipt_id: str
    receipt_number: str
    cancelled_at: str | None
    cancel_reason: str | None


class FeePosting(TypedDict):
    """One side of an entry; above zero a debit."""

    account: Literal["receivable", "income", "received", "returned"]
    amount: str


class FeeRefund(TypedDict):
    """One amount that went back to the payer."""

    refund_id: str
    amount: str
    refunded_on: str
    cause: str
    reference: str


class LeftTraining(TypedDict):
    """How somebody left."""

    on: str
    kind: Literal["replaced", "before_opening", "after_opening", "expelled", "not_reported"]


class LegalBasis(TypedDict):
    """What allows charging a trainee personally."""

    document: str
    article: str
