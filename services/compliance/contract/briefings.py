"""Briefings (纪律提醒) by unit and term."""

from __future__ import annotations

from marshmallow import fields, validate

from services.compliance.contract.parts import TRAINEES, Text
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
    personally = fields.Integer(
        required=True, metadata={"description": "本人已确认人数 / people who said so themselves"}
    )
    complete = fields.Boolean(
        required=True, metadata={"description": "单位与每名学员均已确认 / the unit and everybody acknowledged"}
    )
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


class BriefedPerson(Reply):
    """One person: whether the unit signed for them, and when they said so themselves."""

    nomination_id = fields.String(required=True)
    briefed = fields.Boolean(required=True)
    acknowledged_at = fields.AwareDateTime(required=True, allow_none=True)
    late = fields.Boolean(required=True)
    points_sha256 = fields.String(
        required=True, allow_none=True, metadata={"description": "所确认提示要点的摘要 / digest of the points meant"}
    )


class BriefingProof(Briefing):
    """Who was briefed, by whom and when, with the points as they are now and their digest."""

    points = fields.List(fields.Nested(Text), required=True)
    points_sha256 = fields.String(required=True)
    people = fields.List(fields.Nested(BriefedPerson), required=True)


class MyBriefing(Reply):
    """What a trainee has to know; ``source`` says who wrote the points."""

    briefing_id = fields.String(required=True)
    term_id = fields.String(required=True)
    due_on = fields.Date(required=True, allow_none=True)
    points = fields.List(fields.Nested(Text), required=True)
    source = fields.String(required=True)
    basis = fields.String(required=True)
    acknowledged_at = fields.AwareDateTime(required=True, allow_none=True)
    late = fields.Boolean(required=True)


class OneselfBriefed(Request):
    """One's own briefing."""


class BriefingOpened(EventData):
    """A unit has people to brief; again for more people, and when the day is another or becomes known."""

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


class BriefingCancelled(EventData):
    """A unit has nobody to brief any more: all withdrew, or the term is not held."""

    briefing_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)


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
GET_BRIEFING_PROOF = Operation(
    name="get_briefing_proof",
    summary=Words("查看纪律提醒证明", "Show the proof of a briefing"),
    kind="query",
    verb="GET",
    path="/briefings/{briefing_id}/proof",
    request=GetBriefing,
    reply=BriefingProof,
    roles=_READERS,
    errors=(NotFound,),
)
GET_MY_BRIEFING = Operation(
    name="get_my_briefing",
    summary=Words("查看本人的纪律提醒", "Show one's own briefing"),
    kind="query",
    verb="GET",
    path="/my/briefing",
    request=OneselfBriefed,
    reply=MyBriefing,
    roles=TRAINEES,
    errors=(NotFound,),
)
ACKNOWLEDGE_MY_BRIEFING = Operation(
    name="acknowledge_my_briefing",
    summary=Words("本人确认已接受纪律提醒", "Acknowledge one's own briefing"),
    kind="command",
    verb="POST",
    path="/my/briefing/acknowledgement",
    request=OneselfBriefed,
    reply=MyBriefing,
    roles=TRAINEES,
    errors=(NotFound, BriefingClosed),
)
BRIEFING_OPENED = Event("compliance.briefing.opened.v1", Words("需要进行纪律提醒", "A briefing is due"), BriefingOpened)
BRIEFING_ACKNOWLEDGED = Event(
    "compliance.briefing.acknowledged.v1", Words("已完成纪律提醒", "A briefing was given"), BriefingAcknowledged
)
BRIEFING_CANCELLED = Event(
    "compliance.briefing.cancelled.v1", Words("无需再进行纪律提醒", "A briefing is not due any more"), BriefingCancelled
)

OPERATIONS = (
    LIST_BRIEFINGS,
    GET_BRIEFING,
    GET_BRIEFING_PROOF,
    ACKNOWLEDGE_BRIEFING,
    GET_MY_BRIEFING,
    ACKNOWLEDGE_MY_BRIEFING,
)
EVENTS = (BRIEFING_OPENED, BRIEFING_ACKNOWLEDGED, BRIEFING_CANCELLED)
