"""What the scheduling service offers. Events first: other services learn of terms by them."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.contracts import Event, EventData, ServiceContract
from shared.wording import Words


class PublishedProgramme(EventData):
    """A programme of a published plan."""

    programme_id = fields.String(required=True)
    ordinal = fields.Integer(required=True)
    title = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(("training", "seminar")))
    terms = fields.Integer(required=True)


class PlanPublished(EventData):
    """A version of a plan came into force."""

    plan_id = fields.String(required=True)
    year = fields.Integer(required=True)
    version = fields.Integer(required=True)
    title = fields.String(required=True)
    programmes = fields.List(fields.Nested(PublishedProgramme), required=True)


class TermPlaced(EventData):
    """A term has its dates and its room."""

    term_id = fields.String(required=True)
    plan_id = fields.String(required=True)
    programme_id = fields.String(required=True)
    programme_ordinal = fields.Integer(required=True)
    programme_title = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(("training", "seminar")))
    ordinal = fields.Integer(required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    days = fields.Integer(required=True)
    capacity = fields.Integer(required=True)
    room_id = fields.String(required=True)
    room_title = fields.String(required=True)
    replacement_notice_days = fields.Integer(required=True)
    version = fields.Integer(required=True)


class TermCancelled(EventData):
    """A term will not take place."""

    term_id = fields.String(required=True)
    reason = fields.String(required=True)


PLAN_PUBLISHED = Event("scheduling.plan.published.v1", Words("计划已发布", "A plan was published"), PlanPublished)
TERM_PLACED = Event("scheduling.term.placed.v1", Words("班期已排定", "A term was placed"), TermPlaced)
TERM_MOVED = Event("scheduling.term.moved.v1", Words("班期已调整", "A term was moved"), TermPlaced)
TERM_CANCELLED = Event("scheduling.term.cancelled.v1", Words("班期已取消", "A term was cancelled"), TermCancelled)

CONTRACT = ServiceContract(
    name="scheduling",
    title=Words("计划与排期", "Scheduling"),
    operations=(),
    events=(PLAN_PUBLISHED, TERM_PLACED, TERM_MOVED, TERM_CANCELLED),
)
