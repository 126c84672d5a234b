"""Withdrawal (退学): cases opened by limits or conduct, decided by the organisation department alone."""

from __future__ import annotations

from marshmallow import fields, validate

from services.compliance.contract.parts import (
    ORGANISERS,
    READERS,
    Text,
    WrongState,
    identifier,
    must_say,
    signer,
    unit_path,
)
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import NotFound
from shared.wording import Words

CASE_STATES = ("open", "withdrawn", "kept", "dissolved")


class ListWithdrawalCases(Page):
    """Which cases to list."""

    term_id = identifier()
    unit_id = unit_path()
    state = fields.String(validate=validate.OneOf(CASE_STATES))


class GetWithdrawalCase(Request):
    """Which case."""

    case_id = identifier(required=True)


class DecideWithdrawal(GetWithdrawalCase):
    """The organisation department's word: ``withdraw`` ends the training, ``keep`` lets it go on."""

    decision = fields.String(required=True, validate=validate.OneOf(("withdraw", "keep")))
    approver = signer()
    reason = must_say("决定理由 / why")


class CaseFigures(Reply):
    """What stood in the attendance book."""

    total_hours = fields.Integer(required=True)
    leave_hours = fields.Integer(required=True)
    absent_half_days = fields.Integer(required=True)


class WithdrawalCase(Reply):
    """One case. ``cause`` is a reason code, ``threshold`` says whether a limit opened it rather than conduct."""

    case_id = fields.String(required=True)
    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    cause = fields.String(required=True)
    cause_words = fields.Nested(Text, required=True)
    threshold = fields.Boolean(required=True)
    incident_id = fields.String(required=True, allow_none=True)
    state = fields.String(required=True, validate=validate.OneOf(CASE_STATES))
    reason = fields.Nested(Text, required=True)
    source = fields.String(required=True, metadata={"description": "限额依据 / where the limit comes from"})
    figures = fields.Nested(CaseFigures, required=True)
    opened_at = fields.AwareDateTime(required=True)
    decided_at = fields.AwareDateTime(required=True, allow_none=True)
    approver = fields.String(required=True, allow_none=True)
    decision_reason = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True)


LIST_WITHDRAWAL_CASES = Operation(
    name="list_withdrawal_cases",
    summary=Words("查询退学案", "List withdrawal cases"),
    kind="query",
    verb="GET",
    path="/withdrawal-cases",
    request=ListWithdrawalCases,
    reply=page_of(WithdrawalCase),
    roles=READERS,
    scope="unit_id",
)
GET_WITHDRAWAL_CASE = Operation(
    name="get_withdrawal_case",
    summary=Words("查看一件退学案", "Show a withdrawal case"),
    kind="query",
    verb="GET",
    path="/withdrawal-cases/{case_id}",
    request=GetWithdrawalCase,
    reply=WithdrawalCase,
    roles=READERS,
    errors=(NotFound,),
    versioned=True,
)
DECIDE_WITHDRAWAL = Operation(
    name="decide_withdrawal",
    summary=Words("决定是否退学", "Decide on a withdrawal"),
    kind="command",
    verb="POST",
    path="/withdrawal-cases/{case_id}/decision",
    request=DecideWithdrawal,
    reply=WithdrawalCase,
    roles=ORGANISERS,
    citywide=True,
    errors=(NotFound, WrongState),
    versioned=True,
)

OPERATIONS = (LIST_WITHDRAWAL_CASES, GET_WITHDRAWAL_CASE, DECIDE_WITHDRAWAL)
