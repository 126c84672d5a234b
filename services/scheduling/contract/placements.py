"""Placements: letting a scheduler put the terms of a plan on the calendar."""

from __future__ import annotations

from marshmallow import fields, validate

from services.scheduling.contract.parts import (
    PLANNERS,
    READERS,
    Day,
    NothingToPlaceIn,
    PlacementRunning,
    PlanNotApproved,
    SchedulerUnknown,
    Text,
    count,
    identifier,
)
from shared.calendar import CalendarUnknown
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import Invalid, NotFound
from shared.wording import Words

STATES = ("running", "done", "failed")


def weight(what: str) -> fields.Integer:
    """Return the field of a weight; 0 switches the cost off."""
    return count(1000, 0, metadata={"description": what})


class PolicyFields(Request):
    """The planner's rules and weights; what is left out keeps its default."""

    longest_run = count(
        30,
        metadata={"description": "不超过几天的班不得跨周末 / terms up to this long lie within one run of working days"},
    )
    report_ahead = count(
        1, 0, metadata={"description": "提前几天报到 / days before the opening on which people report"}
    )
    lead_days = count(120, 0, metadata={"description": "发函所需天数，0为不限 / days letters need; 0: not checked"})
    in_order = fields.Boolean(metadata={"description": "各期按序号先后开班 / terms open in the order of their numbers"})
    spacing_days = count(
        366,
        0,
        metadata={"description": "同一班次各期开班宜相隔的天数 / days that should lie between a programme's openings"},
    )
    away_percent = count(
        100,
        0,
        metadata={"description": "单位同时离岗的人数占比，超出计费用 / share of a unit that may be away at no cost"},
    )
    weight_target = weight("偏离最佳开班日，每天 / a day away from the best opening")
    weight_balance = weight("一周超出均摊的负荷，每十人日 / ten trainee-days above a week's fair share")
    weight_seats = weight("空座，每十个 / ten empty seats")
    weight_months = weight("不在希望的月份开班 / an opening outside the wanted months")
    weight_spacing = weight("同一班次两期过近，每天 / a day that two openings of a programme lie too near")
    weight_units = weight("单位同时离岗超出，每人每周 / somebody away beyond a unit's share, a week")
    weight_travel = weight("远处单位多走一趟 / a day on which people of a far unit travel")


class PlaceTerms(Request):
    """Which plan, by which scheduler. Terms that lie well stay; ``again`` moves those that nothing holds."""

    plan_id = identifier(required=True)
    scheduler = fields.String(load_default="cp_sat", validate=validate.Length(1, 60))
    seconds = fields.Float(load_default=5.0, validate=validate.Range(0.5, 600.0))
    wait_seconds = fields.Float(
        load_default=8.0,
        validate=validate.Range(0.0, 25.0),
        metadata={"description": "最多等待几秒再答复 / answer as soon as it is done, after this long at the latest"},
    )
    again = fields.Boolean(load_default=False)
    policy = fields.Nested(PolicyFields, load_default=dict)


class PlacementId(Request):
    """Which placement."""

    placement_id = identifier(required=True)


class ListPlacements(Page):
    """Placements of which plan."""

    plan_id = identifier(required=True)


class PlacedRow(Reply):
    """A term that was placed by it."""

    term_id = fields.String(required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    reports_on = Day(required=True)
    room_id = fields.String(required=True)


class Cause(Reply):
    """Why a term could not be placed, with figures for programs."""

    code = fields.String(required=True)
    words = fields.Nested(Text, required=True)
    details = fields.Dict(required=True)


class UnplacedRow(Reply):
    """A term left over."""

    term_id = fields.String(required=True)
    label = fields.Nested(Text, required=True)
    reasons = fields.List(fields.Nested(Cause), required=True)


class PlacementProgress(Reply):
    """The best table so far."""

    placed = fields.Integer(required=True)
    cost = fields.Integer(required=True)
    bound = fields.Integer(required=True)
    seconds = fields.Float(required=True)


class PlacementCosts(Reply):
    """The cost part by part, in tenths of the policy's weights."""

    target = fields.Integer(required=True)
    balance = fields.Integer(required=True)
    seats = fields.Integer(required=True)
    months = fields.Integer(required=True)
    spacing = fields.Integer(required=True)
    units = fields.Integer(required=True)
    travel = fields.Integer(required=True)


class Placement(Reply):
    """A placement: ``running`` until ``done`` or ``failed``. ``optimal``: proven best in number and in cost.

    ``cost`` and ``bound`` are in tenths of the policy's weights; ``verdict`` says in words how near the best it is.
    """

    placement_id = fields.String(required=True)
    plan_id = fields.String(required=True)
    scheduler = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    status = fields.String(required=True, allow_none=True, validate=validate.OneOf(("optimal", "feasible")))
    terms = fields.Integer(required=True)
    kept = fields.Integer(required=True, metadata={"description": "保持原位的期数 / terms that stayed where they were"})
    placed = fields.List(fields.Nested(PlacedRow), required=True)
    unplaced = fields.List(fields.Nested(UnplacedRow), required=True)
    cost = fields.Integer(required=True, allow_none=True)
    bound = fields.Integer(required=True, allow_none=True)
    placed_bound = fields.Integer(required=True, allow_none=True)
    costs = fields.Nested(PlacementCosts, required=True, allow_none=True)
    verdict = fields.Nested(Text, required=True, allow_none=True)
    gap_percent = fields.Float(required=True, allow_none=True)
    seconds = fields.Float(required=True, allow_none=True)
    progress = fields.Nested(PlacementProgress, required=True, allow_none=True)
    failure = fields.Nested(Text, required=True, allow_none=True)
    asked_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class PlacementRow(Reply):
    """A placement in a list."""

    placement_id = fields.String(required=True)
    scheduler = fields.String(required=True)
    state = fields.String(required=True)
    status = fields.String(required=True, allow_none=True)
    terms = fields.Integer(required=True)
    asked_at = fields.AwareDateTime(required=True)


PLACE_TERMS = Operation(
    name="place_terms",
    summary=Words("排期：将计划各期排入日历", "Place the terms of a plan on the calendar"),
    kind="command",
    verb="POST",
    path="/plans/{plan_id}/placement",
    request=PlaceTerms,
    reply=Placement,
    roles=PLANNERS,
    citywide=True,
    status=202,
    timeout=30.0,
    errors=(
        NotFound,
        Invalid,
        PlanNotApproved,
        PlacementRunning,
        SchedulerUnknown,
        NothingToPlaceIn,
        CalendarUnknown,
    ),
)
GET_PLACEMENT = Operation(
    name="get_placement",
    summary=Words("查看排期的进展和结果", "Show a placement's progress and result"),
    kind="query",
    verb="GET",
    path="/placements/{placement_id}",
    request=PlacementId,
    reply=Placement,
    roles=READERS,
    errors=(NotFound,),
    versioned=True,
)
LIST_PLACEMENTS = Operation(
    name="list_placements",
    summary=Words("列出计划的历次排期", "List the placements of a plan"),
    kind="query",
    verb="GET",
    path="/plans/{plan_id}/placements",
    request=ListPlacements,
    reply=page_of(PlacementRow),
    roles=READERS,
    errors=(NotFound,),
)
OPERATIONS = (PLACE_TERMS, GET_PLACEMENT, LIST_PLACEMENTS)
