"""Standby lists (候补): joining, re-ordering with a reason, answering an offer."""

from __future__ import annotations

from marshmallow import fields, validate

from services.enrollment.contract.nominations import BulkReport
from services.enrollment.contract.parts import (
    FILERS,
    READERS,
    Ineligible,
    OfferLapsed,
    TermCancelled,
    WrongState,
    identifier,
    unit_path,
)
from services.enrollment.domain.standby import Line, State
from shared.contracts import Operation, Reply, Request
from shared.errors import Forbidden, NotFound, StaleVersion
from shared.wording import Words

STANDBY_STATES = tuple(state.value for state in State)
LINES = tuple(line.value for line in Line)
_REASON = validate.Length(4, 500)


class JoinStandby(Request):
    """Accepted people without a seat who wait for one; the city's list is kept by the organisation department."""

    term_id = identifier(required=True)
    nomination_ids = fields.List(identifier(), required=True, validate=validate.Length(1, 500))
    line = fields.String(load_default=Line.UNIT.value, validate=validate.OneOf(LINES))


class ListStandby(Request):
    """Whose standby; a unit brings those below it too. Those no longer in line are left out unless asked for."""

    term_id = identifier(required=True)
    unit_id = unit_path()
    line = fields.String(validate=validate.OneOf(LINES))
    ended = fields.Boolean(load_default=False)


class ReorderStandby(Request):
    """The whole list of a unit, or of the city (``unit_id`` null), in its new order, and why."""

    term_id = identifier(required=True)
    unit_id = unit_path(required=True, allow_none=True)
    nomination_ids = fields.List(identifier(), required=True, validate=validate.Length(1, 500))
    reason = fields.String(required=True, validate=_REASON)


class AnswerStandby(Request):
    """The unit's answer to an offer: ``accept`` admits the person, otherwise the next in line is offered the seat."""

    nomination_id = identifier(required=True)
    accept = fields.Boolean(required=True)
    note = fields.String(load_default="", validate=validate.Length(max=500))


class LeaveStandby(Request):
    """Who is taken off the list, and why."""

    nomination_id = identifier(required=True)
    reason = fields.String(required=True, validate=_REASON)


class StandbyEntry(Reply):
    """Somebody on standby; ``position`` counts within the list and ``due_on`` is the last day to answer an offer."""

    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    name = fields.String(required=True)
    line = fields.String(required=True, validate=validate.OneOf(LINES))
    position = fields.Integer(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STANDBY_STATES))
    joined_at = fields.AwareDateTime(required=True)
    offered_at = fields.AwareDateTime(required=True, allow_none=True)
    due_on = fields.Date(required=True, allow_none=True)
    version = fields.Integer(required=True)


class Reordering(Reply):
    """One re-ordering: who moved whom, when and why."""

    unit_id = fields.String(required=True, allow_none=True)
    before = fields.List(fields.String(), required=True)
    after = fields.List(fields.String(), required=True)
    reason = fields.String(required=True)
    by = fields.String(required=True)
    at = fields.AwareDateTime(required=True)


class StandbyLists(Reply):
    """The lists of a term in the order seats are offered, and how they were re-ordered."""

    term_id = fields.String(required=True)
    items = fields.List(fields.Nested(StandbyEntry), required=True)
    reorderings = fields.List(fields.Nested(Reordering), required=True)


JOIN_STANDBY = Operation(
    name="join_standby",
    summary=Words("列入候补", "Put accepted people on standby"),
    kind="command",
    verb="POST",
    path="/terms/{term_id}/standby",
    request=JoinStandby,
    reply=BulkReport,
    roles=FILERS,
    errors=(NotFound, Forbidden, TermCancelled),
)
LIST_STANDBY = Operation(
    name="list_standby",
    summary=Words("查询候补名单", "List who waits for a seat"),
    kind="query",
    verb="GET",
    path="/terms/{term_id}/standby",
    request=ListStandby,
    reply=StandbyLists,
    roles=READERS,
    scope="unit_id",
    errors=(NotFound,),
)
REORDER_STANDBY = Operation(
    name="reorder_standby",
    summary=Words("调整候补顺序（须写明理由）", "Re-order a standby list, with the reason"),
    kind="command",
    verb="PUT",
    path="/terms/{term_id}/standby/order",
    request=ReorderStandby,
    reply=StandbyLists,
    roles=FILERS,
    scope="unit_id",
    errors=(NotFound, Forbidden, TermCancelled),
)
ANSWER_STANDBY = Operation(
    name="answer_standby",
    summary=Words("答复递补", "Answer a standby offer"),
    kind="command",
    verb="POST",
    path="/standby/{nomination_id}/answer",
    request=AnswerStandby,
    reply=StandbyEntry,
    roles=FILERS,
    errors=(NotFound, WrongState, OfferLapsed, Ineligible, TermCancelled, StaleVersion),
    versioned=True,
)
LEAVE_STANDBY = Operation(
    name="leave_standby",
    summary=Words("移出候补", "Take somebody off standby"),
    kind="command",
    verb="POST",
    path="/standby/{nomination_id}/removal",
    request=LeaveStandby,
    reply=StandbyEntry,
    roles=FILERS,
    errors=(NotFound, WrongState, StaleVersion),
    versioned=True,
)

OPERATIONS = (JOIN_STANDBY, LIST_STANDBY, REORDER_STANDBY, ANSWER_STANDBY, LEAVE_STANDBY)
