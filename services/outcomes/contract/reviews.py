"""Blind reviews: the panel of a term, who reviews what, scores, objections."""

from __future__ import annotations

from marshmallow import fields, validate

from services.outcomes.contract.parts import (
    ORGANISERS,
    SCHOOL,
    Classified,
    File,
    WrongState,
    identifier,
    prose,
    unit_path,
)
from services.outcomes.contract.reports import AUTHOR, Report, ReportId, ReportTooLate
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import Conflict, Invalid, NotFound
from shared.security.caller import Role
from shared.wording import Words

STATES = ("open", "returned", "declined", "cancelled")
_REVIEWERS = SCHOOL | {Role.LECTURER}
_REVIEWER = frozenset({Role.LECTURER})


class NoPanel(Conflict):
    """The term has no reviewers yet."""

    code = "outcomes.no-panel"
    title = Words("尚未设定评审人", "No panel")


class PanelMember(Request):
    """A reviewer: a lecturer. ``unit_id``: where they serve, whose people they do not review."""

    lecturer_id = identifier(required=True)
    unit_id = unit_path(load_default=None, allow_none=True)
    expertise = fields.List(
        fields.String(validate=validate.Length(1, 40)),
        load_default=list,
        validate=validate.Length(max=20),
        metadata={"description": "研究领域 / what they know about"},
    )


class PutPanel(Request):
    """The reviewers of a term's reports, all of them."""

    term_id = identifier(required=True)
    members = fields.List(fields.Nested(PanelMember), required=True, validate=validate.Length(1, 200))


class TermOfReviews(Request):
    """Which term."""

    term_id = identifier(required=True)


class ListReviews(Page):
    """Which reviews; a reviewer gets their own."""

    term_id = identifier()
    report_id = identifier()
    state = fields.String(validate=validate.OneOf(STATES))


class ReviewId(Request):
    """Which review."""

    review_id = identifier(required=True)


class Score(Request):
    """The score of one criterion, 0 to 100."""

    criterion = fields.String(required=True, validate=validate.Length(1, 40))
    score = fields.Integer(required=True, validate=validate.Range(0, 100))


class ReturnReview(ReviewId):
    """The scores, one for each criterion of the rubric, and the reviewer's opinion."""

    scores = fields.List(fields.Nested(Score), required=True, validate=validate.Length(1, 30))
    comment = prose(4000, 2, required=True)


class DeclineReview(ReviewId):
    """Why somebody else has to review it."""

    reason = prose(500, 2, required=True)


class ObjectToGrade(ReportId):
    """Why the author does not agree."""

    reason = prose(1000, 2, required=True)


class DecideObjection(ReportId):
    """Upheld, the report is reviewed once more by somebody else; the answer goes to the author."""

    upheld = fields.Boolean(required=True)
    answer = prose(1000, 2, required=True)


class PanelSeat(Reply):
    """A reviewer and how much they have to do."""

    lecturer_id = fields.String(required=True)
    unit_id = fields.String(required=True, allow_none=True)
    expertise = fields.List(fields.String(), required=True)
    open = fields.Integer(required=True)
    returned = fields.Integer(required=True)


class Panel(Reply):
    """The reviewers of a term."""

    term_id = fields.String(required=True)
    members = fields.List(fields.Nested(PanelSeat), required=True)


class Lacking(Reply):
    """A report for which reviewers are missing, and how many."""

    report_id = fields.String(required=True)
    reviewers = fields.Integer(required=True)


class Assignment(Reply):
    """What assigning did; ``held`` reports wait for somebody to judge what they share with others."""

    term_id = fields.String(required=True)
    reports = fields.Integer(required=True)
    reviews = fields.Integer(required=True)
    held = fields.Integer(required=True)
    lacking = fields.List(fields.Nested(Lacking), required=True)


class CriterionScore(Reply):
    """A criterion of the rubric with its weight in percent; ``score`` null until it is given."""

    criterion = fields.String(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)
    weight = fields.Integer(required=True)
    score = fields.Integer(required=True, allow_none=True)


class ReviewRow(Reply):
    """A review. ``report_id`` is null for its reviewer, to whom nothing leads to the author."""

    review_id = fields.String(required=True)
    report_id = fields.String(required=True, allow_none=True)
    term_id = fields.String(required=True)
    lecturer_id = fields.String(required=True)
    title = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    due_on = fields.Date(required=True)
    overdue = fields.Boolean(required=True)
    total = fields.Decimal(places=2, required=True, allow_none=True, as_string=True)
    version = fields.Integer(required=True)


class Review(ReviewRow):
    """A review with its rubric."""

    topic = fields.String(required=True, allow_none=True)
    criteria = fields.List(fields.Nested(CriterionScore), required=True)
    comment = fields.String(required=True)


PUT_PANEL = Operation(
    name="put_review_panel",
    summary=Words("设定一期研究报告的评审人", "Set the reviewers of a term's reports"),
    kind="command",
    verb="PUT",
    path="/terms/{term_id}/review-panel",
    request=PutPanel,
    reply=Panel,
    roles=SCHOOL,
    errors=(NotFound, Invalid),
)
GET_PANEL = Operation(
    name="get_review_panel",
    summary=Words("查看评审人", "Show the reviewers of a term"),
    kind="query",
    verb="GET",
    path="/terms/{term_id}/review-panel",
    request=TermOfReviews,
    reply=Panel,
    roles=ORGANISERS,
    errors=(NotFound,),
)
ASSIGN_REVIEWS = Operation(
    name="assign_reviews",
    summary=Words("分派盲审", "Assign blind reviews"),
    kind="command",
    verb="POST",
    path="/terms/{term_id}/reviews",
    request=TermOfReviews,
    reply=Assignment,
    roles=SCHOOL,
    errors=(NotFound, NoPanel),
    timeout=60.0,
)
LIST_REVIEWS = Operation(
    name="list_reviews",
    summary=Words("查询评审", "List reviews"),
    kind="query",
    verb="GET",
    path="/reviews",
    request=ListReviews,
    reply=page_of(ReviewRow),
    roles=_REVIEWERS,
)
GET_REVIEW = Operation(
    name="get_review",
    summary=Words("查看一份评审", "Show a review with its rubric"),
    kind="query",
    verb="GET",
    path="/reviews/{review_id}",
    request=ReviewId,
    reply=Review,
    roles=_REVIEWERS,
    errors=(NotFound,),
    versioned=True,
)
GET_REVIEW_FILE = Operation(
    name="get_review_file",
    summary=Words("下载匿名报告", "Download the report without its author"),
    kind="query",
    verb="GET",
    path="/reviews/{review_id}/file",
    request=ReviewId,
    reply=File,
    roles=_REVIEWERS,
    errors=(NotFound,),
    timeout=30.0,
    download=True,
)
RETURN_REVIEW = Operation(
    name="return_review",
    summary=Words("提交评审意见", "Return a review"),
    kind="command",
    verb="POST",
    path="/reviews/{review_id}/result",
    request=ReturnReview,
    reply=Review,
    roles=_REVIEWER,
    errors=(NotFound, WrongState, Invalid, Classified),
    versioned=True,
)
DECLINE_REVIEW = Operation(
    name="decline_review",
    summary=Words("回避或谢绝评审", "Decline a review"),
    kind="command",
    verb="POST",
    path="/reviews/{review_id}/refusal",
    request=DeclineReview,
    reply=Review,
    roles=_REVIEWER,
    errors=(NotFound, WrongState),
    versioned=True,
)
OBJECT_TO_GRADE = Operation(
    name="object_to_grade",
    summary=Words("对评定结果提出异议", "Object to one's grade"),
    kind="command",
    verb="POST",
    path="/reports/{report_id}/objection",
    request=ObjectToGrade,
    reply=Report,
    roles=AUTHOR,
    errors=(NotFound, WrongState, ReportTooLate),
    versioned=True,
)
DECIDE_OBJECTION = Operation(
    name="decide_objection",
    summary=Words("答复异议", "Decide on an objection"),
    kind="command",
    verb="POST",
    path="/reports/{report_id}/objection/decision",
    request=DecideObjection,
    reply=Report,
    roles=SCHOOL,
    errors=(NotFound, WrongState),
    versioned=True,
)

OPERATIONS = (
    PUT_PANEL,
    GET_PANEL,
    ASSIGN_REVIEWS,
    LIST_REVIEWS,
    GET_REVIEW,
    GET_REVIEW_FILE,
    RETURN_REVIEW,
    DECLINE_REVIEW,
    OBJECT_TO_GRADE,
    DECIDE_OBJECTION,
)
