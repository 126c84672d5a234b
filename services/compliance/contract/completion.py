"""Completion (结业), decided by rules that explain themselves."""

from __future__ import annotations

from marshmallow import fields, validate

from services.compliance.contract.parts import (
    ORGANISERS,
    READERS,
    SCHOOL,
    OutsideWindow,
    TermFrozen,
    Text,
    TimetableMissing,
    identifier,
    signer,
    unit_path,
)
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import Conflict, NotFound
from shared.wording import Words

OUTCOMES = ("completed", "not_completed", "pending")


class RollsMissing(Conflict):
    """Some sessions have no complete roll; ``details["session_ids"]`` names them."""

    code = "compliance.rolls-missing"
    title = Words("考勤未登记完整", "Rolls are missing")


class CompletionOutdated(Conflict):
    """What some were judged by has changed since; ``details["nomination_ids"]`` names them. The term is judged anew."""

    code = "compliance.completion-outdated"
    title = Words("评定依据已变化", "Judged by what no longer holds")


class DecideCompletion(Request):
    """Which term is judged; it may be judged anew until it is closed."""

    term_id = identifier(required=True)


class ConfirmCompletion(DecideCompletion):
    """The organisation department confirms what the rules proposed; what is pending stays proposed."""

    approver = signer()


class ListCompletions(Page):
    """Whose completion to list."""

    term_id = identifier(required=True)
    unit_id = unit_path()
    outcome = fields.String(validate=validate.OneOf(OUTCOMES))


class RuleSaid(Reply):
    """One rule's verdict with its reason and the source of its limit."""

    rule = fields.String(required=True)
    ruling = fields.String(required=True)
    reason = fields.Nested(Text, required=True)
    source = fields.String(required=True)


class Completion(Reply):
    """One person's completion; hours are class hours attended and scheduled."""

    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf(OUTCOMES))
    confirmed = fields.Boolean(required=True)
    hours_attended = fields.Integer(required=True)
    total_hours = fields.Integer(required=True)
    days = fields.Integer(required=True)
    report_grade = fields.String(required=True, allow_none=True)
    verdicts = fields.List(fields.Nested(RuleSaid), required=True)
    decided_at = fields.AwareDateTime(required=True)
    confirmed_at = fields.AwareDateTime(required=True, allow_none=True)
    approver = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True)


class CompletionReport(Reply):
    """How many stand where after a decision or a confirmation; ``news`` were announced just now."""

    term_id = fields.String(required=True)
    completed = fields.Integer(required=True)
    not_completed = fields.Integer(required=True)
    pending = fields.Integer(required=True)
    confirmed = fields.Integer(required=True)
    news = fields.Integer(required=True)


DECIDE_COMPLETION = Operation(
    name="decide_completion",
    summary=Words("按规则评定结业", "Judge who completes a term"),
    kind="command",
    verb="POST",
    path="/terms/{term_id}/completions",
    request=DecideCompletion,
    reply=CompletionReport,
    roles=SCHOOL,
    citywide=True,
    errors=(NotFound, OutsideWindow, RollsMissing, TimetableMissing, TermFrozen),
)
CONFIRM_COMPLETION = Operation(
    name="confirm_completion",
    summary=Words("确认结业评定", "Confirm who completes a term"),
    kind="command",
    verb="POST",
    path="/terms/{term_id}/completions/confirmation",
    request=ConfirmCompletion,
    reply=CompletionReport,
    roles=ORGANISERS,
    citywide=True,
    errors=(NotFound, CompletionOutdated, TermFrozen),
)
LIST_COMPLETIONS = Operation(
    name="list_completions",
    summary=Words("查询结业评定", "List completions with their reasons"),
    kind="query",
    verb="GET",
    path="/terms/{term_id}/completions",
    request=ListCompletions,
    reply=page_of(Completion),
    roles=READERS,
    scope="unit_id",
)

OPERATIONS = (DECIDE_COMPLETION, CONFIRM_COMPLETION, LIST_COMPLETIONS)
