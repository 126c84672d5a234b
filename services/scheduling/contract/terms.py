"""Terms: where and when they are held."""

from __future__ import annotations

from marshmallow import fields, validate

from services.scheduling.contract.parts import (
    APPROVERS,
    DELIVERIES,
    KINDS,
    PLANNERS,
    READERS,
    Day,
    TermClash,
    TermHasAdmitted,
    TermIsCancelled,
    Text,
    code,
    identifier,
)
from shared.calendar import CalendarUnknown
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import Invalid, NotFound, StaleVersion
from shared.wording import Words

STATES = ("planned", "placed", "cancelled")
STANDINGS = ("planned", "notified", "postponed", "rescheduled", "cancelled", "online")


class ListTerms(Page):
    """Which terms to list; the days take a term that touches them."""

    plan_id = identifier()
    programme_id = identifier()
    state = fields.String(validate=validate.OneOf(STATES))
    from_day = Day()
    to_day = Day()


class TermId(Request):
    """Which term."""

    term_id = identifier(required=True)


class MoveTerm(TermId):
    """A new opening day, room, or both. A moved term stays where it is put unless ``pinned`` is false.

    A room brings a term that is held online back to the campus.
    """

    starts_on = Day()
    room_id = code("教室 / room")
    pinned = fields.Boolean()
    reason = fields.String(validate=validate.Length(1, 500))


class CancelTerm(TermId):
    """A term that will not be held, and why."""

    reason = fields.String(required=True, validate=validate.Length(1, 500))
    release_admitted = fields.Boolean(
        load_default=False,
        metadata={"description": "已有录取学员时仍要取消 / cancel even though people are admitted"},
    )


class TermRow(Reply):
    """A term; days and room are null until it is placed."""

    term_id = fields.String(required=True)
    plan_id = fields.String(required=True)
    programme_id = fields.String(required=True)
    programme_ordinal = fields.Integer(required=True)
    programme_title = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    ordinal = fields.Integer(required=True)
    state = fields.String(required=True)
    days = fields.Integer(required=True)
    capacity = fields.Integer(required=True)
    admitted = fields.Integer(required=True)
    window_starts_on = Day(required=True)
    window_ends_on = Day(required=True)
    starts_on = Day(required=True, allow_none=True)
    ends_on = Day(required=True, allow_none=True)
    reports_on = Day(required=True, allow_none=True)
    reports_from = fields.String(required=True, allow_none=True)
    reports_until = fields.String(required=True, allow_none=True)
    opens_at = fields.String(required=True, allow_none=True)
    room_id = fields.String(required=True, allow_none=True)
    room_title = fields.String(required=True, allow_none=True)
    campus_id = fields.String(required=True, allow_none=True)
    campus_title = fields.String(required=True, allow_none=True)
    campus_address = fields.String(required=True, allow_none=True)
    pinned = fields.Boolean(required=True)
    due = fields.Boolean(
        required=True,
        metadata={"description": "需要重新排期 / its place no longer holds; the next placement moves it"},
    )
    due_reason = fields.Nested(Text, required=True, allow_none=True)
    delivery = fields.String(required=True, validate=validate.OneOf(DELIVERIES))
    standing = fields.String(
        required=True,
        validate=validate.OneOf(STANDINGS),
        metadata={"description": "已通知后可延期、改期、取消或转为线上 / what became of it since it was told"},
    )
    standing_reason = fields.String(required=True, allow_none=True)
    retiming_id = fields.String(required=True, allow_none=True)
    replacement_notice_days = fields.Integer(required=True, allow_none=True)
    replacement_day_kind = fields.String(required=True, allow_none=True)
    replacement_deadline = Day(
        required=True,
        allow_none=True,
        metadata={"description": "更换学员的最后日期 / last day to report a replacement"},
    )
    version = fields.Integer(required=True)


LIST_TERMS = Operation(
    name="list_terms",
    summary=Words("列出班次各期", "List terms"),
    kind="query",
    verb="GET",
    path="/terms",
    request=ListTerms,
    reply=page_of(TermRow),
    roles=READERS,
)
GET_TERM = Operation(
    name="get_term",
    summary=Words("查看一期", "Show a term"),
    kind="query",
    verb="GET",
    path="/terms/{term_id}",
    request=TermId,
    reply=TermRow,
    roles=READERS,
    errors=(NotFound,),
    versioned=True,
)
MOVE_TERM = Operation(
    name="move_term",
    summary=Words("手工调整一期的日期或教室", "Move a term by hand"),
    kind="command",
    verb="PATCH",
    path="/terms/{term_id}",
    request=MoveTerm,
    reply=TermRow,
    roles=PLANNERS,
    citywide=True,
    errors=(NotFound, Invalid, StaleVersion, TermClash, TermIsCancelled, CalendarUnknown),
    versioned=True,
)
CANCEL_TERM = Operation(
    name="cancel_term",
    summary=Words("取消一期", "Cancel a term"),
    kind="command",
    verb="POST",
    path="/terms/{term_id}/cancellation",
    request=CancelTerm,
    reply=TermRow,
    roles=APPROVERS,
    citywide=True,
    errors=(NotFound, StaleVersion, TermHasAdmitted, TermIsCancelled),
    versioned=True,
)
OPERATIONS = (LIST_TERMS, GET_TERM, MOVE_TERM, CANCEL_TERM)
