"""Needs surveys (需求调研): opened for units, answered by each for itself, closed on their day, themes ranked."""

from __future__ import annotations

from marshmallow import fields, validate

from services.scheduling.contract.lecturers import TEACHING
from services.scheduling.contract.parts import PLANNERS, Day, Text, count, identifier, unit_path
from services.scheduling.contract.parts import title as heading
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import Conflict, Forbidden, Invalid, NotFound, StaleVersion
from shared.security.caller import Role
from shared.wording import Words

STATES = ("draft", "open", "closed")
KINDS = ("rating", "choice", "number", "text")
READERS = PLANNERS | {Role.UNIT, Role.AUDITOR, Role.SERVICE}
_ORGANISERS = PLANNERS | {Role.AUDITOR, Role.SERVICE}
_ASKED = frozenset({Role.UNIT})


class SurveyNotOpen(Conflict):
    """The survey takes no answers; ``details["state"]`` and ``details["due_on"]`` say why."""

    code = "scheduling.survey-not-open"
    title = Words("需求调研未在填报期内", "Survey not open")


class SurveyOpen(Conflict):
    """The survey is open and its questions stand."""

    code = "scheduling.survey-open"
    title = Words("需求调研已发布", "Survey already open")


class QuestionFields(Request):
    """A question. A rating gives 1 to 5 to each theme; a choice names at most ``most`` of its options."""

    question_id = identifier(load_default=None, allow_none=True)
    text = fields.String(required=True, validate=validate.Length(1, 300))
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    options = fields.List(
        fields.String(validate=validate.Length(1, 100)), load_default=list, validate=validate.Length(max=60)
    )
    most = count(60, load_default=3)
    required = fields.Boolean(load_default=True)


class DraftSurvey(Request):
    """A survey for a plan; questions can be changed until it is opened."""

    plan_id = identifier(required=True)
    title = heading(required=True)
    introduction = fields.String(load_default="", validate=validate.Length(max=2000))
    questions = fields.List(fields.Nested(QuestionFields), required=True, validate=validate.Length(1, 60))


class SurveyId(Request):
    """Which survey."""

    survey_id = identifier(required=True)


class ChangeSurvey(SurveyId):
    """What changes in a survey that is not open yet; fields left out stay."""

    title = heading()
    introduction = fields.String(validate=validate.Length(max=2000))
    questions = fields.List(fields.Nested(QuestionFields), validate=validate.Length(1, 60))


class OpenSurvey(SurveyId):
    """Which units are asked, and the last day to answer; an open survey may be given a later day."""

    unit_ids = fields.List(unit_path(), required=True, validate=validate.Length(1, 500))
    due_on = Day(required=True)


class RatingFields(Request):
    """How urgently a theme is needed, from 1 to 5."""

    theme = fields.String(required=True, validate=validate.Length(1, 100))
    stars = count(5, required=True)


class AnswerFields(Request):
    """The answer to one question; which field counts depends on the question's kind."""

    question_id = identifier(required=True)
    ratings = fields.List(fields.Nested(RatingFields), load_default=list, validate=validate.Length(max=60))
    chosen = fields.List(
        fields.String(validate=validate.Length(1, 100)), load_default=list, validate=validate.Length(max=60)
    )
    number = count(1_000_000, 0, load_default=None, allow_none=True)
    text = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=2000))


class AnswerSurvey(SurveyId):
    """A unit's answers; answering again replaces them all."""

    unit_id = unit_path(required=True)
    answers = fields.List(fields.Nested(AnswerFields), required=True, validate=validate.Length(max=60))


class ListSurveys(Page):
    """Which surveys to list."""

    plan_id = identifier()
    state = fields.String(validate=validate.OneOf(STATES))


class GetSurveyAnswer(SurveyId):
    """Whose answer to which survey."""

    unit_id = unit_path(required=True)


class ListSurveyAnswers(Page):
    """Answers to which survey."""

    survey_id = identifier(required=True)


class SurveyRow(Reply):
    """A survey in a list."""

    survey_id = fields.String(required=True)
    plan_id = fields.String(required=True)
    title = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    due_on = Day(required=True, allow_none=True)
    units = fields.Integer(required=True)
    answers = fields.Integer(required=True)
    version = fields.Integer(required=True)


class Survey(SurveyRow):
    """A survey with its questions. ``unanswered`` are the units still to answer, as far as the caller reaches."""

    introduction = fields.String(required=True)
    questions = fields.List(fields.Nested(QuestionFields), required=True)
    unit_ids = fields.List(fields.String(), required=True)
    unanswered = fields.List(fields.String(), required=True)
    closed_at = fields.AwareDateTime(required=True, allow_none=True)


class SurveyAnswer(Reply):
    """One unit's answers."""

    survey_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    answers = fields.List(fields.Nested(AnswerFields), required=True)
    answered_at = fields.AwareDateTime(required=True)
    answered_by = fields.String(required=True)
    version = fields.Integer(required=True)


class RankedTheme(Reply):
    """A theme with its rank, and in words how its points came about."""

    rank = fields.Integer(required=True)
    title = fields.String(required=True)
    points = fields.Integer(required=True)
    rated_by = fields.Integer(required=True)
    average = fields.Float(required=True, allow_none=True)
    chosen_by = fields.Integer(required=True)
    words = fields.Nested(Text, required=True)


class Ranking(Reply):
    """The themes by what units said so far; final once the survey is closed."""

    survey_id = fields.String(required=True)
    final = fields.Boolean(required=True)
    units = fields.Integer(required=True)
    answers = fields.Integer(required=True)
    themes = fields.List(fields.Nested(RankedTheme), required=True)


DRAFT_SURVEY = Operation(
    name="draft_survey",
    summary=Words("起草需求调研", "Draft a needs survey"),
    kind="command",
    verb="POST",
    path="/surveys",
    request=DraftSurvey,
    reply=Survey,
    roles=TEACHING,
    citywide=True,
    status=201,
    errors=(NotFound, Invalid),
    versioned=True,
)
CHANGE_SURVEY = Operation(
    name="change_survey",
    summary=Words("修改未发布的需求调研", "Change a survey that is not open yet"),
    kind="command",
    verb="PATCH",
    path="/surveys/{survey_id}",
    request=ChangeSurvey,
    reply=Survey,
    roles=TEACHING,
    citywide=True,
    errors=(NotFound, Invalid, StaleVersion, SurveyOpen),
    versioned=True,
)
OPEN_SURVEY = Operation(
    name="open_survey",
    summary=Words("发布需求调研", "Open a survey for units"),
    kind="command",
    verb="POST",
    path="/surveys/{survey_id}/opening",
    request=OpenSurvey,
    reply=Survey,
    roles=TEACHING,
    citywide=True,
    errors=(NotFound, Invalid, StaleVersion, SurveyNotOpen),
    versioned=True,
)
ANSWER_SURVEY = Operation(
    name="answer_survey",
    summary=Words("单位填报培训需求", "Answer a survey for one's unit"),
    kind="command",
    verb="PUT",
    path="/surveys/{survey_id}/answers/{unit_id}",
    request=AnswerSurvey,
    reply=SurveyAnswer,
    roles=_ASKED,
    scope="unit_id",
    errors=(NotFound, Invalid, Forbidden, SurveyNotOpen),
    versioned=True,
)
CLOSE_SURVEY = Operation(
    name="close_survey",
    summary=Words("结束需求调研", "Close a survey"),
    kind="command",
    verb="POST",
    path="/surveys/{survey_id}/closing",
    request=SurveyId,
    reply=Survey,
    roles=TEACHING,
    citywide=True,
    errors=(NotFound, StaleVersion, SurveyNotOpen),
    versioned=True,
)
LIST_SURVEYS = Operation(
    name="list_surveys",
    summary=Words("列出需求调研", "List surveys"),
    kind="query",
    verb="GET",
    path="/surveys",
    request=ListSurveys,
    reply=page_of(SurveyRow),
    roles=READERS,
)
GET_SURVEY = Operation(
    name="get_survey",
    summary=Words("查看需求调研", "Show a survey"),
    kind="query",
    verb="GET",
    path="/surveys/{survey_id}",
    request=SurveyId,
    reply=Survey,
    roles=READERS,
    errors=(NotFound,),
    versioned=True,
)
GET_SURVEY_ANSWER = Operation(
    name="get_survey_answer",
    summary=Words("查看一个单位的填报", "Show one unit's answers"),
    kind="query",
    verb="GET",
    path="/surveys/{survey_id}/answers/{unit_id}",
    request=GetSurveyAnswer,
    reply=SurveyAnswer,
    roles=READERS,
    scope="unit_id",
    errors=(NotFound,),
    versioned=True,
)
LIST_SURVEY_ANSWERS = Operation(
    name="list_survey_answers",
    summary=Words("列出各单位的填报", "List the units' answers"),
    kind="query",
    verb="GET",
    path="/surveys/{survey_id}/answers",
    request=ListSurveyAnswers,
    reply=page_of(SurveyAnswer),
    roles=_ORGANISERS,
    errors=(NotFound,),
)
GET_SURVEY_RANKING = Operation(
    name="get_survey_ranking",
    summary=Words("查看培训需求的主题排序", "Show the themes ranked by need"),
    kind="query",
    verb="GET",
    path="/surveys/{survey_id}/ranking",
    request=SurveyId,
    reply=Ranking,
    roles=_ORGANISERS,
    errors=(NotFound,),
)
OPERATIONS = (
    DRAFT_SURVEY,
    CHANGE_SURVEY,
    OPEN_SURVEY,
    ANSWER_SURVEY,
    CLOSE_SURVEY,
    LIST_SURVEYS,
    GET_SURVEY,
    GET_SURVEY_ANSWER,
    LIST_SURVEY_ANSWERS,
    GET_SURVEY_RANKING,
)
