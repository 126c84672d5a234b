"""Leave (请假): asked for, decided step by step, ended early, and projected on the timetable."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from services.compliance.contract.parts import (
    CITY,
    READERS,
    SCHOOL,
    TRAINEES,
    Day,
    OutsideWindow,
    TermFrozen,
    Text,
    TimetableMissing,
    WrongState,
    identifier,
    must_say,
    said,
    signer,
    unit_path,
)
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import Conflict, Forbidden, NotFound
from shared.wording import Words

LEAVE_STATES = ("requested", "granted", "refused", "cancelled")
LEAVE_GROUNDS = ("illness", "family", "duty", "congress", "other")
"""因病、家庭原因、不可替代的公务、党代会人代会政协会、其他."""
LEAVE_STEPS = ("head_teacher", "academic_affairs", "school_leader", "organisation_department")
HALVES = ("morning", "afternoon", "evening")


class LeaveOverlaps(Conflict):
    """Leave over some of these half-days stands already; ``details["leave_id"]`` names it."""

    code = "compliance.leave-overlaps"
    title = Words("请假时间重叠", "Leave overlaps")


class LeaveOverLimit(Conflict):
    """Granting would pass the limit; who means it says so with ``pass_limit``. ``details`` hold the figures."""

    code = "compliance.leave-over-limit"
    title = Words("准假将超过限额", "Leave would pass its limit")


def _half(**kwargs: Any) -> fields.String:
    return fields.String(validate=validate.OneOf(HALVES), **kwargs)


class RequestMyLeave(Request):
    """A period of half-days, both ends included, and why."""

    first_on = fields.Date(required=True)
    first_half = _half(required=True)
    last_on = fields.Date(required=True)
    last_half = _half(required=True)
    grounds = fields.String(required=True, validate=validate.OneOf(LEAVE_GROUNDS))
    reason = must_say("请假事由 / what the leave is for")


class FileLeave(RequestMyLeave):
    """The head teacher files leave for somebody, also afterwards (补假)."""

    nomination_id = identifier(required=True)


class GetLeave(Request):
    """Which leave."""

    leave_id = identifier(required=True)


class DecideLeave(GetLeave):
    """One step's word; ``step`` must be the one the leave waits for, ``title`` is the post of who decides."""

    step = fields.String(required=True, validate=validate.OneOf(LEAVE_STEPS))
    decision = fields.String(required=True, validate=validate.OneOf(("grant", "refuse")))
    approver = signer()
    title = must_say("批准人职务 / the post of who decides", 60)
    note = said()
    pass_limit = fields.Boolean(
        load_default=False, metadata={"description": "知晓准假后将超过限额 / knowing that it passes the limit"}
    )


class ListLeaves(Page):
    """Which leave to list."""

    term_id = identifier()
    unit_id = unit_path()
    nomination_id = identifier()
    state = fields.String(validate=validate.OneOf(LEAVE_STATES))


class ListMyLeaves(Page):
    """One's own leave."""


class ShownDecision(Reply):
    """One step's word."""

    step = fields.String(required=True)
    granted = fields.Boolean(required=True)
    approver = fields.String(required=True)
    title = fields.String(required=True)
    by = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    note = fields.String(required=True)


class Leave(Reply):
    """One leave. ``hours`` are class hours on the current timetable, those that count; the grounds are not shown."""

    leave_id = fields.String(required=True)
    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    first_on = Day(required=True)
    first_half = fields.String(required=True)
    last_on = Day(required=True)
    last_half = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(LEAVE_STATES))
    awaits = fields.String(required=True, allow_none=True)
    steps = fields.List(fields.String(), required=True, metadata={"description": "需逐级同意的各级 / who has to agree"})
    decisions = fields.List(fields.Nested(ShownDecision), required=True)
    hours = fields.Integer(required=True)
    half_days = fields.Integer(required=True)
    ended_at = fields.AwareDateTime(required=True, allow_none=True)
    requested_at = fields.AwareDateTime(required=True)
    filed_by = fields.String(required=True)
    version = fields.Integer(required=True)


class LeaveGrounds(Reply):
    """Why somebody asks for leave; opening it is audited."""

    leave_id = fields.String(required=True)
    grounds = fields.String(required=True)
    reason = fields.String(required=True)


class Prospect(Reply):
    """One half-day to come: what it would take, and whether it alone would pass the limit."""

    on = fields.Date(required=True)
    half = fields.String(required=True)
    hours = fields.Integer(required=True)
    titles = fields.List(fields.String(), required=True)
    passes = fields.Boolean(required=True)


class LeaveProjection(Reply):
    """What is left of the allowance on the timetable as it is now; ``message`` says it in a sentence."""

    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    timetable_version = fields.Integer(required=True)
    total_hours = fields.Integer(required=True)
    leave_hours = fields.Integer(required=True)
    allowance = fields.Integer(required=True)
    remaining = fields.Integer(required=True)
    requested_hours = fields.Integer(required=True, metadata={"description": "待审批学时 / hours still undecided"})
    passed = fields.Boolean(required=True)
    prospects = fields.List(fields.Nested(Prospect), required=True)
    message = fields.Nested(Text, required=True)
    source = fields.String(required=True, metadata={"description": "限额依据 / where the limit comes from"})
    basis = fields.String(required=True)


class ProjectLeave(Request):
    """Whose leave."""

    nomination_id = identifier(required=True)


class ProjectMyLeave(Request):
    """One's own leave."""


_ASKING = (NotFound, LeaveOverlaps, OutsideWindow, TimetableMissing, TermFrozen, WrongState)


def _operation(name: str, zh: str, en: str, verb: Any, path: str, **rest: Any) -> Operation:
    kind: Any = "query" if verb == "GET" else "command"
    return Operation(name=name, summary=Words(zh, en), kind=kind, verb=verb, path=path, **rest)


REQUEST_MY_LEAVE = _operation(
    "request_my_leave", "本人申请请假", "Ask for leave", "POST", "/my/leaves",
    request=RequestMyLeave, reply=Leave, roles=TRAINEES, errors=_ASKING, versioned=True, status=201,
)  # fmt: skip
FILE_LEAVE = _operation(
    "file_leave", "代学员登记请假", "File leave for a trainee", "POST", "/leaves",
    request=FileLeave, reply=Leave, roles=SCHOOL, citywide=True, errors=_ASKING, versioned=True, status=201,
)  # fmt: skip
DECIDE_LEAVE = _operation(
    "decide_leave", "逐级审批请假", "Decide on leave, step by step", "POST", "/leaves/{leave_id}/decision",
    request=DecideLeave, reply=Leave, roles=CITY, citywide=True, versioned=True,
    errors=(NotFound, Forbidden, WrongState, LeaveOverLimit, TermFrozen),
)  # fmt: skip
CANCEL_LEAVE = _operation(
    "cancel_leave", "销假或撤销请假", "End leave early or take it back", "POST", "/leaves/{leave_id}/cancellation",
    request=GetLeave, reply=Leave, roles=SCHOOL, citywide=True, versioned=True,
    errors=(NotFound, WrongState, TermFrozen),
)  # fmt: skip
CANCEL_MY_LEAVE = _operation(
    "cancel_my_leave", "本人销假或撤销请假", "End one's own leave", "POST", "/my/leaves/{leave_id}/cancellation",
    request=GetLeave, reply=Leave, roles=TRAINEES, versioned=True, errors=(NotFound, WrongState, TermFrozen),
)  # fmt: skip
LIST_LEAVES = _operation(
    "list_leaves", "查询请假", "List leave", "GET", "/leaves",
    request=ListLeaves, reply=page_of(Leave), roles=READERS, scope="unit_id",
)  # fmt: skip
LIST_MY_LEAVES = _operation(
    "list_my_leaves", "查询本人请假", "List one's own leave", "GET", "/my/leaves",
    request=ListMyLeaves, reply=page_of(Leave), roles=TRAINEES,
)  # fmt: skip
GET_LEAVE_GROUNDS = _operation(
    "get_leave_grounds", "查看请假事由", "Show the grounds of a leave", "GET", "/leaves/{leave_id}/grounds",
    request=GetLeave, reply=LeaveGrounds, roles=CITY, citywide=True, errors=(NotFound,),
)  # fmt: skip
PROJECT_LEAVE = _operation(
    "project_leave", "测算学员可请假学时", "Project somebody's leave", "GET", "/leave-projections/{nomination_id}",
    request=ProjectLeave, reply=LeaveProjection, roles=READERS, errors=(NotFound, TimetableMissing),
)  # fmt: skip
PROJECT_MY_LEAVE = _operation(
    "project_my_leave", "测算本人可请假学时", "Project one's own leave", "GET", "/my/leave-projection",
    request=ProjectMyLeave, reply=LeaveProjection, roles=TRAINEES, errors=(NotFound, TimetableMissing),
)  # fmt: skip

OPERATIONS = (
    REQUEST_MY_LEAVE,
    FILE_LEAVE,
    DECIDE_LEAVE,
    CANCEL_LEAVE,
    CANCEL_MY_LEAVE,
    LIST_LEAVES,
    LIST_MY_LEAVES,
    GET_LEAVE_GROUNDS,
    PROJECT_LEAVE,
    PROJECT_MY_LEAVE,
)
