"""Signing printed letters off before they are sent."""

from __future__ import annotations

from marshmallow import ValidationError, fields, validate, validates_schema

from services.notification.contract.parts import LETTER_STATES, Problem, identifier, letter_kind, unit_path
from shared.contracts import Event, EventData, Operation, Reply, Request
from shared.errors import NotFound
from shared.security.caller import Role
from shared.wording import Words


class SignOffLetters(Request):
    """Which printed letters may go out: those named, or all that wait of a term, of a unit or of a kind."""

    letter_ids = fields.List(identifier(), validate=validate.Length(1, 2000))
    term_id = identifier()
    unit_id = unit_path()
    kind = letter_kind()

    @validates_schema
    def _some(self, data: dict[str, object], **_: object) -> None:
        if "letter_ids" not in data and "term_id" not in data:
            raise ValidationError("请指明函件或班次 / name letters or a term", "letter_ids")


class SignedRow(Reply):
    """One letter of a sign-off."""

    letter_id = fields.String(required=True)
    number = fields.String(required=True)
    done = fields.Boolean(required=True)
    state = fields.String(required=True, validate=validate.OneOf(LETTER_STATES))
    problem = fields.Nested(Problem, required=True, allow_none=True)


class SignOffReport(Reply):
    """A sign-off, letter by letter."""

    done = fields.Integer(required=True)
    left = fields.Integer(required=True)
    items = fields.List(fields.Nested(SignedRow), required=True)


class BatchPrinted(EventData):
    """Letters are printed and wait for the organisation department's signature before they go out."""

    batch_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    letter_ids = fields.List(fields.String(), required=True)


class BatchSignedOff(EventData):
    """Letters were signed off: they are sent."""

    batch_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    letter_ids = fields.List(fields.String(), required=True)


SIGN_OFF_LETTERS = Operation(
    name="sign_off_letters",
    summary=Words("签发函件（可批量）", "Sign printed letters off, several at once"),
    kind="command",
    verb="POST",
    path="/letters/sign-off",
    request=SignOffLetters,
    reply=SignOffReport,
    roles=frozenset({Role.ORGANISATION_DEPARTMENT}),
    scope="unit_id",
    errors=(NotFound,),
    timeout=60.0,
)
BATCH_PRINTED = Event(
    "notification.batch.printed.v1", Words("一批函件待签发", "A batch of letters waits to be signed off"), BatchPrinted
)
BATCH_SIGNED_OFF = Event(
    "notification.batch.signed-off.v1", Words("一批函件已签发", "A batch of letters was signed off"), BatchSignedOff
)

OPERATIONS = (SIGN_OFF_LETTERS,)
EVENTS = (BATCH_PRINTED, BATCH_SIGNED_OFF)
