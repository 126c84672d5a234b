"""Return to post (返岗), confirmed by the unit."""

from __future__ import annotations

from marshmallow import fields, validate

from services.compliance.contract.parts import (
    MOST_ROWS,
    READERS,
    UNITS,
    Day,
    Unfounded,
    WrongState,
    identifier,
    said,
    signer,
    unit_path,
)
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import NotFound
from shared.wording import Words

RETURN_STATES = ("open", "confirmed", "cancelled")


class ReturnedPerson(Request):
    """One person: back on a day, or not back and why."""

    nomination_id = identifier(required=True)
    back = fields.Boolean(load_default=True)
    returned_on = fields.Date(load_default=None, allow_none=True)
    note = said(200)


class ConfirmReturn(Request):
    """The unit's word; who is not named stays as they were."""

    return_id = identifier(required=True)
    people = fields.List(fields.Nested(ReturnedPerson), required=True, validate=validate.Length(1, MOST_ROWS))
    signer = signer("单位确认人 / who answers for it in the unit")


class ListReturns(Page):
    """Which returns."""

    term_id = identifier()
    unit_id = unit_path()
    state = fields.String(validate=validate.OneOf(RETURN_STATES))


class Returner(Reply):
    """One person who comes back."""

    nomination_id = fields.String(required=True)
    state = fields.String(required=True)
    returned_on = Day(required=True, allow_none=True)
    note = fields.String(required=True)


class Return(Reply):
    """The people of one unit and term; ``due_on`` is counted in working days (``source`` says by what)."""

    return_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    ended_on = Day(required=True)
    due_on = Day(required=True)
    state = fields.String(required=True, validate=validate.OneOf(RETURN_STATES))
    escalated = fields.Integer(required=True, metadata={"description": "已逐级提示次数 / steps announced"})
    people = fields.List(fields.Nested(Returner), required=True)
    confirmed_by = fields.String(required=True, allow_none=True)
    confirmed_at = fields.AwareDateTime(required=True, allow_none=True)
    late = fields.Boolean(required=True)
    source = fields.String(required=True)
    version = fields.Integer(required=True)


CONFIRM_RETURN = Operation(
    name="confirm_return",
    summary=Words("单位确认返岗", "Confirm who is back at the post"),
    kind="command",
    verb="POST",
    path="/returns/{return_id}/confirmation",
    request=ConfirmReturn,
    reply=Return,
    roles=UNITS,
    errors=(NotFound, Unfounded, WrongState),
    versioned=True,
)
LIST_RETURNS = Operation(
    name="list_returns",
    summary=Words("查询返岗情况", "List returns to post"),
    kind="query",
    verb="GET",
    path="/returns",
    request=ListReturns,
    reply=page_of(Return),
    roles=READERS,
    scope="unit_id",
)

OPERATIONS = (CONFIRM_RETURN, LIST_RETURNS)
