"""Settling a term: what it really cost against the standard, and the papers of its reimbursement file."""

from __future__ import annotations

from marshmallow import fields, validate

from services.enrollment.contract.fee_parts import (
    FEE_OFFICERS,
    FEE_OVERSEERS,
    AboveStandard,
    FeeFinding,
    FeeRefused,
    PapersMissing,
    amount,
    given_amount,
)
from services.enrollment.contract.parts import ORGANISERS, Text, identifier
from shared.contracts import Operation, Reply, Request
from shared.errors import Conflict, Invalid, NotFound, StaleVersion
from shared.plugins import PluginFailed, PluginMissing
from shared.wording import Words

_HEADS = validate.Range(0, 10_000)
_PAPER = validate.Regexp(r"[a-z][a-z_]{0,39}$")


class AlreadySettled(Conflict):
    """The term is settled; the organisation department reopens it, with a reason."""

    code = "enrollment.already-settled"
    title = Words("已结算", "Already settled")


class GivenCosts(Request):
    """What was spent on each item, lecture fees left out."""

    lodging = given_amount(load_default=None, allow_none=True)
    meals = given_amount(load_default=None, allow_none=True)
    venue_materials_transport = given_amount(load_default=None, allow_none=True)
    other = given_amount(load_default=None, allow_none=True)


class FileTermCosts(Request):
    """What a term really cost. ``trainees``: who came, by default all with a seat; ``unplanned``: not in the plan."""

    term_id = identifier(required=True)
    items = fields.Nested(GivenCosts, required=True)
    staff = fields.Integer(required=True, strict=True, validate=_HEADS)
    trainees = fields.Integer(strict=True, allow_none=True, load_default=None, validate=_HEADS)
    unplanned = fields.Boolean(load_default=False)


class RecordSettlementPaper(Request):
    """A paper that is in the file; ``reference`` is its number, or where it lies."""

    term_id = identifier(required=True)
    paper = fields.String(required=True, validate=_PAPER)
    reference = fields.String(required=True, validate=validate.Length(1, 200))
    dated_on = fields.Date(required=True)


class SettlementOf(Request):
    """Of which term."""

    term_id = identifier(required=True)


class ReopenSettlement(SettlementOf):
    """Why a settled term is opened again."""

    reason = fields.String(required=True, validate=validate.Length(2, 200))


class ShownCosts(Reply):
    """What was spent."""

    lodging = amount(required=True)
    meals = amount(required=True)
    venue_materials_transport = amount(required=True)
    other = amount(required=True)


class SettlementPaper(Reply):
    """A paper the file needs; ``reference`` is null while it is missing."""

    paper = fields.String(required=True)
    words = fields.Nested(Text, required=True)
    source = fields.String(required=True)
    basis = fields.String(required=True)
    reference = fields.String(required=True, allow_none=True)
    dated_on = fields.Date(required=True, allow_none=True)


class SettlementStep(Reply):
    """One thing that happened to a settlement."""

    what = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    by = fields.String(required=True)
    note = fields.String(required=True)


class TermSettlement(Reply):
    """How far a term's settlement is. ``fees`` are assessed for trainees, ``lectures`` are paid on top, after tax."""

    term_id = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(("none", "open", "settled")))
    trainees = fields.Integer(required=True)
    staff = fields.Integer(required=True)
    unplanned = fields.Boolean(required=True)
    items = fields.Nested(ShownCosts, required=True)
    spent = amount(required=True)
    fees = amount(required=True)
    received = amount(required=True)
    lectures = amount(required=True)
    findings = fields.List(fields.Nested(FeeFinding), required=True)
    papers = fields.List(fields.Nested(SettlementPaper), required=True)
    missing = fields.List(fields.String(), required=True)
    history = fields.List(fields.Nested(SettlementStep), required=True)
    version = fields.Integer(required=True, metadata={"description": "0：尚未填报 / 0: nothing filed yet"})


FILE_TERM_COSTS = Operation(
    name="file_term_costs",
    summary=Words("填报一期的实际支出，超标准不予列支", "File what a term really cost"),
    kind="command",
    verb="PUT",
    path="/terms/{term_id}/settlement/costs",
    request=FileTermCosts,
    reply=TermSettlement,
    roles=FEE_OFFICERS,
    citywide=True,
    errors=(NotFound, Invalid, AboveStandard, FeeRefused, AlreadySettled, PluginMissing, PluginFailed, StaleVersion),
    versioned=True,
)
RECORD_SETTLEMENT_PAPER = Operation(
    name="record_settlement_paper",
    summary=Words("登记报销材料", "Record a paper of the reimbursement file"),
    kind="command",
    verb="PUT",
    path="/terms/{term_id}/settlement/papers/{paper}",
    request=RecordSettlementPaper,
    reply=TermSettlement,
    roles=FEE_OFFICERS,
    citywide=True,
    errors=(NotFound, Invalid, AlreadySettled, StaleVersion),
    versioned=True,
)
SETTLE_TERM = Operation(
    name="settle_term",
    summary=Words("结算一期的培训费", "Settle a term"),
    kind="command",
    verb="POST",
    path="/terms/{term_id}/settlement",
    request=SettlementOf,
    reply=TermSettlement,
    roles=ORGANISERS,
    citywide=True,
    errors=(
        NotFound, AboveStandard, PapersMissing, FeeRefused, AlreadySettled, PluginMissing, PluginFailed, StaleVersion
    ),
    versioned=True,
)  # fmt: skip
REOPEN_SETTLEMENT = Operation(
    name="reopen_settlement",
    summary=Words("重新打开结算", "Open a settled term again"),
    kind="command",
    verb="POST",
    path="/terms/{term_id}/settlement/reopening",
    request=ReopenSettlement,
    reply=TermSettlement,
    roles=ORGANISERS,
    citywide=True,
    errors=(NotFound, StaleVersion),
    versioned=True,
)
GET_TERM_SETTLEMENT = Operation(
    name="get_term_settlement",
    summary=Words("查看一期的结算", "Show how far a term's settlement is"),
    kind="query",
    verb="GET",
    path="/terms/{term_id}/settlement",
    request=SettlementOf,
    reply=TermSettlement,
    roles=FEE_OVERSEERS,
    citywide=True,
    errors=(NotFound,),
    versioned=True,
)

OPERATIONS = (FILE_TERM_COSTS, RECORD_SETTLEMENT_PAPER, SETTLE_TERM, REOPEN_SETTLEMENT, GET_TERM_SETTLEMENT)
