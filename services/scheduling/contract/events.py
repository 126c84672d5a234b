"""Events of scheduling; none of them holds personal data."""

from __future__ import annotations

from marshmallow import fields, validate

from services.scheduling.contract.parts import DELIVERIES, KINDS, Day
from shared.contracts import Event, EventData
from shared.wording import Words


class PublishedProgramme(EventData):
    """A programme of a published plan."""

    programme_id = fields.String(required=True)
    ordinal = fields.Integer(required=True)
    title = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    terms = fields.Integer(required=True)


class PlanPublished(EventData):
    """A plan as approved, or an amendment of an approved plan; ``version`` tells them apart."""

    plan_id = fields.String(required=True)
    year = fields.Integer(required=True)
    version = fields.Integer(required=True)
    title = fields.String(required=True)
    programmes = fields.List(fields.Nested(PublishedProgramme), required=True)


class PlacedTerm(EventData):
    """A term with its days and its room. ``version`` rises with every change of the term: older news is dropped."""

    term_id = fields.String(required=True)
    plan_id = fields.String(required=True)
    programme_id = fields.String(required=True)
    programme_ordinal = fields.Integer(required=True)
    programme_title = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    ordinal = fields.Integer(required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    days = fields.Integer(required=True)
    capacity = fields.Integer(required=True)
    reports_on = Day(required=True)
    reports_from = fields.String(required=True, allow_none=True)
    reports_until = fields.String(required=True, allow_none=True)
    opens_at = fields.String(required=True, allow_none=True)
    room_id = fields.String(required=True)
    room_title = fields.String(required=True)
    campus_id = fields.String(required=True)
    campus_title = fields.String(required=True)
    campus_address = fields.String(required=True, allow_none=True)
    replacement_notice_days = fields.Integer(required=True, allow_none=True)
    replacement_day_kind = fields.String(required=True, allow_none=True)
    delivery = fields.String(load_default="campus", validate=validate.OneOf(DELIVERIES))
    retiming_id = fields.String(
        load_default=None,
        allow_none=True,
        metadata={
            "description": "属于一次统一调整时，由该次调整一并告知 / part of a retiming, which tells everybody once"
        },
    )
    version = fields.Integer(required=True)


class CancelledTerm(EventData):
    """A term that will not be held. ``version`` is counted like that of a placed term: older news is dropped."""

    term_id = fields.String(required=True)
    plan_id = fields.String(required=True)
    reason = fields.String(required=True)
    retiming_id = fields.String(load_default=None, allow_none=True)
    version = fields.Integer(required=True)


class PlacementRequested(EventData):
    """A placement waits for its solver; scheduling's own news to itself."""

    placement_id = fields.String(required=True)
    plan_id = fields.String(required=True)


class PlacementConcluded(EventData):
    """A placement came to its end."""

    placement_id = fields.String(required=True)
    plan_id = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(("done", "failed")))
    placed = fields.Integer(required=True)
    unplaced = fields.Integer(required=True)


PLAN_PUBLISHED = Event("scheduling.plan.published.v1", Words("年度计划已发布", "A plan was published"), PlanPublished)
TERM_PLACED = Event("scheduling.term.placed.v1", Words("班次期已排期", "A term was placed"), PlacedTerm)
TERM_MOVED = Event("scheduling.term.moved.v1", Words("班次期已调整", "A placed term was changed"), PlacedTerm)
TERM_CANCELLED = Event("scheduling.term.cancelled.v1", Words("班次期已取消", "A term was cancelled"), CancelledTerm)
PLACEMENT_REQUESTED = Event(
    "scheduling.placement.requested.v1", Words("已提交排期", "A placement was asked for"), PlacementRequested
)
PLACEMENT_CONCLUDED = Event(
    "scheduling.placement.concluded.v1", Words("排期已结束", "A placement came to its end"), PlacementConcluded
)

EVENTS = (PLAN_PUBLISHED, TERM_PLACED, TERM_MOVED, TERM_CANCELLED, PLACEMENT_REQUESTED, PLACEMENT_CONCLUDED)
