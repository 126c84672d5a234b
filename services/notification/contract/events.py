"""Events of notification: letters come in batches, one a unit's roster of one term, which keeps events few."""

from __future__ import annotations

from marshmallow import fields, validate

from services.notification.contract.parts import LETTER_KINDS
from shared.contracts import Event, EventData
from shared.wording import Words


class BatchRegistered(EventData):
    """Letters have their numbers and wait to be printed."""

    batch_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    letter_ids = fields.List(fields.String(), required=True)


class IssuedLetter(EventData):
    """One letter of a batch."""

    letter_id = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(LETTER_KINDS))
    number = fields.String(required=True)


class LettersIssued(EventData):
    """The letters of a batch are printed and can be fetched."""

    batch_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    letters = fields.List(fields.Nested(IssuedLetter), required=True)


class LettersDelivered(EventData):
    """Letters of one unit and term were handed over by one channel."""

    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    channel = fields.String(required=True)
    letter_ids = fields.List(fields.String(), required=True)


class LetterFailed(EventData):
    """A letter could not be printed, or its delivery was given up; somebody has to look."""

    letter_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    stage = fields.String(required=True, validate=validate.OneOf(("printing", "delivery")))
    channel = fields.String(required=True, allow_none=True)


class LetterVoided(EventData):
    """A letter no longer holds; ``superseded_by`` names the one in its place."""

    letter_id = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(LETTER_KINDS))
    number = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    superseded_by = fields.String(required=True, allow_none=True)


class RosterOutdated(EventData):
    """The letters of a unit and term say something that is no longer true: they are drawn up anew."""

    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)


BATCH_REGISTERED = Event(
    "notification.batch.registered.v1", Words("一批函件已编号", "A batch of letters was registered"), BatchRegistered
)
LETTERS_ISSUED = Event("notification.letters.issued.v1", Words("一批函件已印发", "Letters were issued"), LettersIssued)
LETTERS_DELIVERED = Event(
    "notification.letters.delivered.v1", Words("一批函件已送达", "Letters were delivered"), LettersDelivered
)
LETTER_FAILED = Event("notification.letter.failed.v1", Words("函件未能生成或送达", "A letter failed"), LetterFailed)
LETTER_VOIDED = Event("notification.letter.voided.v1", Words("函件已作废或被替换", "A letter was voided"), LetterVoided)
ROSTER_OUTDATED = Event(
    "notification.roster.outdated.v1", Words("函件内容需要更新", "Letters need to be drawn up anew"), RosterOutdated
)

EVENTS = (BATCH_REGISTERED, LETTERS_ISSUED, LETTERS_DELIVERED, LETTER_FAILED, LETTER_VOIDED, ROSTER_OUTDATED)
