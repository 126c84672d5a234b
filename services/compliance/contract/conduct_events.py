"""Events of incidents, sanctions and withdrawal (退学)."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts import Event, EventData
from shared.wording import Words


class IncidentOpened(EventData):
    """An incident file was opened."""

    incident_id = fields.String(required=True)
    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)


class SanctionImposed(EventData):
    """A sanction was imposed; ``sanction`` names the step of the ladder."""

    incident_id = fields.String(required=True)
    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    sanction = fields.String(required=True)


class WithdrawalOpened(EventData):
    """A limit was passed, or conduct calls for it: the organisation department has to decide; ``cause`` says which."""

    case_id = fields.String(required=True)
    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    cause = fields.String(required=True)


class TraineeWithdrawn(EventData):
    """The organisation department ended somebody's training; ``reason_code`` says by which rule."""

    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    reason_code = fields.String(required=True)


class ObjectionFiled(EventData):
    """Somebody objects to a measure; the organisation department answers."""

    objection_id = fields.String(required=True)
    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)


class ObjectionDecided(EventData):
    """An objection was answered: upheld (the measure stays), reduced or revoked."""

    objection_id = fields.String(required=True)
    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    decision = fields.String(required=True)


INCIDENT_OPENED = Event(
    "compliance.incident.opened.v1", Words("已建立违纪情况记录", "An incident file was opened"), IncidentOpened
)
SANCTION_IMPOSED = Event(
    "compliance.sanction.imposed.v1", Words("已作出处分提醒", "A sanction was imposed"), SanctionImposed
)
WITHDRAWAL_OPENED = Event(
    "compliance.withdrawal.opened.v1", Words("请决定是否退学", "A withdrawal is to be decided"), WithdrawalOpened
)
TRAINEE_WITHDRAWN = Event(
    "compliance.trainee.withdrawn.v1", Words("学员已退学", "A trainee was withdrawn"), TraineeWithdrawn
)
OBJECTION_FILED = Event(
    "compliance.objection.filed.v1", Words("学员提出内部异议", "An objection was filed"), ObjectionFiled
)
OBJECTION_DECIDED = Event(
    "compliance.objection.decided.v1", Words("内部异议已答复", "An objection was answered"), ObjectionDecided
)

EVENTS = (
    INCIDENT_OPENED,
    SANCTION_IMPOSED,
    WITHDRAWAL_OPENED,
    TRAINEE_WITHDRAWN,
    OBJECTION_FILED,
    OBJECTION_DECIDED,
)
