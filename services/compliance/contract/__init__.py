"""What the compliance service offers."""

from __future__ import annotations

from services.compliance.contract import (
    attendance_events,
    briefings,
    closing_events,
    conduct_events,
    health_events,
    travel_events,
)
from services.compliance.contract.attendance_events import (
    ATTENDANCE_RECORDED,
    LEAVE_DECIDED,
    LEAVE_LIMIT_PASSED,
    LEAVE_REQUESTED,
    TRAINEE_CHECKED_IN,
    TRAINEE_NOT_REPORTED,
)
from services.compliance.contract.briefings import (
    ACKNOWLEDGE_BRIEFING,
    BRIEFING_ACKNOWLEDGED,
    BRIEFING_OPENED,
    GET_BRIEFING,
    LIST_BRIEFINGS,
    BriefingClosed,
)
from services.compliance.contract.closing_events import COMPLETION_DECIDED, TERM_CLOSED
from services.compliance.contract.conduct_events import INCIDENT_OPENED, SANCTION_IMPOSED, TRAINEE_WITHDRAWN
from services.compliance.contract.health_events import HEALTH_PURGED
from services.compliance.contract.travel_events import (
    PERSON_FOUND,
    PERSON_MISSING,
    RETURN_CONFIRMED,
    RETURN_DUE,
    RETURN_OVERDUE,
)
from shared.contracts import ServiceContract
from shared.wording import Words

CONTRACT = ServiceContract(
    name="compliance",
    title=Words("学员管理", "Compliance"),
    operations=(*briefings.OPERATIONS,),
    events=(
        *briefings.EVENTS,
        *attendance_events.EVENTS,
        *conduct_events.EVENTS,
        *travel_events.EVENTS,
        *health_events.EVENTS,
        *closing_events.EVENTS,
    ),
    consumes=(
        "enrollment.roster.admitted.v1",
        "enrollment.nomination.withdrawn.v1",
        "scheduling.term.placed.v1",
        "scheduling.term.moved.v1",
        "scheduling.term.cancelled.v1",
    ),
)

__all__ = [
    "ACKNOWLEDGE_BRIEFING",
    "ATTENDANCE_RECORDED",
    "BRIEFING_ACKNOWLEDGED",
    "BRIEFING_OPENED",
    "COMPLETION_DECIDED",
    "CONTRACT",
    "GET_BRIEFING",
    "HEALTH_PURGED",
    "INCIDENT_OPENED",
    "LEAVE_DECIDED",
    "LEAVE_LIMIT_PASSED",
    "LEAVE_REQUESTED",
    "LIST_BRIEFINGS",
    "PERSON_FOUND",
    "PERSON_MISSING",
    "RETURN_CONFIRMED",
    "RETURN_DUE",
    "RETURN_OVERDUE",
    "SANCTION_IMPOSED",
    "TERM_CLOSED",
    "TRAINEE_CHECKED_IN",
    "TRAINEE_NOT_REPORTED",
    "TRAINEE_WITHDRAWN",
    "BriefingClosed",
]
