"""Previews of placements: what a change would set moving, whom it concerns, and why something would not fit."""

from __future__ import annotations

from marshmallow import fields, validate

from services.scheduling.contract.parts import (
    PLANNERS,
    Day,
    NothingToPlaceIn,
    PlanNotApproved,
    Text,
    code,
    identifier,
    unit_path,
)
from services.scheduling.contract.placements import UnplacedRow
from shared.calendar import CalendarUnknown
from shared.contracts import Operation, Reply, Request
from shared.errors import Invalid, NotFound, Unavailable
from shared.wording import Words

CHANGES = ("pin", "move", "ban", "drop", "blackout")
MOST_SECONDS = 20.0


class PreviewsBusy(Unavailable):
    """As many previews run as can at once, and nothing was done about this one; ``details["retry_after"]``: seconds."""

    code = "scheduling.previews-busy"
    title = Words("推演繁忙", "Previews busy")


class PlacementChange(Request):
    """One change to try.

    ``pin`` keeps a term where it lies; ``move`` puts it on ``starts_on``, into ``room_id``, or both, and leaves what it
    does not say as an earlier change has it; ``ban`` keeps it off the days from ``starts_on`` to ``ends_on``; ``drop``
    leaves it out; ``blackout`` closes those days.
    """

    kind = fields.String(required=True, validate=validate.OneOf(CHANGES))
    term_id = identifier(load_default=None, allow_none=True)
    starts_on = Day(load_default=None, allow_none=True)
    ends_on = Day(load_default=None, allow_none=True)
    room_id = code("教室 / room", load_default=None, allow_none=True)
    districts = fields.List(unit_path(), load_default=list, validate=validate.Length(max=500))
    campus_ids = fields.List(code("校区 / campus"), load_default=list, validate=validate.Length(max=100))


class PreviewPlacement(Request):
    """Which plan, with which changes; without any, as facts stand (blackouts, rooms and beds may have changed)."""

    plan_id = identifier(required=True)
    changes = fields.List(fields.Nested(PlacementChange), load_default=list, validate=validate.Length(max=100))
    seconds = fields.Float(load_default=8.0, validate=validate.Range(0.5, MOST_SECONDS))


class PreviewedPlace(Reply):
    """Where a term lies or would lie; the room of one that is held online is ``online.TERM``."""

    starts_on = Day(required=True)
    ends_on = Day(required=True)
    reports_on = Day(required=True)
    room_id = fields.String(required=True)


class PreviewedMove(Reply):
    """Where a term would go; adopting the preview takes it as it is."""

    term_id = fields.String(required=True)
    starts_on = Day(required=True)
    room_id = fields.String(required=True)


class AffectedTerm(Reply):
    """A term that would lie elsewhere, or nowhere (``after`` null). ``told``: people who know its old place."""

    term_id = fields.String(required=True)
    before = fields.Nested(PreviewedPlace, required=True, allow_none=True)
    after = fields.Nested(PreviewedPlace, required=True, allow_none=True)
    told = fields.Integer(required=True)
    words = fields.Nested(Text, required=True)


class DemandLoosening(Reply):
    """The least that a demand would have to give; ``proven``: no less would do.

    ``alone``: it settles the conflict, every other rule on its terms is kept; where others have to give way as well, or
    that could not be found out in time, the words say so.
    """

    amount = fields.Integer(required=True)
    unit = fields.String(required=True)
    proven = fields.Boolean(required=True)
    alone = fields.Boolean(required=True)
    words = fields.Nested(Text, required=True)


class ConflictingDemand(Reply):
    """A demand of a conflict, with the ways to loosen it; each that is ``alone`` would settle the conflict."""

    rule = fields.String(required=True)
    subject = fields.String(required=True)
    words = fields.Nested(Text, required=True)
    loosenings = fields.List(fields.Nested(DemandLoosening), required=True)


class PlacementConflict(Reply):
    """Demands that cannot hold together; ``minimal``: without any one of them the others can.

    ``ways_out`` are the cheapest of its loosenings, one of each kind. Terms may be in several conflicts: each is to be
    settled.
    """

    term_ids = fields.List(fields.String(), required=True)
    words = fields.Nested(Text, required=True)
    demands = fields.List(fields.Nested(ConflictingDemand), required=True)
    minimal = fields.Boolean(required=True)
    ways_out = fields.List(fields.Nested(DemandLoosening), required=True)


class PlacementPreview(Reply):
    """``told`` people would have to be told; no table with as many terms tells fewer than ``told_bound``.

    ``basis`` marks what the preview was made from; with it and the ``moves``, ``adopt_placement_preview`` makes them.
    Where not ``explained``, the time was too short to look for every conflict of what is ``unplaced``.
    """

    basis = fields.String(required=True)
    moves = fields.List(fields.Nested(PreviewedMove), required=True)
    told = fields.Integer(required=True)
    told_bound = fields.Integer(required=True)
    proven = fields.Boolean(required=True)
    words = fields.Nested(Text, required=True)
    affected = fields.List(fields.Nested(AffectedTerm), required=True)
    unplaced = fields.List(fields.Nested(UnplacedRow), required=True)
    conflicts = fields.List(fields.Nested(PlacementConflict), required=True)
    explained = fields.Boolean(required=True)
    seconds = fields.Float(required=True)


PREVIEW_PLACEMENT = Operation(
    name="preview_placement",
    summary=Words(
        "推演排期：试改会牵动什么（不保存）",
        "Show what changes would set moving, saving nothing",
    ),
    kind="command",
    verb="POST",
    path="/plans/{plan_id}/placement-previews",
    request=PreviewPlacement,
    reply=PlacementPreview,
    roles=PLANNERS,
    citywide=True,
    timeout=60.0,
    errors=(NotFound, Invalid, PlanNotApproved, NothingToPlaceIn, CalendarUnknown, PreviewsBusy),
)
OPERATIONS = (PREVIEW_PLACEMENT,)
