"""Events of needs surveys (需求调研)."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts import Event, EventData
from shared.wording import Words


class SurveyOpened(EventData):
    """Units are asked what training they need."""

    survey_id = fields.String(required=True)
    plan_id = fields.String(required=True)
    unit_ids = fields.List(fields.String(), required=True)
    due_on = fields.Date(required=True)


class SurveyAnswered(EventData):
    """A unit has answered, or changed what it had answered; nothing more is waited for from it."""

    survey_id = fields.String(required=True)
    plan_id = fields.String(required=True)
    unit_id = fields.String(required=True)


class SurveyClosed(EventData):
    """No more answers are taken; the themes are ranked."""

    survey_id = fields.String(required=True)
    plan_id = fields.String(required=True)
    answers = fields.Integer(required=True)


SURVEY_OPENED = Event("scheduling.survey.opened.v1", Words("需求调研已发布", "A needs survey was opened"), SurveyOpened)
SURVEY_ANSWERED = Event(
    "scheduling.survey.answered.v1", Words("需求调研已填报", "A unit answered a needs survey"), SurveyAnswered
)
SURVEY_CLOSED = Event("scheduling.survey.closed.v1", Words("需求调研已结束", "A needs survey was closed"), SurveyClosed)

EVENTS = (
    SURVEY_OPENED,
    SURVEY_ANSWERED,
    SURVEY_CLOSED,
)
