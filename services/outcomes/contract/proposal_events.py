"""Events of policy proposals (政策建议) and what became of them."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts import Event, EventData
from shared.wording import Words


class ProposalFiled(EventData):
    """A proposal was filed."""

    proposal_id = fields.String(required=True)
    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)


class ProposalForwarded(EventData):
    """A proposal went to a department, ``unit_id``, which answers by ``due_on``; one that had it before does not."""

    proposal_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    due_on = fields.Date(required=True)


class ProposalAnswered(EventData):
    """The department adopted it, adopted it in part, or declined it; ``unit_id`` is its author's."""

    proposal_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    decision = fields.String(required=True)


class ProposalWithdrawn(EventData):
    """Its author's side took a proposal back that a department, ``unit_id``, had not answered; none is awaited now."""

    proposal_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)


class FollowUpDue(EventData):
    """A department, ``unit_id``, has to say how far an adopted proposal has come."""

    proposal_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    month = fields.Integer(required=True)
    due_on = fields.Date(required=True)


class FollowUpOverdue(EventData):
    """The day of a follow-up has passed and the department has said nothing."""

    proposal_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    month = fields.Integer(required=True)
    due_on = fields.Date(required=True)


class FollowUpRecorded(EventData):
    """A department said how far it has come."""

    proposal_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    month = fields.Integer(required=True)
    state = fields.String(required=True)


PROPOSAL_FILED = Event("outcomes.proposal.filed.v1", Words("政策建议已提交", "A proposal was filed"), ProposalFiled)
PROPOSAL_FORWARDED = Event(
    "outcomes.proposal.forwarded.v1", Words("政策建议已转送有关部门", "A proposal was forwarded"), ProposalForwarded
)
PROPOSAL_ANSWERED = Event(
    "outcomes.proposal.answered.v1", Words("有关部门已答复", "A proposal was answered"), ProposalAnswered
)
PROPOSAL_WITHDRAWN = Event(
    "outcomes.proposal.withdrawn.v1", Words("政策建议已撤回", "A proposal was withdrawn"), ProposalWithdrawn
)
FOLLOW_UP_DUE = Event("outcomes.follow-up.due.v1", Words("请报告采纳进展", "A follow-up is due"), FollowUpDue)
FOLLOW_UP_OVERDUE = Event(
    "outcomes.follow-up.overdue.v1", Words("采纳进展逾期未报", "A follow-up is overdue"), FollowUpOverdue
)
FOLLOW_UP_RECORDED = Event(
    "outcomes.follow-up.recorded.v1", Words("采纳进展已报告", "A follow-up was recorded"), FollowUpRecorded
)

EVENTS = (
    PROPOSAL_FILED,
    PROPOSAL_FORWARDED,
    PROPOSAL_ANSWERED,
    PROPOSAL_WITHDRAWN,
    FOLLOW_UP_DUE,
    FOLLOW_UP_OVERDUE,
    FOLLOW_UP_RECORDED,
)
