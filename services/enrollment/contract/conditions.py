"""Conditions of a programme or a term: ranks, posts, heads a unit; data with its source."""

from __future__ import annotations

from marshmallow import fields, validate

from services.enrollment.contract.parts import ORGANISERS, READERS, NoFields, Text, identifier
from shared.contracts import Operation, Reply, Request
from shared.errors import Invalid, NotFound, StaleVersion
from shared.wording import Words


class PutConditions(Request):
    """The conditions of a programme, or of one term, which go before those of its programme.

    ``lowest`` and ``highest`` are codes of ``list_rank_levels``; null or empty leaves a thing open.
    """

    scope_id = identifier(
        required=True, metadata={"description": "班次或期的编号 / identifier of a programme or of a term"}
    )
    lowest = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=40))
    highest = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=40))
    posts = fields.List(
        fields.String(validate=validate.Length(1, 20)), load_default=list, validate=validate.Length(max=20)
    )
    head_cap = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(1, 100_000))
    nominations_close_on = fields.Date(
        load_default=None,
        allow_none=True,
        metadata={"description": "报名截止日期，仅可按期设定 / last day of nominations, of a single term only"},
    )
    source = fields.String(required=True, validate=validate.Length(2, 300))


class ScopeId(Request):
    """Which programme or term."""

    scope_id = identifier(required=True)


class ConditionsReply(Reply):
    """What is asked of nominations, who said so, and where it comes from."""

    scope_id = fields.String(required=True)
    scope = fields.String(required=True, validate=validate.OneOf(("programme", "term")))
    lowest = fields.String(required=True, allow_none=True)
    highest = fields.String(required=True, allow_none=True)
    posts = fields.List(fields.String(), required=True)
    head_cap = fields.Integer(required=True, allow_none=True)
    nominations_close_on = fields.Date(required=True, allow_none=True)
    source = fields.String(required=True)
    set_by = fields.String(required=True)
    set_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class RankLevel(Reply):
    """One level; ``names`` are the spellings read as it."""

    code = fields.String(required=True)
    title = fields.Nested(Text, required=True)
    names = fields.List(fields.String(), required=True)


class RankLevels(Reply):
    """The levels, the lowest first, and where the table comes from."""

    items = fields.List(fields.Nested(RankLevel), required=True)
    source = fields.String(required=True)
    basis = fields.String(required=True)


PUT_CONDITIONS = Operation(
    name="put_conditions",
    summary=Words("设定班次的职级、职务和单位人数条件", "Set what a programme or term asks of nominations"),
    kind="command",
    verb="PUT",
    path="/conditions/{scope_id}",
    request=PutConditions,
    reply=ConditionsReply,
    roles=ORGANISERS,
    citywide=True,
    errors=(NotFound, Invalid, StaleVersion),
    versioned=True,
)
GET_CONDITIONS = Operation(
    name="get_conditions",
    summary=Words("查看班次的选调条件", "Show what a programme or term asks of nominations"),
    kind="query",
    verb="GET",
    path="/conditions/{scope_id}",
    request=ScopeId,
    reply=ConditionsReply,
    roles=READERS,
    errors=(NotFound,),
    versioned=True,
)
LIST_RANK_LEVELS = Operation(
    name="list_rank_levels",
    summary=Words("查询职务层次与职级对照", "List the levels of ranks"),
    kind="query",
    verb="GET",
    path="/rank-levels",
    request=NoFields,
    reply=RankLevels,
    roles=READERS,
)

OPERATIONS = (PUT_CONDITIONS, GET_CONDITIONS, LIST_RANK_LEVELS)
