"""Events of check-in, attendance and leave."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts import Event, EventData
from shared.wording import Words


class TraineeCheckedIn(EventData):
    """Somebody reported (报到)."""

    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)


class TraineeNotReported(EventData):
    """Somebody did not report within the days of grace; a case asks the organisation department whether they go."""

    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)


class AttendanceRecorded(EventData):
    """The roll of a session is complete, or was corrected; counts of people, who was late and left early in both."""

    term_id = fields.String(required=True)
    session_id = fields.String(required=True)
    present = fields.Integer(required=True)
    late = fields.Integer(required=True)
    left_early = fields.Integer(required=True)
    leave = fields.Integer(required=True)
    absent = fields.Integer(required=True)


class LeaveRequested(EventData):
    """Somebody asks for leave; ``awaits`` is the step of the ladder that decides next."""

    leave_id = fields.String(required=True)
    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    hours = fields.Integer(required=True)
    awaits = fields.String(required=True)


class LeaveDecided(EventData):
    """Leave was granted or refused; hours are class hours, ``allowance`` is the most that is still allowed."""

    leave_id = fields.String(required=True)
    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    decision = fields.String(required=True)
    hours = fields.Integer(required=True)
    leave_hours = fields.Integer(required=True)
    total_hours = fields.Integer(required=True)
    allowance = fields.Integer(required=True)


class LeaveLimitPassed(EventData):
    """Leave lies above the share that is allowed; the organisation department has to decide."""

    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    leave_hours = fields.Integer(required=True)
    total_hours = fields.Integer(required=True)


class AbsenceAlerted(EventData):
    """Somebody missed several sessions in a row without leave; the unit and the head teacher should look."""

    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    sessions = fields.Integer(required=True)


TRAINEE_CHECKED_IN = Event(
    "compliance.trainee.checked-in.v1", Words("学员已报到", "A trainee checked in"), TraineeCheckedIn
)
TRAINEE_NOT_REPORTED = Event(
    "compliance.trainee.not-reported.v1", Words("学员逾期未报到", "A trainee did not report"), TraineeNotReported
)
ATTENDANCE_RECORDED = Event(
    "compliance.attendance.recorded.v1", Words("考勤已登记", "Attendance was recorded"), AttendanceRecorded
)
LEAVE_REQUESTED = Event("compliance.leave.requested.v1", Words("学员申请请假", "Leave was requested"), LeaveRequested)
LEAVE_DECIDED = Event("compliance.leave.decided.v1", Words("请假已审批", "Leave was decided"), LeaveDecided)
LEAVE_LIMIT_PASSED = Event(
    "compliance.leave.limit-passed.v1", Words("请假累计超过限额", "Leave passed its limit"), LeaveLimitPassed
)
ABSENCE_ALERTED = Event(
    "compliance.absence.alerted.v1", Words("学员连续旷课", "Somebody missed sessions in a row"), AbsenceAlerted
)

EVENTS = (
    TRAINEE_CHECKED_IN,
    TRAINEE_NOT_REPORTED,
    ATTENDANCE_RECORDED,
    LEAVE_REQUESTED,
    LEAVE_DECIDED,
    LEAVE_LIMIT_PASSED,
    ABSENCE_ALERTED,
)
