"""Events of standby lists and of places that change hands."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts import Event, EventData
from shared.wording import Words


class StandbyOffered(EventData):
    """A seat became free for the first in line; the unit answers by ``due_on``."""

    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    due_on = fields.Date(required=True)


class PlacesTransferred(EventData):
    """Places of a term went from one unit to another, or back to the city (null)."""

    term_id = fields.String(required=True)
    from_unit_id = fields.String(required=True, allow_none=True)
    to_unit_id = fields.String(required=True, allow_none=True)
    places = fields.Integer(required=True)
    cause = fields.String(required=True)


STANDBY_OFFERED = Event(
    "enrollment.standby.offered.v1", Words("候补人选可递补", "A standby seat was offered"), StandbyOffered
)
PLACES_TRANSFERRED = Event(
    "enrollment.places.transferred.v1", Words("名额已调剂", "Places changed hands"), PlacesTransferred
)

EVENTS = (
    STANDBY_OFFERED,
    PLACES_TRANSFERRED,
)
