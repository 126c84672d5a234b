"""Proposing lecturers for the courses of a term, inviting them, and their answers by personal link."""

from __future__ import annotations

from marshmallow import fields, validate

from services.scheduling.contract.lecturers import READERS, TEACHING, lecturer_code
from services.scheduling.contract.parts import PLANNERS, Day, TermIsCancelled, Text, count, identifier
from services.scheduling.contract.timetable_events import FORMS, LECTURER_GRADES
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import Conflict, Invalid, NotFound
from shared.security.caller import Role
from shared.wording import Words

STATES = ("invited", "confirmed", "declined", "lapsed", "withdrawn", "superseded")
THEMSELVES = frozenset({Role.LECTURER})
_REASON = validate.Length(1, 500)


class TermNotPlaced(Conflict):
    """The term has no dates yet."""

    code = "scheduling.term-not-placed"
    title = Words("该期尚未排期", "Term not placed")


class CourseTaken(Conflict):
    """Somebody is asked for the course, or has agreed; ``details["invitation_id"]`` is that invitation."""

    code = "scheduling.course-taken"
    title = Words("该课程已邀请教师", "Course taken")


class AnswerTooLate(Conflict):
    """The last day to answer has passed; ``details["due_on"]`` was that day."""

    code = "scheduling.answer-too-late"
    title = Words("答复已逾期", "Answer too late")


class InvitationSettled(Conflict):
    """The invitation is not open any more; ``details["state"]`` says what became of it."""

    code = "scheduling.invitation-settled"
    title = Words("邀请已了结", "Invitation settled")


class ListLecturerProposals(Request):
    """For which term, for one course or all of them, and how many candidates each."""

    term_id = identifier(required=True)
    course_id = identifier()
    limit = count(50, load_default=5)


class GroundRow(Reply):
    """One ground of a proposal; points add up to the score, ``bars``: because of it the lecturer does not suit."""

    code = fields.String(required=True)
    points = fields.Integer(required=True)
    bars = fields.Boolean(required=True)
    words = fields.Nested(Text, required=True)


class CandidateRow(Reply):
    """A lecturer for a course. ``fee`` is the most the hours may cost, in yuan after tax."""

    lecturer_id = fields.String(required=True)
    name = fields.String(required=True)
    organisation = fields.String(required=True)
    grade = fields.String(required=True, validate=validate.OneOf(LECTURER_GRADES))
    suitable = fields.Boolean(required=True)
    score = fields.Integer(required=True)
    fee = fields.Decimal(places=2, required=True, allow_none=True, as_string=True)
    grounds = fields.List(fields.Nested(GroundRow), required=True)


class CourseProposals(Reply):
    """A course with its candidates, best first; nobody is proposed for self-study."""

    course_id = fields.String(required=True)
    title = fields.String(required=True)
    form = fields.String(required=True, validate=validate.OneOf(FORMS))
    hours = fields.Integer(required=True)
    invitation_id = fields.String(required=True, allow_none=True)
    invited_id = fields.String(required=True, allow_none=True)
    invitation_state = fields.String(required=True, allow_none=True)
    candidates = fields.List(fields.Nested(CandidateRow), required=True)


class Proposals(Reply):
    """Proposals for a term by the scheme in force; ``budget_left`` is what it has left for lecturers, in yuan."""

    term_id = fields.String(required=True)
    budget_left = fields.Decimal(places=2, required=True, allow_none=True, as_string=True)
    items = fields.List(fields.Nested(CourseProposals), required=True)


class InviteLecturer(Request):
    """Whom to ask for which course; ``due_on`` is the last day to answer, by default some working days ahead."""

    term_id = identifier(required=True)
    course_id = identifier(required=True)
    lecturer_id = lecturer_code(required=True)
    due_on = Day()
    instead_of = identifier(
        metadata={"description": "被替代的邀请 / the invitation that was declined or lapsed, when this one replaces it"}
    )


class InvitationId(Request):
    """Which invitation."""

    invitation_id = identifier(required=True)


class WithdrawInvitation(InvitationId):
    """Why the lecturer is not asked any more."""

    reason = fields.String(required=True, validate=_REASON)


class AnswerInvitation(InvitationId):
    """The lecturer's own answer. Who declines may name a registered colleague instead."""

    answer = fields.String(required=True, validate=validate.OneOf(("confirm", "decline")))
    reason = fields.String(load_default=None, allow_none=True, validate=_REASON)
    substitute_id = lecturer_code(load_default=None, allow_none=True)


class ListInvitations(Page):
    """Which invitations to list."""

    term_id = identifier()
    lecturer_id = lecturer_code()
    state = fields.String(validate=validate.OneOf(STATES))
    unfilled = fields.Boolean(
        metadata={
            "description": "只看谢绝或逾期未复、且该课程尚未另请教师、课表也未改由他人讲授的邀请"
            "（每门课程最近一份；已取消和已结束的期不计）"
            " / only those declined or lapsed whose course nobody else is asked for, or teaches by the timetable in "
            "force, the latest of each course; none of terms that are cancelled or over"
        }
    )


class Invitation(Reply):
    """An invitation of a lecturer to a course of a term."""

    invitation_id = fields.String(required=True)
    plan_id = fields.String(required=True)
    term_id = fields.String(required=True)
    programme_title = fields.String(required=True)
    ordinal = fields.Integer(required=True)
    starts_on = Day(required=True, allow_none=True)
    ends_on = Day(required=True, allow_none=True)
    campus_title = fields.String(required=True, allow_none=True)
    campus_address = fields.String(required=True, allow_none=True)
    course_id = fields.String(required=True)
    course_title = fields.String(required=True)
    hours = fields.Integer(required=True)
    lecturer_id = fields.String(required=True)
    lecturer_name = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    due_on = Day(required=True)
    invited_at = fields.AwareDateTime(required=True)
    answered_at = fields.AwareDateTime(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    substitute_id = fields.String(required=True, allow_none=True)
    instead_of = fields.String(required=True, allow_none=True)
    retiming_id = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "因时间调整而再次邀请 / asked again because the term was retimed"},
    )
    version = fields.Integer(required=True)


class OwnInvitations(Reply):
    """The invitations of the lecturer who asks, newest first."""

    items = fields.List(fields.Nested(Invitation), required=True)


class Substitute(Reply):
    """A colleague who could be named instead."""

    lecturer_id = fields.String(required=True)
    name = fields.String(required=True)
    organisation = fields.String(required=True)


class Substitutes(Reply):
    """Colleagues who could be named instead."""

    items = fields.List(fields.Nested(Substitute), required=True)


LIST_LECTURER_PROPOSALS = Operation(
    name="list_lecturer_proposals",
    summary=Words("为一期各门课程推荐教师", "Propose lecturers for the courses of a term"),
    kind="query",
    verb="GET",
    path="/terms/{term_id}/lecturer-proposals",
    request=ListLecturerProposals,
    reply=Proposals,
    roles=PLANNERS,
    citywide=True,
    errors=(NotFound,),
)
INVITE_LECTURER = Operation(
    name="invite_lecturer",
    summary=Words("邀请教师授课", "Invite a lecturer to a course"),
    kind="command",
    verb="POST",
    path="/terms/{term_id}/invitations",
    request=InviteLecturer,
    reply=Invitation,
    roles=TEACHING,
    citywide=True,
    errors=(NotFound, Invalid, TermNotPlaced, TermIsCancelled, CourseTaken),
    status=201,
)
LIST_INVITATIONS = Operation(
    name="list_invitations",
    summary=Words("列出授课邀请", "List invitations"),
    kind="query",
    verb="GET",
    path="/invitations",
    request=ListInvitations,
    reply=page_of(Invitation),
    roles=READERS,
)
GET_INVITATION = Operation(
    name="get_invitation",
    summary=Words("查看授课邀请", "Show an invitation"),
    kind="query",
    verb="GET",
    path="/invitations/{invitation_id}",
    request=InvitationId,
    reply=Invitation,
    roles=READERS,
    errors=(NotFound,),
    versioned=True,
)
WITHDRAW_INVITATION = Operation(
    name="withdraw_invitation",
    summary=Words("撤回授课邀请", "Withdraw an invitation"),
    kind="command",
    verb="POST",
    path="/invitations/{invitation_id}/withdrawal",
    request=WithdrawInvitation,
    reply=Invitation,
    roles=TEACHING,
    citywide=True,
    errors=(NotFound, InvitationSettled),
    versioned=True,
)
LIST_OWN_INVITATIONS = Operation(
    name="list_own_invitations",
    summary=Words("教师查看本人的授课邀请", "Show a lecturer's own invitations"),
    kind="query",
    verb="GET",
    path="/lecturer/invitations",
    request=Request,
    reply=OwnInvitations,
    roles=THEMSELVES,
)
ANSWER_INVITATION = Operation(
    name="answer_invitation",
    summary=Words("教师确认或谢绝授课", "Confirm or decline to teach"),
    kind="command",
    verb="POST",
    path="/lecturer/invitations/{invitation_id}/answer",
    request=AnswerInvitation,
    reply=Invitation,
    roles=THEMSELVES,
    errors=(NotFound, Invalid, AnswerTooLate, InvitationSettled),
    versioned=True,
)
LIST_SUBSTITUTES = Operation(
    name="list_substitutes",
    summary=Words("可推荐的替代教师", "Colleagues who could be named instead"),
    kind="query",
    verb="GET",
    path="/lecturer/invitations/{invitation_id}/substitutes",
    request=InvitationId,
    reply=Substitutes,
    roles=THEMSELVES,
    errors=(NotFound,),
)
OPERATIONS = (
    LIST_LECTURER_PROPOSALS,
    INVITE_LECTURER,
    LIST_INVITATIONS,
    GET_INVITATION,
    WITHDRAW_INVITATION,
    LIST_OWN_INVITATIONS,
    ANSWER_INVITATION,
    LIST_SUBSTITUTES,
)
