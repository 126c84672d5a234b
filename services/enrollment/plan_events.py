"""What enrollment hears of the plan: the events of scheduling that it keeps a read model of."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts import Event, EventData
from shared.wording import Words


class PlacedTerm(EventData):
    """A term with its days and room."""

    term_id = fields.String(required=True)
    plan_id = fields.String(required=True)
    programme_id = fields.String(required=True)
    programme_ordinal = fields.Integer(required=True)
    programme_title = fields.String(required=True)
    kind = fields.String(required=True)
    ordinal = fields.Integer(required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    days = fields.Integer(required=True)
    capacity = fields.Integer(required=True)
    room_id = fields.String(allow_none=True)
    room_title = fields.String(allow_none=True)
    replacement_notice_days = fields.Integer(allow_none=True)
    version = fields.Integer(required=True)


class CancelledTerm(EventData):
    """A term that will not be held."""

    term_id = fields.String(required=True)
    reason = fields.String(allow_none=True)


TERM_PLACED = Event("scheduling.term.placed.v1", Words("班次已排期", "A term was placed"), PlacedTerm)
TERM_MOVED = Event("scheduling.term.moved.v1", Words("班次已改期", "A term was moved"), PlacedTerm)
TERM_CANCELLED = Event("scheduling.term.cancelled.v1", Words("班次已取消", "A term was cancelled"), CancelledTerm)
