"""Events of lecturers and their invitations; a lecturer is named by identifier only."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts import Event, EventData
from shared.wording import Words


class LecturerInvited(EventData):
    """A lecturer is asked to teach a course of a term; the link is asked for when the message is sent."""

    invitation_id = fields.String(required=True)
    lecturer_id = fields.String(required=True)
    term_id = fields.String(required=True)
    course_id = fields.String(required=True)
    due_on = fields.Date(required=True)


class LecturerConfirmed(EventData):
    """A lecturer agreed."""

    invitation_id = fields.String(required=True)
    lecturer_id = fields.String(required=True)
    term_id = fields.String(required=True)
    course_id = fields.String(required=True)


class LecturerDeclined(EventData):
    """A lecturer declined; ``substitute_id`` is whom they, or the Party school, offer instead."""

    invitation_id = fields.String(required=True)
    lecturer_id = fields.String(required=True)
    term_id = fields.String(required=True)
    course_id = fields.String(required=True)
    substitute_id = fields.String(required=True, allow_none=True)


class InvitationLapsed(EventData):
    """Nobody answered an invitation in time; the Party school has to ask somebody else."""

    invitation_id = fields.String(required=True)
    lecturer_id = fields.String(required=True)
    term_id = fields.String(required=True)
    course_id = fields.String(required=True)
    due_on = fields.Date(required=True)


class InvitationWithdrawn(EventData):
    """A lecturer who was asked, or had agreed, is not needed any more."""

    invitation_id = fields.String(required=True)
    lecturer_id = fields.String(required=True)
    term_id = fields.String(required=True)
    course_id = fields.String(required=True)


class InvitationSuperseded(EventData):
    """The term's days changed: the lecturer is asked anew, and this invitation waits for no answer."""

    invitation_id = fields.String(required=True)
    lecturer_id = fields.String(required=True)
    term_id = fields.String(required=True)
    course_id = fields.String(required=True)


LECTURER_INVITED = Event(
    "scheduling.lecturer.invited.v1", Words("已邀请教师授课", "A lecturer was invited"), LecturerInvited
)
LECTURER_CONFIRMED = Event(
    "scheduling.lecturer.confirmed.v1", Words("教师已确认授课", "A lecturer confirmed"), LecturerConfirmed
)
LECTURER_DECLINED = Event(
    "scheduling.lecturer.declined.v1", Words("教师未能接受授课", "A lecturer declined"), LecturerDeclined
)
INVITATION_LAPSED = Event(
    "scheduling.invitation.lapsed.v1", Words("授课邀请逾期未答复", "An invitation lapsed"), InvitationLapsed
)
INVITATION_WITHDRAWN = Event(
    "scheduling.invitation.withdrawn.v1", Words("授课邀请已撤回", "An invitation was withdrawn"), InvitationWithdrawn
)
INVITATION_SUPERSEDED = Event(
    "scheduling.invitation.superseded.v1",
    Words("授课邀请已由新的邀请取代", "An invitation gave way to a newer one"),
    InvitationSuperseded,
)

EVENTS = (
    LECTURER_INVITED,
    LECTURER_CONFIRMED,
    LECTURER_DECLINED,
    INVITATION_LAPSED,
    INVITATION_WITHDRAWN,
    INVITATION_SUPERSEDED,
)
