"""Assessing fees, and saying who pays them."""

from __future__ import annotations

from marshmallow import fields, validate

from services.enrollment.contract.fee_orders import PAYERS, FeeOrderSummary
from services.enrollment.contract.fee_parts import FEE_OFFICERS, FeeRefused, PayerNotAllowed
from services.enrollment.contract.parts import ORGANISERS, identifier, unit_path
from shared.contracts import Operation, Reply, Request
from shared.errors import Invalid, NotFound
from shared.plugins import PluginFailed, PluginMissing
from shared.wording import Words


class GivenLegalBasis(Request):
    """What allows charging a trainee personally: the document, and where in it."""

    document = fields.String(required=True, validate=validate.Regexp(r"\s*\S.{3,}", error="name the document"))
    article = fields.String(required=True, validate=validate.Regexp(r"\s*\S", error="name the article"))


class FeeOrderList(Reply):
    """The orders a command left behind; ``changed`` of them are different now."""

    items = fields.List(fields.Nested(FeeOrderSummary), required=True)
    changed = fields.Integer(required=True)


class AssessFees(Request):
    """Assess a term's fees again, of one unit or of all."""

    term_id = identifier(required=True)
    unit_id = unit_path(allow_none=True, load_default=None)


class AssignFeePayer(Request):
    """Who pays for a unit's people in a term, or with ``nomination_id`` for one of them."""

    term_id = identifier(required=True)
    unit_id = unit_path(required=True)
    nomination_id = identifier(allow_none=True, load_default=None)
    payer = fields.String(required=True, validate=validate.OneOf(PAYERS))
    legal_basis = fields.Nested(GivenLegalBasis, allow_none=True, load_default=None)
    note = fields.String(load_default="", validate=validate.Length(max=500))


ASSESS_FEES = Operation(
    name="assess_fees",
    summary=Words("重新核定一期的培训费", "Assess a term's fees again"),
    kind="command",
    verb="POST",
    path="/terms/{term_id}/fee-assessments",
    request=AssessFees,
    reply=FeeOrderList,
    roles=FEE_OFFICERS,
    scope="unit_id",
    errors=(NotFound, FeeRefused, PluginMissing, PluginFailed),
    timeout=60.0,
)
ASSIGN_FEE_PAYER = Operation(
    name="assign_fee_payer",
    summary=Words("指定付费方", "Say who pays"),
    kind="command",
    verb="PUT",
    path="/terms/{term_id}/fee-payers",
    request=AssignFeePayer,
    reply=FeeOrderList,
    roles=ORGANISERS,
    scope="unit_id",
    errors=(NotFound, Invalid, PayerNotAllowed, FeeRefused, PluginMissing, PluginFailed),
)
OPERATIONS = (ASSESS_FEES, ASSIGN_FEE_PAYER)
