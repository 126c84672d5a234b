"""Hand-overs: a term's questions on their way to the lecturers of its sessions, and back."""

from __future__ import annotations

from marshmallow import fields, validate

from services.outcomes.contract.clusters import Coverage, TermOfQuestions
from services.outcomes.contract.parts import OVERSEERS, SCHOOL, Classified, WrongState, identifier
from services.outcomes.contract.question_sets import KINDS
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import Invalid, NotFound, Unavailable
from shared.security.caller import Role
from shared.wording import Words

STATES = ("open", "receipted", "closed")
OUTCOMES = ("answered", "used", "not_covered")
_WITH_LECTURERS = OVERSEERS | {Role.LECTURER}
_LECTURERS = SCHOOL | {Role.LECTURER}


class ListHandovers(Page):
    """Which hand-overs to list; a lecturer gets their own only."""

    term_id = identifier()
    lecturer_id = identifier()
    state = fields.String(validate=validate.OneOf(STATES))


class HandoverId(Request):
    """Which hand-over."""

    handover_id = identifier(required=True)


class AnswerQuestion(HandoverId):
    """What became of one cluster; the text goes back to the units that asked, and is needed with ``answered``."""

    cluster_id = identifier(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf(OUTCOMES))
    text = fields.String(load_default="", validate=validate.Length(max=4000))


class HandoverRow(Reply):
    """A hand-over; ``overdue``: not receipted by ``due_on``. ``questions`` are the clusters handed over then."""

    handover_id = fields.String(required=True)
    term_id = fields.String(required=True)
    lecturer_id = fields.String(required=True)
    session_ids = fields.List(fields.String(), required=True)
    questions = fields.Integer(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    due_on = fields.Date(required=True)
    overdue = fields.Boolean(required=True)
    handed_over_at = fields.AwareDateTime(required=True)
    receipted_at = fields.AwareDateTime(required=True, allow_none=True)
    closed_reason = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True)


class HandedQuestion(Reply):
    """A cluster as its lecturer sees it: nothing says which unit or person asked."""

    cluster_id = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    wording = fields.String(required=True)
    variants = fields.List(
        fields.String(), required=True, metadata={"description": "其他问法 / how else it was asked, without who did"}
    )
    asked = fields.Integer(required=True, metadata={"description": "提出次数 / how often it was asked"})
    session_id = fields.String(required=True)
    session_title = fields.String(required=True)
    session_on = fields.Date(
        required=True,
        allow_none=True,
        metadata={"description": "课次已不在现行课表中时为空 / null once the timetable has the session no more"},
    )
    outcome = fields.String(required=True, allow_none=True)
    answer = fields.String(required=True, allow_none=True)


class Handover(HandoverRow):
    """A hand-over with what its lecturer still has of it."""

    items = fields.List(fields.Nested(HandedQuestion), required=True)


HAND_OVER_QUESTIONS = Operation(
    name="hand_over_questions",
    summary=Words("向授课教师转交一期的问题和案例", "Hand a term's questions to the lecturers"),
    kind="command",
    verb="POST",
    path="/terms/{term_id}/question-handovers",
    request=TermOfQuestions,
    reply=Coverage,
    roles=SCHOOL,
    errors=(NotFound, WrongState, Unavailable),
    timeout=60.0,
)
LIST_HANDOVERS = Operation(
    name="list_handovers",
    summary=Words("查询问题转交情况", "List hand-overs of questions"),
    kind="query",
    verb="GET",
    path="/question-handovers",
    request=ListHandovers,
    reply=page_of(HandoverRow),
    roles=_WITH_LECTURERS,
)
GET_HANDOVER = Operation(
    name="get_handover",
    summary=Words("查看转交的问题", "Show a hand-over with its questions"),
    kind="query",
    verb="GET",
    path="/question-handovers/{handover_id}",
    request=HandoverId,
    reply=Handover,
    roles=_WITH_LECTURERS,
    errors=(NotFound,),
    versioned=True,
)
RECEIPT_HANDOVER = Operation(
    name="receipt_handover",
    summary=Words("回执：已收到转交的问题", "Receipt a hand-over"),
    kind="command",
    verb="POST",
    path="/question-handovers/{handover_id}/receipt",
    request=HandoverId,
    reply=Handover,
    roles=_LECTURERS,
    errors=(NotFound, WrongState),
    versioned=True,
)
ANSWER_QUESTION = Operation(
    name="answer_question",
    summary=Words("登记问题的解答、采用或未涉及", "Say what became of a question"),
    kind="command",
    verb="POST",
    path="/question-handovers/{handover_id}/answers",
    request=AnswerQuestion,
    reply=Handover,
    roles=_LECTURERS,
    errors=(NotFound, WrongState, Invalid, Classified),
    versioned=True,
)

OPERATIONS = (HAND_OVER_QUESTIONS, LIST_HANDOVERS, GET_HANDOVER, RECEIPT_HANDOVER, ANSWER_QUESTION)
