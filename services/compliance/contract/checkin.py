"""Check-in (报到) at the Party school."""

from __future__ import annotations

from marshmallow import fields, validate

from services.compliance.contract.parts import (
    MOST_ROWS,
    READERS,
    SCHOOL,
    BulkReport,
    OutsideWindow,
    TermFrozen,
    identifier,
    unit_path,
)
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import NotFound
from shared.wording import Words

TRAINEE_STATES = ("expected", "reported", "not_reported", "withdrawn")


class CheckInTrainees(Request):
    """Who has arrived; ``arrived_at`` when it was earlier than now, for a list kept on paper."""

    term_id = identifier(required=True)
    nomination_ids = fields.List(identifier(), required=True, validate=validate.Length(1, MOST_ROWS))
    arrived_at = fields.AwareDateTime(load_default=None, allow_none=True)


class ListCheckIns(Page):
    """Whose check-ins to list."""

    term_id = identifier(required=True)
    unit_id = unit_path()
    state = fields.String(validate=validate.OneOf(TRAINEE_STATES))


class CheckIn(Reply):
    """One admitted person of a term, and whether they are there."""

    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(TRAINEE_STATES))
    checked_in_at = fields.AwareDateTime(required=True, allow_none=True)
    late = fields.Boolean(required=True, metadata={"description": "报到截止时间之后 / after the hour given"})
    last_on = fields.Date(required=True, allow_none=True, metadata={"description": "最迟报到日 / last day of grace"})
    version = fields.Integer(required=True)


CHECK_IN_TRAINEES = Operation(
    name="check_in_trainees",
    summary=Words("登记学员报到", "Check trainees in"),
    kind="command",
    verb="POST",
    path="/terms/{term_id}/check-ins",
    request=CheckInTrainees,
    reply=BulkReport,
    roles=SCHOOL,
    citywide=True,
    errors=(NotFound, OutsideWindow, TermFrozen),
)
LIST_CHECK_INS = Operation(
    name="list_check_ins",
    summary=Words("查询报到情况", "List check-ins"),
    kind="query",
    verb="GET",
    path="/terms/{term_id}/check-ins",
    request=ListCheckIns,
    reply=page_of(CheckIn),
    roles=READERS,
    scope="unit_id",
)

OPERATIONS = (CHECK_IN_TRAINEES, LIST_CHECK_INS)
