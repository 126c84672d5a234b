"""Events of the hours ledger (学时档案)."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts import Event, EventData
from shared.wording import Words


class HoursCredited(EventData):
    """Class hours were written into a person's ledger, or corrected; ``hours`` is what now counts for the term."""

    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    year = fields.Integer(required=True)
    hours = fields.Integer(required=True)


HOURS_CREDITED = Event("enrollment.hours.credited.v1", Words("学时已登记", "Hours were credited"), HoursCredited)

EVENTS = (HOURS_CREDITED,)
