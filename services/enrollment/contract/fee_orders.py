"""Fee orders: what a unit owes for its people in a term, what was paid, and how it came about."""

from __future__ import annotations

from marshmallow import fields, validate

from services.enrollment.contract.fee_parts import FEE_READERS, Cited, amount
from services.enrollment.contract.parts import Text, identifier, unit_path
from services.enrollment.domain.fee_departure import DepartureKind
from services.enrollment.domain.fee_ledger import Account, EntryKind, OrderState
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import NotFound
from shared.wording import Words

PAYERS = ("unit", "treasury", "individual")
STATES = tuple(state.value for state in OrderState)
CAUSES = ("admission", "withdrawal", "replacement", "dates", "cancellation", "payer", "request")


class LegalBasis(Reply):
    """What allows charging a trainee personally."""

    document = fields.String(required=True)
    article = fields.String(required=True)


class LeftTraining(Reply):
    """How somebody left."""

    on = fields.Date(required=True)
    kind = fields.String(required=True, validate=validate.OneOf([kind.value for kind in DepartureKind]))


class FeeLine(Reply):
    """What is charged for one person and why; ``name`` is null for an assessment that no longer holds."""

    nomination_id = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)
    amount = amount(required=True)
    days = fields.Integer(required=True)
    departure = fields.Nested(LeftTraining, required=True, allow_none=True)
    standard = fields.String(required=True)
    fee_class = fields.String(required=True)
    reasons = fields.List(fields.Nested(Text), required=True)
    citation = fields.Nested(Cited, required=True)


class FeePayment(Reply):
    """One payment; ``cancelled_at`` says that it was booked by mistake."""

    payment_id = fields.String(required=True)
    amount = amount(required=True)
    paid_on = fields.Date(required=True)
    method = fields.String(required=True)
    account_kind = fields.String(required=True)
    account_title = fields.String(required=True)
    reference = fields.String(required=True)
    receipt_id = fields.String(required=True)
    receipt_number = fields.String(required=True)
    cancelled_at = fields.AwareDateTime(required=True, allow_none=True)
    cancel_reason = fields.String(required=True, allow_none=True)


class FeeRefund(Reply):
    """One amount that went back to the payer."""

    refund_id = fields.String(required=True)
    amount = amount(required=True)
    refunded_on = fields.Date(required=True)
    cause = fields.String(required=True)
    reference = fields.String(required=True)


class FeePosting(Reply):
    """One side of an entry; above zero a debit."""

    account = fields.String(required=True, validate=validate.OneOf([account.value for account in Account]))
    amount = amount(required=True)


class FeeEntry(Reply):
    """One entry of the order's ledger; its postings add up to nothing."""

    kind = fields.String(required=True, validate=validate.OneOf([kind.value for kind in EntryKind]))
    reference = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    by = fields.String(required=True)
    postings = fields.List(fields.Nested(FeePosting), required=True)


class FeeOrderSummary(Reply):
    """An order in a list. ``outstanding`` below zero is held for the payer. ``attention`` asks a person to look."""

    order_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    unit_title = fields.String(required=True, allow_none=True)
    payer = fields.String(required=True, validate=validate.OneOf(PAYERS))
    payer_nomination_id = fields.String(required=True, allow_none=True)
    legal_basis = fields.Nested(LegalBasis, required=True, allow_none=True)
    assessment = fields.Integer(required=True)
    cause = fields.String(required=True, validate=validate.OneOf(CAUSES))
    trainees = fields.Integer(required=True)
    assessed = amount(required=True)
    received = amount(required=True)
    returned = amount(required=True)
    outstanding = amount(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    state_words = fields.Nested(Text, required=True)
    due_on = fields.Date(required=True)
    overdue = fields.Boolean(required=True)
    attention = fields.Nested(Text, required=True, allow_none=True)
    assessed_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class FeeOrder(FeeOrderSummary):
    """An order with everything that made it. ``payer_note`` says why this payer, and by which source."""

    payer_note = fields.Nested(Text, required=True)
    lines = fields.List(fields.Nested(FeeLine), required=True)
    payments = fields.List(fields.Nested(FeePayment), required=True)
    refunds = fields.List(fields.Nested(FeeRefund), required=True)
    entries = fields.List(fields.Nested(FeeEntry), required=True)


class ListFeeOrders(Page):
    """Which orders; a unit brings those below it. ``overdue`` true: owed past their day."""

    term_id = identifier()
    unit_id = unit_path()
    state = fields.String(validate=validate.OneOf(STATES))
    overdue = fields.Boolean()


class FeeOrderId(Request):
    """Which order."""

    order_id = identifier(required=True)


class FeeAssessment(Reply):
    """One assessment of an order, the present one or one that it replaced."""

    assessment = fields.Integer(required=True)
    legal_basis = fields.Nested(LegalBasis, required=True, allow_none=True)
    cause = fields.String(required=True, validate=validate.OneOf(CAUSES))
    assessed = amount(required=True)
    due_on = fields.Date(required=True)
    at = fields.AwareDateTime(required=True)
    lines = fields.List(fields.Nested(FeeLine), required=True)


class FeeAssessments(Reply):
    """How an order came to what it is, the latest first."""

    order_id = fields.String(required=True)
    items = fields.List(fields.Nested(FeeAssessment), required=True)


class FeeListOfTerm(Request):
    """Of which term, and of one unit with those below it when it is given."""

    term_id = identifier(required=True)
    unit_id = unit_path(allow_none=True, load_default=None)


class FeeListFile(Reply):
    """The fee list as a workbook."""

    filename = fields.String(required=True)
    media_type = fields.String(required=True)
    content = fields.String(required=True)


LIST_FEE_ORDERS = Operation(
    name="list_fee_orders",
    summary=Words("查询培训费缴费单", "List fee orders"),
    kind="query",
    verb="GET",
    path="/fee-orders",
    request=ListFeeOrders,
    reply=page_of(FeeOrderSummary),
    roles=FEE_READERS,
    scope="unit_id",
)
GET_FEE_ORDER = Operation(
    name="get_fee_order",
    summary=Words("查看培训费缴费单", "Show a fee order"),
    kind="query",
    verb="GET",
    path="/fee-orders/{order_id}",
    request=FeeOrderId,
    reply=FeeOrder,
    roles=FEE_READERS,
    errors=(NotFound,),
    versioned=True,
)
LIST_FEE_ASSESSMENTS = Operation(
    name="list_fee_assessments",
    summary=Words("查看缴费单的历次核定", "Show how a fee order was assessed over time"),
    kind="query",
    verb="GET",
    path="/fee-orders/{order_id}/assessments",
    request=FeeOrderId,
    reply=FeeAssessments,
    roles=FEE_READERS,
    errors=(NotFound,),
)


GET_FEE_LIST = Operation(
    name="get_fee_list",
    summary=Words("下载一期的培训费清单", "Download the fee list of a term"),
    kind="query",
    verb="GET",
    path="/terms/{term_id}/fee-list",
    request=FeeListOfTerm,
    reply=FeeListFile,
    roles=FEE_READERS,
    scope="unit_id",
    errors=(NotFound,),
    download=True,
    timeout=60.0,
)

OPERATIONS = (LIST_FEE_ORDERS, GET_FEE_ORDER, LIST_FEE_ASSESSMENTS, GET_FEE_LIST)
