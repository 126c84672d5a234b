"""Briefings (纪律提醒) by unit and term."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.contracts import Event, EventData, Operation, Page, Reply, Request, page_of
from shared.errors import Conflict, NotFound
from shared.security.caller import Role
from shared.wording import Words

BRIEFING_STATES = ("opened", "acknowledged", "cancelled")
_READERS = frozenset({Role.ORGANISATION_DEPARTMENT, Role.PARTY_SCHOOL, Role.UNIT, Role.AUDITOR, Role.SERVICE})


class BriefingClosed(Conflict):
    """The briefing can no longer be acknowledged."""

    code = "compliance.briefing-closed"
    title = Words("纪律提醒已结束", "Briefing closed")


class Briefing(Reply):
    """A unit's briefing (纪律提醒) of the people it sends to one term."""

    briefing_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    programme_title = fields.String(allow_none=True)
    term_ordinal = fields.Integer(allow_none=True)
    starts_on = fields.Date(allow_none=True)
    due_on = fields.Date(
        allow_none=True, metadata={"description": "开班前一天（默认做法，可改） / the day before opening (a default)"}
    )
    trainees = fields.Integer(required=True, metadata={"description": "应提醒人数 / people to brief"})
    briefed = fields.Integer(required=True, metadata={"description": "已提醒人数 / people briefed"})
    state = fields.String(required=True, validate=validate.OneOf(BRIEFING_STATES))
    acknowledged_by = fields.String(allow_none=True)
    acknowledged_at = fields.AwareDateTime(allow_none=True)
    late = fields.Boolean(required=True, metadata={"description": "开班后才确认 / acknowledged after opening"})
    version = fields.Integer(required=True)


class ListBriefings(Page):
    """Which briefings to list."""

    term_id = fields.String(validate=validate.Length(1, 80))
    unit_id = fields.String(validate=validate.Length(1, 200))
    state = fields.String(validate=validate.OneOf(BRIEFING_STATES))


class GetBriefing(Request):
    """Which briefing."""

    briefing_id = fields.String(required=True, validate=validate.Length(1, 80))


class AcknowledgeBriefing(GetBriefing):
    """The unit says that everybody it sends was briefed."""

    signer = fields.String(
        required=True,
        validate=validate.Length(1, 60),
        metadata={"description": "确认人（单位负责人） / who answers for it in the unit"},
    )
    note = fields.String(load_default="", validate=validate.Length(max=500))


class BriefingOpened(EventData):
    """A unit has people to brief."""

    briefing_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    due_on = fields.Date(allow_none=True, required=True)


class BriefingAcknowledged(EventData):
    """A unit has briefed its people."""

    briefing_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    late = fields.Boolean(required=True)


LIST_BRIEFINGS = Operation(
    name="list_briefings",
    summary=Words("查询纪律提醒", "List briefings"),
    kind="query",
    verb="GET",
    path="/briefings",
    request=ListBriefings,
    reply=page_of(Briefing),
    roles=_READERS,
    scope="unit_id",
)
GET_BRIEFING = Operation(
    name="get_briefing",
    summary=Words("查看一份纪律提醒", "Show one briefing"),
    kind="query",
    verb="GET",
    path="/briefings/{briefing_id}",
    request=GetBriefing,
    reply=Briefing,
    roles=_READERS,
    errors=(NotFound,),
    versioned=True,
)
ACKNOWLEDGE_BRIEFING = Operation(
    name="acknowledge_briefing",
    summary=Words("确认已完成纪律提醒", "Acknowledge that the briefing was given"),
    kind="command",
    verb="POST",
    path="/briefings/{briefing_id}/acknowledgement",
    request=AcknowledgeBriefing,
    reply=Briefing,
    roles=frozenset({Role.UNIT}),
    errors=(NotFound, BriefingClosed),
    versioned=True,
)
BRIEFING_OPENED = Event("compliance.briefing.opened.v1", Words("需要进行纪律提醒", "A briefing is due"), BriefingOpened)
BRIEFING_ACKNOWLEDGED = Event(
    "compliance.briefing.acknowledged.v1", Words("已完成纪律提醒", "A briefing was given"), BriefingAcknowledged
)

OPERATIONS = (LIST_BRIEFINGS, GET_BRIEFING, ACKNOWLEDGE_BRIEFING)
EVENTS = (BRIEFING_OPENED, BRIEFING_ACKNOWLEDGED)
