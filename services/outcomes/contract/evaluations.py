"""Evaluation of sessions and lecturers (评教), anonymous."""

from __future__ import annotations

from marshmallow import fields, validate

from services.outcomes.contract.parts import ORGANISERS, Classified, WrongState, identifier
from shared.contracts import Operation, Reply, Request
from shared.errors import Conflict, Invalid, NotFound
from shared.security.caller import Role
from shared.wording import Words


class EvaluationClosed(Conflict):
    """Answers are taken from the session's day for some days; ``details`` name the first and the last."""

    code = "outcomes.evaluation-closed"
    title = Words("不在评教时间内", "Evaluation closed")


class Points(Request):
    """One criterion's points, 5 the best."""

    criterion = fields.String(required=True, validate=validate.Length(1, 40))
    points = fields.Integer(required=True, validate=validate.Range(1, 5))


class EvaluateSession(Request):
    """One trainee's answer about a session of their term. It is counted; who gave it is not kept."""

    session_id = identifier(required=True)
    points = fields.List(fields.Nested(Points), required=True, validate=validate.Length(1, 20))
    comment = fields.String(load_default="", validate=validate.Length(max=500))


class TermOfEvaluations(Request):
    """Which term; a lecturer gets their own sessions."""

    term_id = identifier(required=True)


class Counted(Reply):
    """The answer was counted."""

    session_id = fields.String(required=True)
    counted = fields.Boolean(required=True)


class CriterionMean(Reply):
    """The mean of a criterion, 1 to 5; null while there are too few answers to hide anybody."""

    criterion = fields.String(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)
    mean = fields.Decimal(places=2, required=True, allow_none=True, as_string=True)


class SessionEvaluation(Reply):
    """What trainees think of a session. ``shown``: there are at least ``least`` answers, else nothing is told."""

    session_id = fields.String(required=True)
    session_title = fields.String(required=True)
    lecturer_id = fields.String(required=True, allow_none=True)
    answers = fields.Integer(required=True)
    shown = fields.Boolean(required=True)
    criteria = fields.List(fields.Nested(CriterionMean), required=True)
    comments = fields.List(fields.String(), required=True)


class Evaluations(Reply):
    """The sessions of a term somebody answered about."""

    term_id = fields.String(required=True)
    least = fields.Integer(required=True)
    sessions = fields.List(fields.Nested(SessionEvaluation), required=True)


EVALUATE_SESSION = Operation(
    name="evaluate_session",
    summary=Words("匿名评教", "Evaluate a session, anonymously"),
    kind="command",
    verb="POST",
    path="/session-evaluations",
    request=EvaluateSession,
    reply=Counted,
    roles=frozenset({Role.TRAINEE}),
    errors=(NotFound, Invalid, EvaluationClosed, WrongState, Classified),
)
GET_EVALUATIONS = Operation(
    name="get_session_evaluations",
    summary=Words("查看评教结果", "Show what trainees think of sessions"),
    kind="query",
    verb="GET",
    path="/terms/{term_id}/session-evaluations",
    request=TermOfEvaluations,
    reply=Evaluations,
    roles=ORGANISERS | {Role.LECTURER, Role.AUDITOR},
    errors=(NotFound,),
)

OPERATIONS = (EVALUATE_SESSION, GET_EVALUATIONS)
