"""Events of acknowledgements (回执)."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts import Event, EventData
from shared.wording import Words


class LetterAcknowledged(EventData):
    """A recipient acknowledged a letter."""

    letter_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)


class AcknowledgementOverdue(EventData):
    """Nobody acknowledged a letter in time; somebody has to ring."""

    letter_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    due_on = fields.Date(required=True)


LETTER_ACKNOWLEDGED = Event(
    "notification.letter.acknowledged.v1", Words("已收到回执", "A letter was acknowledged"), LetterAcknowledged
)
ACKNOWLEDGEMENT_OVERDUE = Event(
    "notification.acknowledgement.overdue.v1",
    Words("回执逾期", "An acknowledgement is overdue"),
    AcknowledgementOverdue,
)

EVENTS = (
    LETTER_ACKNOWLEDGED,
    ACKNOWLEDGEMENT_OVERDUE,
)
