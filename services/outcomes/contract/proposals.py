"""Policy proposals (政策建议): filed, forwarded, answered, followed."""

from __future__ import annotations

from marshmallow import fields, validate

from services.outcomes.contract.parts import READERS, Classified, WrongState, identifier, prose, unit_path
from services.outcomes.domain.proposal import PROGRESS, State
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import Conflict, Forbidden, Invalid, NotFound, Unavailable
from shared.security.caller import Role
from shared.wording import Words

STATES = tuple(state.value for state in State)
DECISIONS = (State.ADOPTED.value, State.PARTLY_ADOPTED.value, State.DECLINED.value)
_FILERS = frozenset({Role.TRAINEE, Role.UNIT})
_ORGANISATION = frozenset({Role.ORGANISATION_DEPARTMENT})
_DEPARTMENTS = frozenset({Role.UNIT, Role.ORGANISATION_DEPARTMENT})
_SEEN = READERS | {Role.TRAINEE}


class FollowUpTooEarly(Conflict):
    """A follow-up is taken from some days before it is due; ``details["opens_on"]`` is the first."""

    code = "outcomes.follow-up-too-early"
    title = Words("尚未到跟踪填报时间", "Too early for this follow-up")


class FileProposal(Request):
    """A proposal; a unit files for one of its trainees and names which."""

    nomination_id = identifier()
    title = prose(100, 4, required=True)
    body = prose(8000, 20, required=True)


class ProposalId(Request):
    """Which proposal."""

    proposal_id = identifier(required=True)


class ForwardProposal(ProposalId):
    """To which department, and until when it answers; by default as many days as the limits say."""

    receiving_unit_id = unit_path(required=True)
    due_on = fields.Date()


class AnswerProposal(ProposalId):
    """What the department decided, with the answer to the author."""

    decision = fields.String(required=True, validate=validate.OneOf(DECISIONS))
    answer = prose(4000, 5, required=True)


class RecordFollowUp(ProposalId):
    """How far the department has come, and what shows it."""

    month = fields.Integer(required=True, validate=validate.Range(1, 120))
    progress = fields.String(required=True, validate=validate.OneOf(PROGRESS))
    evidence = prose(4000, 5, required=True)


class ListProposals(Page):
    """Which proposals. ``received``: those sent to the caller's unit to be answered, instead of its own people's."""

    term_id = identifier()
    unit_id = unit_path()
    state = fields.String(validate=validate.OneOf(STATES))
    received = fields.Boolean(load_default=False)


class ListFollowUps(Page):
    """Adopted proposals by the day of their next follow-up, the earliest first."""

    unit_id = unit_path()
    due_until = fields.Date()


class FollowUp(Reply):
    """One follow-up; ``overdue``: its day has passed and nothing was recorded."""

    month = fields.Integer(required=True)
    due_on = fields.Date(required=True)
    progress = fields.String(required=True, allow_none=True, validate=validate.OneOf((*PROGRESS, None)))
    evidence = fields.String(required=True)
    recorded_on = fields.Date(required=True, allow_none=True)
    late = fields.Boolean(required=True)
    overdue = fields.Boolean(required=True)


class DepartmentAnswer(Reply):
    """A department's answer."""

    unit_id = fields.String(required=True)
    decision = fields.String(required=True, validate=validate.OneOf(DECISIONS))
    text = fields.String(required=True)
    answered_on = fields.Date(required=True)
    late = fields.Boolean(required=True)


class ProposalRow(Reply):
    """A proposal. ``overdue``: the department has not answered by ``due_on``, or a follow-up was not recorded."""

    proposal_id = fields.String(required=True)
    nomination_id = fields.String(
        required=True, allow_none=True, metadata={"description": "接收部门不可见 / null for the receiving department"}
    )
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    title = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    filed_at = fields.AwareDateTime(required=True)
    receiving_unit_id = fields.String(required=True, allow_none=True)
    due_on = fields.Date(required=True, allow_none=True)
    next_follow_up_on = fields.Date(required=True, allow_none=True)
    overdue = fields.Boolean(required=True)
    version = fields.Integer(required=True)


class Proposal(ProposalRow):
    """A proposal with its text, every answer, the present one last, and its follow-ups."""

    body = fields.String(required=True)
    answers = fields.List(fields.Nested(DepartmentAnswer), required=True)
    follow_ups = fields.List(fields.Nested(FollowUp), required=True)


FILE_PROPOSAL = Operation(
    name="file_proposal",
    summary=Words("提出政策建议", "File a policy proposal"),
    kind="command",
    verb="POST",
    path="/proposals",
    request=FileProposal,
    reply=Proposal,
    roles=_FILERS,
    errors=(NotFound, Invalid, Forbidden, Classified),
    versioned=True,
    status=201,
)
LIST_PROPOSALS = Operation(
    name="list_proposals",
    summary=Words("查询政策建议", "List policy proposals"),
    kind="query",
    verb="GET",
    path="/proposals",
    request=ListProposals,
    reply=page_of(ProposalRow),
    roles=_SEEN,
    scope="unit_id",
)
GET_PROPOSAL = Operation(
    name="get_proposal",
    summary=Words("查看一条政策建议", "Show a policy proposal"),
    kind="query",
    verb="GET",
    path="/proposals/{proposal_id}",
    request=ProposalId,
    reply=Proposal,
    roles=_SEEN,
    errors=(NotFound,),
    versioned=True,
)
WITHDRAW_PROPOSAL = Operation(
    name="withdraw_proposal",
    summary=Words("撤回政策建议", "Take a proposal back"),
    kind="command",
    verb="POST",
    path="/proposals/{proposal_id}/withdrawal",
    request=ProposalId,
    reply=Proposal,
    roles=_FILERS,
    errors=(NotFound, WrongState),
    versioned=True,
)
FORWARD_PROPOSAL = Operation(
    name="forward_proposal",
    summary=Words("转送有关部门研究", "Forward a proposal to a department"),
    kind="command",
    verb="POST",
    path="/proposals/{proposal_id}/forwarding",
    request=ForwardProposal,
    reply=Proposal,
    roles=_ORGANISATION,
    errors=(NotFound, Invalid, WrongState, Unavailable),
    versioned=True,
)
ANSWER_PROPOSAL = Operation(
    name="answer_proposal",
    summary=Words("部门答复：采纳、部分采纳或不采纳", "Adopt, partly adopt or decline, with the answer"),
    kind="command",
    verb="POST",
    path="/proposals/{proposal_id}/answer",
    request=AnswerProposal,
    reply=Proposal,
    roles=_DEPARTMENTS,
    errors=(NotFound, WrongState, Classified),
    versioned=True,
)
RECORD_FOLLOW_UP = Operation(
    name="record_follow_up",
    summary=Words("填报采纳后的进展", "Record how far an adopted proposal has come"),
    kind="command",
    verb="POST",
    path="/proposals/{proposal_id}/follow-ups",
    request=RecordFollowUp,
    reply=Proposal,
    roles=_DEPARTMENTS,
    errors=(NotFound, WrongState, FollowUpTooEarly, Classified),
    versioned=True,
)
LIST_FOLLOW_UPS = Operation(
    name="list_follow_ups",
    summary=Words("查询待跟踪的建议", "List proposals by their next follow-up"),
    kind="query",
    verb="GET",
    path="/follow-ups",
    request=ListFollowUps,
    reply=page_of(Proposal),
    roles=READERS,
    scope="unit_id",
)

OPERATIONS = (
    FILE_PROPOSAL,
    LIST_PROPOSALS,
    GET_PROPOSAL,
    WITHDRAW_PROPOSAL,
    FORWARD_PROPOSAL,
    ANSWER_PROPOSAL,
    RECORD_FOLLOW_UP,
    LIST_FOLLOW_UPS,
)
