"""What the compliance service offers."""

from __future__ import annotations

from services.compliance.contract import (
    attendance,
    attendance_events,
    briefings,
    checkin,
    closing_events,
    conduct_events,
    health_events,
    leave,
    travel_events,
    withdrawal,
)
from services.compliance.contract.attendance import GET_ROLL, LIST_ATTENDANCE, LIST_ROLLS, RECORD_ATTENDANCE
from services.compliance.contract.attendance_events import (
    ABSENCE_ALERTED,
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
from services.compliance.contract.checkin import CHECK_IN_TRAINEES, LIST_CHECK_INS
from services.compliance.contract.closing_events import COMPLETION_DECIDED, TERM_CLOSED
from services.compliance.contract.conduct_events import (
    INCIDENT_OPENED,
    SANCTION_IMPOSED,
    TRAINEE_WITHDRAWN,
    WITHDRAWAL_OPENED,
)
from services.compliance.contract.health_events import HEALTH_PURGED
from services.compliance.contract.leave import (
    CANCEL_LEAVE,
    CANCEL_MY_LEAVE,
    DECIDE_LEAVE,
    FILE_LEAVE,
    GET_LEAVE_GROUNDS,
    LIST_LEAVES,
    LIST_MY_LEAVES,
    PROJECT_LEAVE,
    PROJECT_MY_LEAVE,
    REQUEST_MY_LEAVE,
    LeaveOverlaps,
    LeaveOverLimit,
)
from services.compliance.contract.parts import OutsideWindow, TermFrozen, TimetableMissing, Unfounded, WrongState
from services.compliance.contract.travel_events import (
    PERSON_FOUND,
    PERSON_MISSING,
    RETURN_CONFIRMED,
    RETURN_DUE,
    RETURN_OVERDUE,
)
from services.compliance.contract.withdrawal import DECIDE_WITHDRAWAL, GET_WITHDRAWAL_CASE, LIST_WITHDRAWAL_CASES
from shared.contracts import ServiceContract
from shared.wording import Words

_ROOMS = (briefings, checkin, attendance, leave, withdrawal)

CONTRACT = ServiceContract(
    name="compliance",
    title=Words("学员管理", "Compliance"),
    operations=tuple(operation for room in _ROOMS for operation in room.OPERATIONS),
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
        "outcomes.report.graded.v1",
        "scheduling.term.placed.v1",
        "scheduling.term.moved.v1",
        "scheduling.term.cancelled.v1",
        "scheduling.timetable.issued.v1",
    ),
)

__all__ = [
    "ABSENCE_ALERTED",
    "ACKNOWLEDGE_BRIEFING",
    "ATTENDANCE_RECORDED",
    "BRIEFING_ACKNOWLEDGED",
    "BRIEFING_OPENED",
    "CANCEL_LEAVE",
    "CANCEL_MY_LEAVE",
    "CHECK_IN_TRAINEES",
    "COMPLETION_DECIDED",
    "CONTRACT",
    "DECIDE_LEAVE",
    "DECIDE_WITHDRAWAL",
    "FILE_LEAVE",
    "GET_BRIEFING",
    "GET_LEAVE_GROUNDS",
    "GET_ROLL",
    "GET_WITHDRAWAL_CASE",
    "HEALTH_PURGED",
    "INCIDENT_OPENED",
    "LEAVE_DECIDED",
    "LEAVE_LIMIT_PASSED",
    "LEAVE_REQUESTED",
    "LIST_ATTENDANCE",
    "LIST_BRIEFINGS",
    "LIST_CHECK_INS",
    "LIST_LEAVES",
    "LIST_MY_LEAVES",
    "LIST_ROLLS",
    "LIST_WITHDRAWAL_CASES",
    "PERSON_FOUND",
    "PERSON_MISSING",
    "PROJECT_LEAVE",
    "PROJECT_MY_LEAVE",
    "RECORD_ATTENDANCE",
    "REQUEST_MY_LEAVE",
    "RETURN_CONFIRMED",
    "RETURN_DUE",
    "RETURN_OVERDUE",
    "SANCTION_IMPOSED",
    "TERM_CLOSED",
    "TRAINEE_CHECKED_IN",
    "TRAINEE_NOT_REPORTED",
    "TRAINEE_WITHDRAWN",
    "WITHDRAWAL_OPENED",
    "BriefingClosed",
    "LeaveOverLimit",
    "LeaveOverlaps",
    "OutsideWindow",
    "TermFrozen",
    "TimetableMissing",
    "Unfounded",
    "WrongState",
]
