"""Payments, their receipts, and what goes back."""

from __future__ import annotations

from marshmallow import fields, validate

from services.enrollment.contract.fee_orders import PAYERS, FeeOrder
from services.enrollment.contract.fee_parts import (
    FEE_OFFICERS,
    FEE_READERS,
    FeeRefused,
    PersonalAccount,
    amount,
    given_amount,
)
from services.enrollment.contract.parts import identifier, unit_path
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import Conflict, Invalid, NotFound, StaleVersion
from shared.wording import Words

METHODS = ("bank_transfer", "treasury_transfer", "official_card")
"""单位转账、财政直接支付、公务卡."""
ACCOUNT_KINDS = ("treasury", "institution", "personal")
"""财政专户、单位账户; an individual's is named here so that it can be refused with its reason."""
ISSUERS = ("organisation_department", "party_school")
REFUND_CAUSES = ("replacement", "withdrawal", "expulsion", "not_reported", "retiming", "cancellation", "overpayment")
_REFERENCE = validate.Length(1, 80)


class PaymentBooked(Conflict):
    """A payment with this bank reference is booked on this order already."""

    code = "enrollment.payment-booked"
    title = Words("该笔付款已登记", "Payment booked already")


class BookFeePayment(Request):
    """Money that arrived; ``reference`` is the bank's or the treasury's own number of it."""

    order_id = identifier(required=True)
    amount = given_amount(required=True)
    paid_on = fields.Date(required=True)
    method = fields.String(required=True, validate=validate.OneOf(METHODS))
    account_kind = fields.String(required=True, validate=validate.OneOf(ACCOUNT_KINDS))
    account_title = fields.String(required=True, validate=validate.Length(1, 100))
    reference = fields.String(required=True, validate=_REFERENCE)


class CancelFeePayment(Request):
    """A payment that was booked by mistake; its receipt is void, and its number is not given again."""

    order_id = identifier(required=True)
    payment_id = identifier(required=True)
    reason = fields.String(required=True, validate=validate.Length(1, 200))


class RefundFees(Request):
    """Money that went back; by default all that is held for the payer."""

    order_id = identifier(required=True)
    amount = given_amount(allow_none=True, load_default=None)
    refunded_on = fields.Date(required=True)
    cause = fields.String(required=True, validate=validate.OneOf(REFUND_CAUSES))
    reference = fields.String(required=True, validate=_REFERENCE)


class FeeReceipt(Reply):
    """A receipt (收据) for a payment; numbers of an issuer and year have no gap, a void one keeps its number."""

    receipt_id = fields.String(required=True)
    number = fields.String(required=True)
    issuer = fields.String(required=True, validate=validate.OneOf(ISSUERS))
    year = fields.Integer(required=True)
    sequence = fields.Integer(required=True)
    order_id = fields.String(required=True)
    payment_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    payer = fields.String(required=True, validate=validate.OneOf(PAYERS))
    payer_title = fields.String(required=True)
    amount = amount(required=True)
    amount_in_capitals = fields.String(required=True)
    purpose = fields.String(required=True)
    issued_on = fields.Date(required=True)
    issued_by = fields.String(required=True)
    voided_at = fields.AwareDateTime(required=True, allow_none=True)
    void_reason = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True)


class ListFeeReceipts(Page):
    """Which receipts; a unit brings those below it."""

    unit_id = unit_path()
    term_id = identifier()
    order_id = identifier()
    issuer = fields.String(validate=validate.OneOf(ISSUERS))
    year = fields.Integer(validate=validate.Range(2000, 2100))


class FeeReceiptId(Request):
    """Which receipt."""

    receipt_id = identifier(required=True)


BOOK_FEE_PAYMENT = Operation(
    name="book_fee_payment",
    summary=Words("登记缴费并开具收据", "Book a payment and issue its receipt"),
    kind="command",
    verb="POST",
    path="/fee-orders/{order_id}/payments",
    request=BookFeePayment,
    reply=FeeOrder,
    roles=FEE_OFFICERS,
    errors=(NotFound, Invalid, PersonalAccount, PaymentBooked, StaleVersion),
    versioned=True,
)
CANCEL_FEE_PAYMENT = Operation(
    name="cancel_fee_payment",
    summary=Words("撤销误登的缴费", "Cancel a payment booked by mistake"),
    kind="command",
    verb="POST",
    path="/fee-orders/{order_id}/payments/{payment_id}/cancellation",
    request=CancelFeePayment,
    reply=FeeOrder,
    roles=FEE_OFFICERS,
    errors=(NotFound, FeeRefused, StaleVersion),
    versioned=True,
)
REFUND_FEES = Operation(
    name="refund_fees",
    summary=Words("登记退费", "Book a refund"),
    kind="command",
    verb="POST",
    path="/fee-orders/{order_id}/refunds",
    request=RefundFees,
    reply=FeeOrder,
    roles=FEE_OFFICERS,
    errors=(NotFound, Invalid, FeeRefused, StaleVersion),
    versioned=True,
)
LIST_FEE_RECEIPTS = Operation(
    name="list_fee_receipts",
    summary=Words("查询培训费收据", "List fee receipts"),
    kind="query",
    verb="GET",
    path="/fee-receipts",
    request=ListFeeReceipts,
    reply=page_of(FeeReceipt),
    roles=FEE_READERS,
    scope="unit_id",
)
GET_FEE_RECEIPT = Operation(
    name="get_fee_receipt",
    summary=Words("查看培训费收据", "Show a fee receipt"),
    kind="query",
    verb="GET",
    path="/fee-receipts/{receipt_id}",
    request=FeeReceiptId,
    reply=FeeReceipt,
    roles=FEE_READERS,
    errors=(NotFound,),
    versioned=True,
)

OPERATIONS = (BOOK_FEE_PAYMENT, CANCEL_FEE_PAYMENT, REFUND_FEES, LIST_FEE_RECEIPTS, GET_FEE_RECEIPT)
