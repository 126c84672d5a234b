"""What a person writes into the hours ledger: hours of earlier years, and promotions."""

from __future__ import annotations

from marshmallow import fields, validate

from services.enrollment.contract.hours import HoursLedger
from services.enrollment.contract.parts import ORGANISERS, Text, identifier, unit_path
from shared.contracts import Operation, Reply, Request
from shared.errors import Invalid, NotFound, StaleVersion
from shared.wording import Words


class GivenHours(Request):
    """One person's hours of one year: by a nomination, or by identity number (with name and unit where unknown yet)."""

    nomination_id = identifier(allow_none=True, load_default=None)
    id_number = fields.String(allow_none=True, load_default=None, validate=validate.Length(1, 30))
    name = fields.String(allow_none=True, load_default=None, validate=validate.Length(1, 40))
    unit_id = unit_path(allow_none=True, load_default=None)
    year = fields.Integer(required=True, strict=True, validate=validate.Range(1990, 2100))
    hours = fields.Integer(required=True, strict=True, validate=validate.Range(0, 3000))
    days = fields.Integer(required=True, strict=True, validate=validate.Range(0, 366))
    rank = fields.String(allow_none=True, load_default=None, validate=validate.Length(max=60))
    note = fields.String(load_default="", validate=validate.Length(max=200))


class ImportHours(Request):
    """Hours of earlier years; ``source`` names the record they come from: same source and year, same entry."""

    source = fields.String(required=True, validate=validate.Length(2, 120))
    rows = fields.List(fields.Nested(GivenHours), required=True, validate=validate.Length(1, 2000))


class HoursRowResult(Reply):
    """How one row ended; rows are counted from 1."""

    row = fields.Integer(required=True)
    done = fields.Boolean(required=True)
    person_id = fields.String(required=True, allow_none=True)
    problem = fields.Nested(Text, required=True, allow_none=True)


class HoursImport(Reply):
    """How an import ended, row by row."""

    done = fields.Integer(required=True)
    left = fields.Integer(required=True)
    items = fields.List(fields.Nested(HoursRowResult), required=True)


class RecordPromotion(Request):
    """Somebody was promoted to a leading post; ``document`` says by what."""

    person_id = identifier(required=True)
    promoted_on = fields.Date(required=True)
    rank = fields.String(required=True, validate=validate.Length(1, 60))
    post = fields.String(load_default="", validate=validate.Length(max=200))
    document = fields.String(required=True, validate=validate.Length(2, 200))


IMPORT_HOURS = Operation(
    name="import_hours",
    summary=Words("导入以往年度学时", "Import hours of earlier years"),
    kind="command",
    verb="POST",
    path="/hours-imports",
    request=ImportHours,
    reply=HoursImport,
    roles=ORGANISERS,
    timeout=60.0,
)
RECORD_PROMOTION = Operation(
    name="record_promotion",
    summary=Words("登记提任", "Record a promotion"),
    kind="command",
    verb="POST",
    path="/hours/{person_id}/promotions",
    request=RecordPromotion,
    reply=HoursLedger,
    roles=ORGANISERS,
    errors=(NotFound, Invalid, StaleVersion),
    versioned=True,
)

OPERATIONS = (IMPORT_HOURS, RECORD_PROMOTION)
