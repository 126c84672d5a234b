"""Units and their places in a term."""

from __future__ import annotations

from marshmallow import fields, validate

from services.enrollment.contract.parts import (
    FILERS,
    ORGANISERS,
    READERS,
    BadIdentity,
    QuotaExhausted,
    TermCancelled,
    identifier,
    unit_path,
)
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import Forbidden, NotFound, StaleVersion
from shared.wording import Words

KINDS = ("city", "district", "department", "organ")


class Contact(Request):
    """Who answers for a unit's training matters at the office (an official line, not a private one)."""

    person = fields.String(validate=validate.Length(max=40))
    phone = fields.String(validate=validate.Length(max=40))
    fax = fields.String(validate=validate.Length(max=40))
    email = fields.Email(validate=validate.Length(max=120))
    address = fields.String(validate=validate.Length(max=200))


class PutUnit(Request):
    """A unit as it should be from now on."""

    unit_id = unit_path(required=True)
    title = fields.String(required=True, validate=validate.Length(1, 100))
    kind = fields.String(load_default="organ", validate=validate.OneOf(KINDS))
    credit_code = fields.String(
        allow_none=True,
        load_default=None,
        validate=validate.Length(max=20),
        metadata={"description": "统一社会信用代码 GB 32100 / unified social credit code"},
    )
    contact = fields.Nested(Contact, load_default=dict)


class Unit(Reply):
    """One unit of the organisation tree."""

    unit_id = fields.String(required=True)
    parent_id = fields.String(required=True, allow_none=True)
    title = fields.String(required=True)
    kind = fields.String(required=True)
    credit_code = fields.String(required=True, allow_none=True)
    contact = fields.Nested(Contact, required=True)
    version = fields.Integer(required=True)


class ListUnits(Page):
    """Which units to list."""

    under = unit_path()
    kind = fields.String(validate=validate.OneOf(KINDS))


class GetUnit(Request):
    """Which unit."""

    unit_id = unit_path(required=True)


class Places(Request):
    """A unit's places in a term; 0 takes them away."""

    unit_id = unit_path(required=True)
    places = fields.Integer(required=True, strict=True, validate=validate.Range(0, 100_000))


class AllotQuotas(Request):
    """Places of units in one term; units not named keep theirs. A unit hands its own down to those below it."""

    term_id = identifier(required=True)
    quotas = fields.List(fields.Nested(Places), required=True, validate=validate.Length(1, 500))


class TermId(Request):
    """Which term."""

    term_id = identifier(required=True)


class Quota(Reply):
    """A unit's places in a term and their use.

    ``held`` seats are kept for a standby offer or a replacement; ``free`` places are neither filled, held nor handed
    down to a unit below.
    """

    unit_id = fields.String(required=True)
    unit_title = fields.String(required=True, allow_none=True)
    places = fields.Integer(required=True)
    nominated = fields.Integer(required=True)
    admitted = fields.Integer(required=True)
    held = fields.Integer(required=True)
    free = fields.Integer(required=True)


class Quotas(Reply):
    """All places of a term."""

    term_id = fields.String(required=True)
    capacity = fields.Integer(required=True)
    allotted = fields.Integer(
        required=True, metadata={"description": "顶层名额合计 / places of the top units together"}
    )
    admitted = fields.Integer(required=True)
    pool = fields.Integer(
        required=True, metadata={"description": "本市统筹、未分给单位的名额 / places of the city that no unit has"}
    )
    release_on = fields.Date(
        required=True,
        allow_none=True,
        metadata={"description": "该日零时收回未用名额 / unused places go back at the first second of this day"},
    )
    items = fields.List(fields.Nested(Quota), required=True)
    version = fields.Integer(required=True)


PUT_UNIT = Operation(
    name="put_unit",
    summary=Words("登记或修改参训单位", "Register or change a unit"),
    kind="command",
    verb="PUT",
    path="/units/{unit_id}",
    request=PutUnit,
    reply=Unit,
    roles=ORGANISERS,
    scope="unit_id",
    errors=(BadIdentity, StaleVersion),
    versioned=True,
)
LIST_UNITS = Operation(
    name="list_units",
    summary=Words("查询参训单位", "List units"),
    kind="query",
    verb="GET",
    path="/units",
    request=ListUnits,
    reply=page_of(Unit),
    roles=READERS,
    scope="under",
)
GET_UNIT = Operation(
    name="get_unit",
    summary=Words("查看参训单位", "Show a unit"),
    kind="query",
    verb="GET",
    path="/units/{unit_id}",
    request=GetUnit,
    reply=Unit,
    roles=READERS,
    scope="unit_id",
    errors=(NotFound,),
    versioned=True,
)
ALLOT_QUOTAS = Operation(
    name="allot_quotas",
    summary=Words("分配名额", "Allot places of a term to units"),
    kind="command",
    verb="PUT",
    path="/terms/{term_id}/quotas",
    request=AllotQuotas,
    reply=Quotas,
    roles=FILERS,
    errors=(NotFound, Forbidden, QuotaExhausted, TermCancelled, StaleVersion),
    versioned=True,
)
LIST_QUOTAS = Operation(
    name="list_quotas",
    summary=Words("查询名额及使用情况", "Show the places of a term and their use"),
    kind="query",
    verb="GET",
    path="/terms/{term_id}/quotas",
    request=TermId,
    reply=Quotas,
    roles=READERS,
    errors=(NotFound,),
    versioned=True,
)

OPERATIONS = (PUT_UNIT, LIST_UNITS, GET_UNIT, ALLOT_QUOTAS, LIST_QUOTAS)
