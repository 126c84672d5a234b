"""Events of completion (结业) and of the closing of a term."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts import Event, EventData
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


COMPLETION_DECIDED = Event(
    "compliance.completion.decided.v1", Words("结业已评定", "Completion was decided"), CompletionDecided
)
TERM_CLOSED = Event("compliance.term.closed.v1", Words("班次已结班归档", "A term was closed"), TermClosed)

EVENTS = (
    COMPLETION_DECIDED,
    TERM_CLOSED,
)
