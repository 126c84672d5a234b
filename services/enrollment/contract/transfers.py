"""Places that change hands (名额调剂): returned, borrowed, released on a day."""

from __future__ import annotations

from marshmallow import fields, validate

from services.enrollment.contract.parts import (
    FILERS,
    ORGANISERS,
    READERS,
    PlacesNotFree,
    TermCancelled,
    TransferDecided,
    identifier,
    unit_path,
)
from services.enrollment.contract.units import Quotas
from services.enrollment.domain.transfers import CAUSES, Kind, State
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import Forbidden, NotFound
from shared.wording import Words

TRANSFER_KINDS = tuple(kind.value for kind in Kind)
TRANSFER_STATES = tuple(state.value for state in State)
_CAUSE = validate.OneOf(tuple(CAUSES))
_NOTE = validate.Length(max=500)
_PLACES = validate.Range(1, 100_000)


class ReturnPlaces(Request):
    """Places a unit gives back to the unit that gave them, or to the city when nobody above has any."""

    term_id = identifier(required=True)
    unit_id = unit_path(required=True)
    places = fields.Integer(required=True, strict=True, validate=_PLACES)
    cause_code = fields.String(required=True, validate=_CAUSE)
    note = fields.String(load_default="", validate=_NOTE)


class BorrowPlaces(Request):
    """Places a unit would like to have from another; the lender consents, or the organisation department says so."""

    term_id = identifier(required=True)
    unit_id = unit_path(required=True)
    lender_id = unit_path(required=True)
    places = fields.Integer(required=True, strict=True, validate=_PLACES)
    cause_code = fields.String(required=True, validate=_CAUSE)
    note = fields.String(load_default="", validate=_NOTE)


class DecidePlaces(Request):
    """The answer to a borrowing. ``cancel`` is for the unit that asked, the others for the lender."""

    transfer_id = identifier(required=True)
    decision = fields.String(required=True, validate=validate.OneOf(("consent", "decline", "cancel")))
    note = fields.String(load_default="", validate=_NOTE)


class ScheduleRelease(Request):
    """The day at whose first second places nobody is nominated for go back to the city; null: never by themselves."""

    term_id = identifier(required=True)
    release_on = fields.Date(required=True, allow_none=True)


class ListPlaceTransfers(Page):
    """Which transfers of a term to list."""

    term_id = identifier(required=True)
    state = fields.String(validate=validate.OneOf(TRANSFER_STATES))
    kind = fields.String(validate=validate.OneOf(TRANSFER_KINDS))


class PlaceTransfer(Reply):
    """Places that changed hands, or are asked for; null stands for the city.

    ``consent_of`` is the unit whose word a borrowing needs: the highest one that ends up with fewer places.
    """

    transfer_id = fields.String(required=True)
    term_id = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(TRANSFER_KINDS))
    state = fields.String(required=True, validate=validate.OneOf(TRANSFER_STATES))
    from_unit_id = fields.String(required=True, allow_none=True)
    to_unit_id = fields.String(required=True, allow_none=True)
    places = fields.Integer(required=True)
    cause_code = fields.String(required=True)
    note = fields.String(required=True)
    consent_of = fields.String(required=True, allow_none=True)
    asked_at = fields.AwareDateTime(required=True)
    asked_by = fields.String(required=True)
    decided_at = fields.AwareDateTime(required=True, allow_none=True)
    decided_by = fields.String(required=True, allow_none=True)
    decision_note = fields.String(required=True)
    version = fields.Integer(required=True)


RETURN_PLACES = Operation(
    name="return_places",
    summary=Words("退回名额", "Give places back"),
    kind="command",
    verb="POST",
    path="/terms/{term_id}/returned-places",
    request=ReturnPlaces,
    reply=PlaceTransfer,
    roles=FILERS,
    scope="unit_id",
    errors=(NotFound, PlacesNotFree, TermCancelled),
)
BORROW_PLACES = Operation(
    name="borrow_places",
    summary=Words("借用名额（须出借单位或组织部门同意）", "Ask another unit for places"),
    kind="command",
    verb="POST",
    path="/terms/{term_id}/borrowed-places",
    request=BorrowPlaces,
    reply=PlaceTransfer,
    roles=FILERS,
    scope="unit_id",
    errors=(NotFound, PlacesNotFree, TermCancelled),
)
DECIDE_PLACES = Operation(
    name="decide_places",
    summary=Words("答复名额借用", "Answer a request for places"),
    kind="command",
    verb="POST",
    path="/place-transfers/{transfer_id}/decision",
    request=DecidePlaces,
    reply=PlaceTransfer,
    roles=FILERS,
    errors=(NotFound, Forbidden, PlacesNotFree, TransferDecided, TermCancelled),
    versioned=True,
)
SCHEDULE_RELEASE = Operation(
    name="schedule_release",
    summary=Words("设定名额自动收回日期", "Set the day unused places go back"),
    kind="command",
    verb="PUT",
    path="/terms/{term_id}/release",
    request=ScheduleRelease,
    reply=Quotas,
    roles=ORGANISERS,
    citywide=True,
    errors=(NotFound, TermCancelled),
    versioned=True,
)
LIST_PLACE_TRANSFERS = Operation(
    name="list_place_transfers",
    summary=Words("查询名额调剂记录", "List transfers of places"),
    kind="query",
    verb="GET",
    path="/terms/{term_id}/place-transfers",
    request=ListPlaceTransfers,
    reply=page_of(PlaceTransfer),
    roles=READERS,
)

OPERATIONS = (RETURN_PLACES, BORROW_PLACES, DECIDE_PLACES, SCHEDULE_RELEASE, LIST_PLACE_TRANSFERS)
