"""Events of training schemes (培训方案)."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts import Event, EventData
from shared.wording import Words


class SchemeApproved(EventData):
    """A version of a programme's scheme holds from now on."""

    scheme_id = fields.String(required=True)
    plan_id = fields.String(required=True)
    programme_id = fields.String(required=True)
    version = fields.Integer(required=True)
    hours = fields.Integer(required=True)
    budget = fields.Decimal(places=2, required=True, as_string=True)


SCHEME_APPROVED = Event(
    "scheduling.scheme.approved.v1", Words("培训方案已批准", "A training scheme was approved"), SchemeApproved
)

EVENTS = (SCHEME_APPROVED,)
