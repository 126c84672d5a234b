"""Events of standby lists and of places that change hands."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts import Event, EventData
from shared.wording import Words


class StandbyOffered(EventData):
    """A seat became free for the first in line; the unit answers by ``due_on``.

    The same offer is told of again when its term moves and it is answered by another day.
    """

    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    due_on = fields.Date(required=True)


class StandbyAnswered(EventData):
    """An offer stands no more though it did not lapse: it was accepted or declined, or its person left the line.

    ``state`` is where the person stands on the list now.
    """

    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    state = fields.String(required=True)


class StandbyLapsed(EventData):
    """An offer was not answered by its day; the next in line is offered the seat."""

    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)


class PlacesRequested(EventData):
    """A unit asks another for places; ``consent_of`` is the unit whose word it needs."""

    transfer_id = fields.String(required=True)
    term_id = fields.String(required=True)
    from_unit_id = fields.String(required=True)
    to_unit_id = fields.String(required=True)
    consent_of = fields.String(required=True)
    places = fields.Integer(required=True)


class PlacesDeclined(EventData):
    """The lender does not give the places, or the borrower no longer asks (``cancelled``)."""

    transfer_id = fields.String(required=True)
    term_id = fields.String(required=True)
    from_unit_id = fields.String(required=True)
    to_unit_id = fields.String(required=True)
    cancelled = fields.Boolean(required=True)


class PlacesTransferred(EventData):
    """Places of a term went from one unit to another, or to or from the city (null).

    ``cause``: returned, borrowed, released (on its day), reopened (term retimed), standby.
    """

    term_id = fields.String(required=True)
    from_unit_id = fields.String(required=True, allow_none=True)
    to_unit_id = fields.String(required=True, allow_none=True)
    places = fields.Integer(required=True)
    cause = fields.String(required=True)


STANDBY_OFFERED = Event(
    "enrollment.standby.offered.v1", Words("候补人选可递补", "A standby seat was offered"), StandbyOffered
)
STANDBY_ANSWERED = Event(
    "enrollment.standby.answered.v1", Words("递补已答复", "A standby offer was answered"), StandbyAnswered
)
STANDBY_LAPSED = Event("enrollment.standby.lapsed.v1", Words("递补逾期未答复", "A standby offer lapsed"), StandbyLapsed)
PLACES_REQUESTED = Event(
    "enrollment.places.requested.v1", Words("单位申请借用名额", "Places were asked for"), PlacesRequested
)
PLACES_DECLINED = Event(
    "enrollment.places.declined.v1", Words("名额借用未成", "A request for places came to nothing"), PlacesDeclined
)
PLACES_TRANSFERRED = Event(
    "enrollment.places.transferred.v1", Words("名额已调剂", "Places changed hands"), PlacesTransferred
)

EVENTS = (
    STANDBY_OFFERED,
    STANDBY_ANSWERED,
    STANDBY_LAPSED,
    PLACES_REQUESTED,
    PLACES_DECLINED,
    PLACES_TRANSFERRED,
)
