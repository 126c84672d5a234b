"""Events of completion (结业) and of the closing of a term."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts import Event, EventData
from shared.contracts.process import process_advanced
from shared.wording import Words


class CompletionDecided(EventData):
    """The rules decided on somebody's completion; hours are class hours attended and scheduled."""

    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    completed = fields.Boolean(required=True)
    hours_attended = fields.Integer(required=True)
    total_hours = fields.Integer(required=True)
    days = fields.Integer(required=True)
    decided_on = fields.Date(required=True)


class TermClosed(EventData):
    """A term's file set is complete and sealed in an archive."""

    term_id = fields.String(required=True)
    plan_id = fields.String(required=True, allow_none=True)
    archive_id = fields.String(required=True)
    files = fields.Integer(required=True)
    sha256 = fields.String(required=True)


class ClosingRefused(EventData):
    """A closing turned round, the term is open again; ``missing`` are lines of the checklist without a file."""

    term_id = fields.String(required=True)
    missing = fields.List(fields.String(), required=True)


class TermReopened(EventData):
    """A closed term was opened again; its archive no longer holds."""

    term_id = fields.String(required=True)
    archive_id = fields.String(required=True)


COMPLETION_DECIDED = Event(
    "compliance.completion.decided.v1", Words("结业已评定", "Completion was decided"), CompletionDecided
)
TERM_CLOSED = Event("compliance.term.closed.v1", Words("班次已结班归档", "A term was closed"), TermClosed)
CLOSING_REFUSED = Event(
    "compliance.closing.refused.v1", Words("归档材料不齐，结班未完成", "A closing was refused"), ClosingRefused
)
TERM_REOPENED = Event(
    "compliance.term.reopened.v1", Words("已结班次重新打开", "A closed term was reopened"), TermReopened
)
PROCESS_ADVANCED = process_advanced("compliance")

EVENTS = (
    COMPLETION_DECIDED,
    TERM_CLOSED,
    CLOSING_REFUSED,
    TERM_REOPENED,
    PROCESS_ADVANCED,
)
