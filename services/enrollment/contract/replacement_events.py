"""Events of replacements (更换人选)."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts import Event, EventData
from shared.wording import Words


class ReplacementRequested(EventData):
    """A unit asks to send somebody else; ``late``: after the deadline."""

    replacement_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    nomination_id = fields.String(required=True)
    deadline_on = fields.Date(required=True)
    late = fields.Boolean(required=True)


class ReplacementApproved(EventData):
    """Somebody else goes: seat, roster, letters, rooms and fees follow."""

    replacement_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    old_nomination_id = fields.String(required=True)
    new_nomination_id = fields.String(required=True)
    reason_code = fields.String(required=True)
    late = fields.Boolean(required=True)


class ReplacementRefused(EventData):
    """The request was refused; the person admitted stays admitted."""

    replacement_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    nomination_id = fields.String(required=True)
    reason_code = fields.String(required=True)
    late = fields.Boolean(required=True)


REPLACEMENT_REQUESTED = Event(
    "enrollment.replacement.requested.v1", Words("已申请更换人选", "A replacement was requested"), ReplacementRequested
)
REPLACEMENT_APPROVED = Event(
    "enrollment.replacement.approved.v1", Words("已更换人选", "A replacement was approved"), ReplacementApproved
)
REPLACEMENT_REFUSED = Event(
    "enrollment.replacement.refused.v1", Words("更换人选未获同意", "A replacement was refused"), ReplacementRefused
)

EVENTS = (
    REPLACEMENT_REQUESTED,
    REPLACEMENT_APPROVED,
    REPLACEMENT_REFUSED,
)
