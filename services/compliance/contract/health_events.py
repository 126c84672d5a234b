"""Events of health declarations; no event says anything of a person's health."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts import Event, EventData
from shared.wording import Words


class HealthPurged(EventData):
    """Declarations past their delete-by date were deleted; ``proof_id`` names the record that proves it."""

    term_id = fields.String(required=True)
    count = fields.Integer(required=True)
    proof_id = fields.String(required=True)


HEALTH_PURGED = Event(
    "compliance.health.purged.v1", Words("到期健康申报已清除", "Health declarations were purged"), HealthPurged
)

EVENTS = (HEALTH_PURGED,)
