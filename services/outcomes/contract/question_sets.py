"""Question sets, one a unit and term."""

from __future__ import annotations

from marshmallow import fields, validate

from services.outcomes.contract.parts import Classified
from shared.contracts import Event, EventData, Operation, Page, Reply, Request, page_of
from shared.errors import Conflict, NotFound
from shared.security.caller import Role
from shared.wording import Words

KINDS = ("question", "case")
QUESTION_STATES = (
    "pending",
    "withheld",
    "unmatched",
    "waiting",
    "handed_over",
    "answered",
    "used",
    "not_covered",
)
_READERS = frozenset({Role.ORGANISATION_DEPARTMENT, Role.PARTY_SCHOOL, Role.UNIT, Role.AUDITOR, Role.SERVICE})


class QuestionSetFull(Conflict):
    """More questions than a set may hold."""

    code = "outcomes.question-set-full"
    title = Words("问题数量超过上限", "Question set full")


class QuestionText(Request):
    """One question (重点难点问题) or case (典型案例)."""

    text = fields.String(required=True, validate=validate.Length(2, 1000))
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))


class Question(Reply):
    """One filed question or case and what became of it; numbers and names in it are masked.

    ``pending``: names have still to be masked; ``withheld``: it bore a security marking, its text was not kept.
    """

    question_id = fields.String(required=True)
    text = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    filed_at = fields.AwareDateTime(required=True)
    state = fields.String(required=True, validate=validate.OneOf(QUESTION_STATES))
    answer = fields.String(required=True, allow_none=True)
    answered_at = fields.AwareDateTime(required=True, allow_none=True)


class QuestionSetSummary(Reply):
    """A unit's question set for a term, without the texts."""

    question_set_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    questions = fields.Integer(required=True)
    cases = fields.Integer(required=True)
    roster_complete = fields.Boolean(
        required=True, metadata={"description": "名单已附问题或案例 / the roster has its question set"}
    )
    version = fields.Integer(required=True)


class QuestionSet(QuestionSetSummary):
    """A unit's question set with its texts."""

    items = fields.List(fields.Nested(Question), required=True)


class ListQuestionSets(Page):
    """Which question sets to list."""

    term_id = fields.String(validate=validate.Length(1, 80))
    unit_id = fields.String(validate=validate.Length(1, 200))
    roster_complete = fields.Boolean()


class GetQuestionSet(Request):
    """Which question set."""

    question_set_id = fields.String(required=True, validate=validate.Length(1, 80))


class FileQuestions(Request):
    """Questions and cases a unit files for a term, beside or after its roster."""

    term_id = fields.String(required=True, validate=validate.Length(1, 80))
    unit_id = fields.String(required=True, validate=validate.Length(1, 200))
    questions = fields.List(fields.Nested(QuestionText), required=True, validate=validate.Length(1, 200))


class QuestionsFiled(EventData):
    """A question set has grown."""

    question_set_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    count = fields.Integer(required=True, metadata={"description": "总数 / questions and cases in the set now"})


LIST_QUESTION_SETS = Operation(
    name="list_question_sets",
    summary=Words("查询问题清单", "List question sets"),
    kind="query",
    verb="GET",
    path="/question-sets",
    request=ListQuestionSets,
    reply=page_of(QuestionSetSummary),
    roles=_READERS,
    scope="unit_id",
)
GET_QUESTION_SET = Operation(
    name="get_question_set",
    summary=Words("查看一份问题清单", "Show one question set"),
    kind="query",
    verb="GET",
    path="/question-sets/{question_set_id}",
    request=GetQuestionSet,
    reply=QuestionSet,
    roles=_READERS,
    errors=(NotFound,),
    versioned=True,
)
FILE_QUESTIONS = Operation(
    name="file_questions",
    summary=Words("报送重点难点问题和典型案例", "File questions and cases"),
    kind="command",
    verb="POST",
    path="/question-sets",
    request=FileQuestions,
    reply=QuestionSet,
    roles=frozenset({Role.UNIT, Role.ORGANISATION_DEPARTMENT}),
    scope="unit_id",
    errors=(NotFound, QuestionSetFull, Classified),
    versioned=True,
    status=201,
)
QUESTIONS_FILED = Event("outcomes.questions.filed.v1", Words("问题清单已更新", "A question set grew"), QuestionsFiled)

OPERATIONS = (LIST_QUESTION_SETS, GET_QUESTION_SET, FILE_QUESTIONS)
EVENTS = (QUESTIONS_FILED,)
