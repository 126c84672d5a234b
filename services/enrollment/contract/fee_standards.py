"""Fee standards, what they cost, and which of them a term uses."""

from __future__ import annotations

from marshmallow import fields, validate

from services.enrollment.contract.fee_parts import FEE_READERS, Cited, FeeRefused, amount
from services.enrollment.contract.parts import ORGANISERS, Text, identifier
from shared.contracts import Operation, Reply, Request
from shared.errors import NotFound, StaleVersion
from shared.plugins import PluginFailed, PluginMissing
from shared.wording import Words

_SLUG = validate.Regexp(r"[a-z][a-z0-9_]{0,39}$")
_SCOPE_ID = validate.Regexp(r"[a-z][a-z0-9-]{0,59}$")
_DAYS = validate.Range(0, 400)


def slug(**kwargs: object) -> fields.String:
    """Return the field of an installed standard's name or of one of its classes."""
    return fields.String(validate=_SLUG, **kwargs)  # type: ignore[arg-type]


class ListFeeStandards(Request):
    """Which standards: with ``on`` only the editions in force that day."""

    on = fields.Date(allow_none=True, load_default=None)


class FeeFigure(Reply):
    """One figure of a standard, with its source."""

    key = fields.String(required=True)
    words = fields.Nested(Text, required=True)
    value = fields.String(required=True)
    citation = fields.Nested(Cited, required=True)


class FeeClass(Reply):
    """A class of a standard."""

    code = fields.String(required=True)
    title = fields.Nested(Text, required=True)


class FeeEdition(Reply):
    """A standard as it holds for some time."""

    standard = fields.String(required=True)
    effective_from = fields.Date(required=True)
    effective_to = fields.Date(required=True, allow_none=True)
    title = fields.Nested(Text, required=True)
    applies_to = fields.Nested(Text, required=True)
    citation = fields.Nested(Cited, required=True)
    classes = fields.List(fields.Nested(FeeClass), required=True)
    figures = fields.List(fields.Nested(FeeFigure), required=True)


class FeeStandardList(Reply):
    """The installed standards, edition by edition."""

    items = fields.List(fields.Nested(FeeEdition), required=True)


class QuoteFee(Request):
    """A stay to be reckoned: days of training, and days on which people arrive before and leave after it."""

    standard = slug(required=True)
    fee_class = slug(required=True)
    on = fields.Date(required=True)
    training_days = fields.Integer(required=True, strict=True, validate=validate.Range(1, 400))
    arrival_days = fields.Integer(load_default=0, strict=True, validate=_DAYS)
    departure_days = fields.Integer(load_default=0, strict=True, validate=_DAYS)


class FeeQuote(Reply):
    """What such a stay costs one person, and why."""

    amount = amount(required=True)
    days = fields.Integer(required=True)
    reasons = fields.List(fields.Nested(Text), required=True)
    citation = fields.Nested(Cited, required=True)


class PutFeeScope(Request):
    """Which standards hold where and when; a condition left out asks nothing. ``document`` says who decided so."""

    scope_id = fields.String(required=True, validate=_SCOPE_ID)
    standard = slug(required=True)
    fee_class = slug(required=True)
    lecture_standard = slug(required=True)
    departure_days = fields.Integer(load_default=0, strict=True, validate=validate.Range(0, 2))
    effective_from = fields.Date(required=True)
    effective_to = fields.Date(allow_none=True, load_default=None)
    campus_id = identifier(allow_none=True, load_default=None)
    programme_id = identifier(allow_none=True, load_default=None)
    kind = fields.String(allow_none=True, load_default=None, validate=validate.OneOf(("training", "seminar", None)))
    document = fields.String(required=True, validate=validate.Length(1, 200))


class FeeScope(Reply):
    """One row of the table of scopes."""

    scope_id = fields.String(required=True)
    standard = fields.String(required=True)
    fee_class = fields.String(required=True)
    lecture_standard = fields.String(required=True)
    departure_days = fields.Integer(required=True)
    effective_from = fields.Date(required=True)
    effective_to = fields.Date(required=True, allow_none=True)
    campus_id = fields.String(required=True, allow_none=True)
    programme_id = fields.String(required=True, allow_none=True)
    kind = fields.String(required=True, allow_none=True)
    document = fields.String(required=True)
    version = fields.Integer(required=True)


class ListFeeScopes(Request):
    """All of them."""


class FeeDefault(Reply):
    """What holds where no row does."""

    standard = fields.String(required=True)
    fee_class = fields.String(required=True)
    lecture_standard = fields.String(required=True)
    departure_days = fields.Integer(required=True)
    citation = fields.Nested(Cited, required=True)


class FeeScopeList(Reply):
    """Every scope and the default."""

    default = fields.Nested(FeeDefault, required=True)
    items = fields.List(fields.Nested(FeeScope), required=True)


class FeeScopeId(Request):
    """Which scope."""

    scope_id = fields.String(required=True, validate=_SCOPE_ID)


class Removed(Reply):
    """Confirms a removal."""

    scope_id = fields.String(required=True)


LIST_FEE_STANDARDS = Operation(
    name="list_fee_standards",
    summary=Words("查询培训费标准", "List fee standards with their figures and sources"),
    kind="query",
    verb="GET",
    path="/fee-standards",
    request=ListFeeStandards,
    reply=FeeStandardList,
    roles=FEE_READERS,
)
QUOTE_FEE = Operation(
    name="quote_fee",
    summary=Words("试算培训费", "Reckon what a stay costs"),
    kind="query",
    verb="GET",
    path="/fee-quote",
    request=QuoteFee,
    reply=FeeQuote,
    roles=FEE_READERS,
    errors=(FeeRefused, PluginMissing, PluginFailed),
)
PUT_FEE_SCOPE = Operation(
    name="put_fee_scope",
    summary=Words("设定培训费标准的适用范围", "Say which fee standard holds where and when"),
    kind="command",
    verb="PUT",
    path="/fee-scopes/{scope_id}",
    request=PutFeeScope,
    reply=FeeScope,
    roles=ORGANISERS,
    citywide=True,
    errors=(FeeRefused, PluginMissing, PluginFailed, StaleVersion),
    versioned=True,
)
LIST_FEE_SCOPES = Operation(
    name="list_fee_scopes",
    summary=Words("查询培训费标准的适用范围", "List which fee standards hold where"),
    kind="query",
    verb="GET",
    path="/fee-scopes",
    request=ListFeeScopes,
    reply=FeeScopeList,
    roles=FEE_READERS,
)


REMOVE_FEE_SCOPE = Operation(
    name="remove_fee_scope",
    summary=Words("取消一条适用范围", "Remove a scope; orders assessed by it keep their amounts"),
    kind="command",
    verb="DELETE",
    path="/fee-scopes/{scope_id}",
    request=FeeScopeId,
    reply=Removed,
    roles=ORGANISERS,
    citywide=True,
    errors=(NotFound, StaleVersion),
)

OPERATIONS = (LIST_FEE_STANDARDS, QUOTE_FEE, PUT_FEE_SCOPE, LIST_FEE_SCOPES, REMOVE_FEE_SCOPE)
