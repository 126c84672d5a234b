"""Events of travel batches and of the return to post (返岗)."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.contracts import Event, EventData
from shared.wording import Words


class TravelPlanned(EventData):
    """People travel together, or one person alone; they should be told where and when to gather."""

    batch_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    leg = fields.String(required=True, validate=validate.OneOf(("out", "back")))
    nomination_ids = fields.List(fields.String(), required=True)
    departs_at = fields.AwareDateTime(required=True)


class PersonMissing(EventData):
    """Somebody of a travel batch did not arrive in time."""

    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    leg = fields.String(required=True, validate=validate.OneOf(("out", "back")))


class PersonFound(EventData):
    """Somebody who was missing is accounted for."""

    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    leg = fields.String(required=True, validate=validate.OneOf(("out", "back")))


class ReturnDue(EventData):
    """A unit has to confirm who is back at the post."""

    return_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    nomination_ids = fields.List(fields.String(), required=True)
    due_on = fields.Date(required=True)


class ReturnConfirmed(EventData):
    """A unit confirmed who is back."""

    return_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    nomination_ids = fields.List(fields.String(), required=True)
    late = fields.Boolean(required=True)


class ReturnOverdue(EventData):
    """A unit has not confirmed in time, or somebody is not back; ``step`` counts the escalation from 1."""

    return_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    nomination_ids = fields.List(fields.String(), required=True)
    due_on = fields.Date(required=True)
    step = fields.Integer(required=True)


class ReturnCancelled(EventData):
    """A unit has nothing to confirm any more: the term was moved or cancelled, or everybody asked about left it.

    Of a term that was moved the same return is due again when it is over.
    """

    return_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)


TRAVEL_PLANNED = Event("compliance.travel.planned.v1", Words("已安排往返批次", "Travel was planned"), TravelPlanned)
PERSON_MISSING = Event("compliance.person.missing.v1", Words("有人未按时到达", "Somebody is missing"), PersonMissing)
PERSON_FOUND = Event("compliance.person.found.v1", Words("失联人员已找到", "Somebody missing was found"), PersonFound)
RETURN_DUE = Event(
    "compliance.return.due.v1", Words("请单位确认返岗", "A return to post is to be confirmed"), ReturnDue
)
RETURN_CONFIRMED = Event(
    "compliance.return.confirmed.v1", Words("单位已确认返岗", "A return to post was confirmed"), ReturnConfirmed
)
RETURN_OVERDUE = Event(
    "compliance.return.overdue.v1", Words("返岗确认逾期", "A return to post is overdue"), ReturnOverdue
)
RETURN_CANCELLED = Event(
    "compliance.return.cancelled.v1",
    Words("无需再确认返岗", "A return to post is not asked for any more"),
    ReturnCancelled,
)

EVENTS = (
    TRAVEL_PLANNED,
    PERSON_MISSING,
    PERSON_FOUND,
    RETURN_DUE,
    RETURN_CONFIRMED,
    RETURN_OVERDUE,
    RETURN_CANCELLED,
)
