"""Events of questions and cases on their way to lecturers and back."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts import Event, EventData
from shared.wording import Words


class QuestionsHandedOver(EventData):
    """Questions were handed to the lecturer of a matching session; the lecturer receipts by ``due_on``."""

    handover_id = fields.String(required=True)
    term_id = fields.String(required=True)
    lecturer_id = fields.String(required=True)
    session_ids = fields.List(fields.String(), required=True)
    questions = fields.Integer(required=True)
    due_on = fields.Date(required=True)


class HandoverReceipted(EventData):
    """A lecturer receipted a hand-over, or said what became of one of its questions; no receipt is awaited now."""

    handover_id = fields.String(required=True)
    term_id = fields.String(required=True)
    lecturer_id = fields.String(required=True)


class HandoverClosed(EventData):
    """Nothing of a hand-over is left to its lecturer: ``reason`` is ``reassigned``, ``regrouped`` or ``cancelled``."""

    handover_id = fields.String(required=True)
    term_id = fields.String(required=True)
    lecturer_id = fields.String(required=True)
    reason = fields.String(required=True)


class QuestionAnswered(EventData):
    """A question was answered in class or in writing, or used as a case.

    ``question_ids`` are all questions that asked the same, ``question_id`` is the one that stands for them.
    """

    question_id = fields.String(required=True)
    question_ids = fields.List(fields.String(), load_default=list)
    cluster_id = fields.String(load_default=None, allow_none=True)
    term_id = fields.String(required=True)
    unit_ids = fields.List(fields.String(), required=True)
    outcome = fields.String(required=True)


QUESTIONS_HANDED_OVER = Event(
    "outcomes.questions.handed-over.v1", Words("问题已转交授课教师", "Questions were handed over"), QuestionsHandedOver
)
HANDOVER_RECEIPTED = Event(
    "outcomes.handover.receipted.v1", Words("问题转交已签收", "A hand-over was receipted"), HandoverReceipted
)
HANDOVER_CLOSED = Event(
    "outcomes.handover.closed.v1", Words("问题转交已结束", "A hand-over was closed"), HandoverClosed
)
QUESTION_ANSWERED = Event(
    "outcomes.question.answered.v1", Words("问题已解答或采用", "A question was answered"), QuestionAnswered
)

EVENTS = (
    QUESTIONS_HANDED_OVER,
    HANDOVER_RECEIPTED,
    HANDOVER_CLOSED,
    QUESTION_ANSWERED,
)
