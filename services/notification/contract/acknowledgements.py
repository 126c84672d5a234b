"""Acknowledgements (回执): who got a letter says so, in time or late."""

from __future__ import annotations

from marshmallow import fields, validate

from services.notification.contract.letters import Letter, LetterId
from services.notification.contract.parts import (
    READERS,
    AlreadyAcknowledged,
    LetterClosed,
    LetterNotPrinted,
    identifier,
    unit_path,
)
from shared.contracts import Operation, Reply, Request
from shared.errors import Invalid, NotFound, StaleVersion
from shared.security.caller import Role
from shared.wording import Words

RECEIVERS = frozenset({Role.UNIT, Role.ORGANISATION_DEPARTMENT, Role.PARTY_SCHOOL})
_NOTE = {"description": "电话告知的，须注明对方是谁 / of a call: who said so"}


class AcknowledgeLetter(LetterId):
    """The letter came. Staff note for whom, as told on the phone; the person named in a notice does it by link."""

    note = fields.String(load_default="", validate=validate.Length(max=200), metadata=_NOTE)


class AcknowledgeRoster(Request):
    """All letters of a unit's roster came, the notices for its trainees among them."""

    term_id = identifier(required=True)
    unit_id = unit_path(required=True)
    note = fields.String(load_default="", validate=validate.Length(max=200), metadata=_NOTE)


class RosterAcknowledged(Reply):
    """What was acknowledged by this; ``already`` were before."""

    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    acknowledged = fields.Integer(required=True)
    late = fields.Integer(required=True)
    already = fields.Integer(required=True)


class ListAcknowledgements(Request):
    """Of which term, and of which unit with those below it."""

    term_id = identifier(required=True)
    unit_id = unit_path()


class UnitAcknowledgements(Reply):
    """The acknowledgements of one unit's letters in one term; only letters that still hold count."""

    unit_id = fields.String(required=True)
    unit_title = fields.String(required=True)
    due_on = fields.Date(required=True, allow_none=True)
    awaited = fields.Integer(required=True)
    overdue = fields.Integer(required=True)
    received = fields.Integer(required=True)
    late = fields.Integer(required=True, metadata={"description": "已收到但逾期 / received after the due day"})


class TermAcknowledgements(Reply):
    """The acknowledgements of a term, unit by unit."""

    term_id = fields.String(required=True)
    items = fields.List(fields.Nested(UnitAcknowledgements), required=True)


ACKNOWLEDGE_LETTER = Operation(
    name="acknowledge_letter",
    summary=Words("函件回执", "Acknowledge a letter"),
    kind="command",
    verb="POST",
    path="/letters/{letter_id}/acknowledgement",
    request=AcknowledgeLetter,
    reply=Letter,
    roles=RECEIVERS | {Role.TRAINEE},
    errors=(NotFound, Invalid, AlreadyAcknowledged, LetterClosed, LetterNotPrinted, StaleVersion),
    versioned=True,
)
ACKNOWLEDGE_ROSTER = Operation(
    name="acknowledge_roster",
    summary=Words("一次回执本单位一期的全部函件", "Acknowledge all letters of a unit's roster"),
    kind="command",
    verb="POST",
    path="/terms/{term_id}/letters/acknowledgement",
    request=AcknowledgeRoster,
    reply=RosterAcknowledged,
    roles=RECEIVERS,
    scope="unit_id",
    errors=(NotFound, Invalid),
)
LIST_ACKNOWLEDGEMENTS = Operation(
    name="list_acknowledgements",
    summary=Words("查看一期的回执情况", "Show the acknowledgements of a term by unit"),
    kind="query",
    verb="GET",
    path="/terms/{term_id}/letters/acknowledgements",
    request=ListAcknowledgements,
    reply=TermAcknowledgements,
    roles=READERS,
    scope="unit_id",
)

OPERATIONS = (ACKNOWLEDGE_LETTER, ACKNOWLEDGE_ROSTER, LIST_ACKNOWLEDGEMENTS)
