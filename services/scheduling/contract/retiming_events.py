"""Events of retimings: terms postponed together, for one reason."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.contracts import Event, EventData
from shared.wording import Words

OUTCOMES = ("moved", "cancelled", "online")


class RetimedTerm(EventData):
    """What became of one term; the dates of ``term.moved`` say the same, with all else that changed.

    ``lecturer_ids`` are those whom it concerns, also who teaches there no more.
    """

    term_id = fields.String(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf(OUTCOMES))
    starts_on_before = fields.Date(required=True)
    ends_on_before = fields.Date(required=True)
    starts_on = fields.Date(required=True, allow_none=True)
    ends_on = fields.Date(required=True, allow_none=True)
    lecturer_ids = fields.List(fields.String(), load_default=list)


class RetimingAnnounced(EventData):
    """Terms were retimed by one command; everybody concerned is told once, by this event and not term by term."""

    retiming_id = fields.String(required=True)
    plan_id = fields.String(required=True)
    reason_code = fields.String(required=True)
    reason = fields.String(required=True)
    terms = fields.List(fields.Nested(RetimedTerm), required=True)


RETIMING_ANNOUNCED = Event(
    "scheduling.retiming.announced.v1", Words("班次已统一调整时间", "Terms were retimed together"), RetimingAnnounced
)

EVENTS = (RETIMING_ANNOUNCED,)
