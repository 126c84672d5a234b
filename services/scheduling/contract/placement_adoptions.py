"""Adopting a preview: what it would set moving is done at once, as long as the plan is still as it was then."""

from __future__ import annotations

from marshmallow import fields, validate

from services.scheduling.contract.parts import (
    PLANNERS,
    Day,
    NothingToPlaceIn,
    PlanNotApproved,
    TermClash,
    code,
    identifier,
)
from services.scheduling.contract.placement_previews import PlacementChange
from shared.calendar import CalendarUnknown
from shared.contracts import Operation, Reply, Request
from shared.errors import Conflict, Invalid, NotFound
from shared.wording import Words


class PreviewOvertaken(Conflict):
    """The plan, its places or the rules are not those that the preview was made from; preview again."""

    code = "scheduling.preview-overtaken"
    title = Words("推演已过时", "The preview is out of date")


class PlacementMove(Request):
    """Where a term goes, as the preview's ``moves`` say."""

    term_id = identifier(required=True)
    starts_on = Day(required=True)
    room_id = code("教室 / room", required=True)


class AdoptPreview(Request):
    """The changes that were previewed, with the ``basis`` and the ``moves`` of the preview.

    ``unplaced`` names the terms that the preview leaves without a place: they lose theirs to others and are due.
    """

    plan_id = identifier(required=True)
    changes = fields.List(fields.Nested(PlacementChange), load_default=list, validate=validate.Length(max=100))
    basis = fields.String(required=True, validate=validate.Regexp(r"^[0-9a-f]{64}$"))
    moves = fields.List(fields.Nested(PlacementMove), required=True, validate=validate.Length(max=2000))
    unplaced = fields.List(identifier(), load_default=list, validate=validate.Length(max=2000))
    reason = fields.String(load_default="", validate=validate.Length(max=500))


class Adoption(Reply):
    """What was done: the terms that lie elsewhere now, and the blackouts that were set."""

    moved = fields.List(fields.String(), required=True)
    blackout_ids = fields.List(fields.String(), required=True)


ADOPT_PREVIEW = Operation(
    name="adopt_placement_preview",
    summary=Words(
        "采纳推演结果：按推演调整排期并通知", "Adopt a preview: move what it moves and tell who is concerned"
    ),
    kind="command",
    verb="POST",
    path="/plans/{plan_id}/placement-adoptions",
    request=AdoptPreview,
    reply=Adoption,
    roles=PLANNERS,
    citywide=True,
    errors=(NotFound, Invalid, PlanNotApproved, NothingToPlaceIn, CalendarUnknown, PreviewOvertaken, TermClash),
)
OPERATIONS = (ADOPT_PREVIEW,)
