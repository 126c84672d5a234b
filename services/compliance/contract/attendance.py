"""Attendance (考勤): the roll of each session, and everybody's sums."""

from __future__ import annotations

from marshmallow import ValidationError, fields, validate, validates_schema

from services.compliance.contract.parts import (
    MOST_ROWS,
    READERS,
    SCHOOL,
    Day,
    OutsideWindow,
    Problem,
    TermFrozen,
    TimetableMissing,
    identifier,
    said,
    unit_path,
)
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import NotFound
from shared.wording import Words

STATUSES = ("present", "late", "left_early", "leave", "absent")
_STATUS_WORDS = "出勤、迟到、早退、请假、旷课 / present, late, left early, leave, absent"


class GivenMark(Request):
    """One person's mark: a status, or the instants somebody came and left, from which it follows."""

    nomination_id = identifier(required=True)
    status = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.OneOf((*STATUSES, None)),
        metadata={"description": _STATUS_WORDS},
    )
    left_early = fields.Boolean(load_default=False, metadata={"description": "迟到又早退 / late, and left early too"})
    came_at = fields.AwareDateTime(load_default=None, allow_none=True)
    left_at = fields.AwareDateTime(load_default=None, allow_none=True)
    note = said(200)

    @validates_schema
    def _one_way(self, data: dict[str, object], **_: object) -> None:
        if (data["status"] is None) == (data["came_at"] is None):
            raise ValidationError("状态与到课时间二者填一 / give either a status or the time of coming", "status")


class RecordAttendance(Request):
    """The roll of one session, or corrections to it.

    ``others`` marks everybody not named and not marked yet; who has leave is marked as on leave all the same, and who
    has not checked in as absent. Changing a mark that stands takes a ``reason``.
    """

    term_id = identifier(required=True)
    session_id = identifier(required=True)
    marks = fields.List(fields.Nested(GivenMark), load_default=list, validate=validate.Length(max=MOST_ROWS))
    others = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(("present", "absent", None)))
    reason = said()


class MarkDone(Reply):
    """What became of one row: the status that stands now."""

    nomination_id = fields.String(required=True)
    done = fields.Boolean(required=True)
    status = fields.String(required=True, allow_none=True)
    problem = fields.Nested(Problem, required=True, allow_none=True)


class Counts(Reply):
    """How many people have each status."""

    present = fields.Integer(required=True)
    late = fields.Integer(required=True)
    left_early = fields.Integer(required=True)
    leave = fields.Integer(required=True)
    absent = fields.Integer(required=True)


class RollReport(Reply):
    """The state of a roll after the command; ``missing`` are those without a mark, ``items`` the rows given."""

    term_id = fields.String(required=True)
    session_id = fields.String(required=True)
    complete = fields.Boolean(required=True)
    missing = fields.List(fields.String(), required=True)
    counts = fields.Nested(Counts, required=True)
    items = fields.List(fields.Nested(MarkDone), required=True)
    version = fields.Integer(required=True)


class GetRoll(Request):
    """Which session's roll; of a day it lay on before when ``on`` says so, else of the day it lies on."""

    term_id = identifier(required=True)
    session_id = identifier(required=True)
    on = fields.Date()


class RollMark(Reply):
    """One person's mark."""

    nomination_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    status = fields.String(required=True)
    left_early = fields.Boolean(required=True)
    note = fields.String(required=True)


class Correction(Reply):
    """A mark that was changed: what stood there before, who changed it and why."""

    nomination_id = fields.String(required=True)
    before = fields.String(required=True, allow_none=True)
    after = fields.String(required=True, allow_none=True)
    reason = fields.String(required=True)
    by = fields.String(required=True)
    at = fields.AwareDateTime(required=True)


class Roll(Reply):
    """The roll of one session, the people within reach."""

    term_id = fields.String(required=True)
    session_id = fields.String(required=True)
    title = fields.String(required=True)
    on = Day(required=True)
    half = fields.String(required=True)
    hours = fields.Integer(required=True)
    complete = fields.Boolean(required=True)
    marks = fields.List(fields.Nested(RollMark), required=True)
    corrections = fields.List(fields.Nested(Correction), required=True)
    version = fields.Integer(required=True)


class ListRolls(Request):
    """Which term's sessions."""

    term_id = identifier(required=True)


class RollLine(Reply):
    """One session of the current timetable and the state of its roll."""

    session_id = fields.String(required=True)
    title = fields.String(required=True)
    on = fields.Date(required=True)
    half = fields.String(required=True)
    starts_at = fields.AwareDateTime(required=True)
    ends_at = fields.AwareDateTime(required=True)
    hours = fields.Integer(required=True)
    opens_at = fields.AwareDateTime(required=True, metadata={"description": "可点名的时间 / when the roll opens"})
    taken = fields.Boolean(required=True)


class Rolls(Reply):
    """The sessions of a term on its current timetable."""

    term_id = fields.String(required=True)
    timetable_version = fields.Integer(required=True)
    total_hours = fields.Integer(required=True)
    items = fields.List(fields.Nested(RollLine), required=True)


class ListAttendance(Page):
    """Whose sums to list."""

    term_id = identifier(required=True)
    unit_id = unit_path()


class Attendance(Reply):
    """One person's sums on the current timetable, in class hours; ``allowance`` is the most leave allowed."""

    nomination_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    state = fields.String(required=True)
    total_hours = fields.Integer(required=True)
    attended_hours = fields.Integer(required=True)
    leave_hours = fields.Integer(required=True)
    absent_hours = fields.Integer(required=True)
    absent_half_days = fields.Integer(required=True)
    present = fields.Integer(required=True)
    late = fields.Integer(required=True)
    left_early = fields.Integer(required=True)
    allowance = fields.Integer(required=True)


RECORD_ATTENDANCE = Operation(
    name="record_attendance",
    summary=Words("登记或更正一次课的考勤", "Take or correct the roll of a session"),
    kind="command",
    verb="POST",
    path="/terms/{term_id}/sessions/{session_id}/roll",
    request=RecordAttendance,
    reply=RollReport,
    roles=SCHOOL,
    citywide=True,
    errors=(NotFound, OutsideWindow, TimetableMissing, TermFrozen),
    versioned=True,
)
GET_ROLL = Operation(
    name="get_roll",
    summary=Words("查看一次课的考勤", "Show the roll of a session"),
    kind="query",
    verb="GET",
    path="/terms/{term_id}/sessions/{session_id}/roll",
    request=GetRoll,
    reply=Roll,
    roles=READERS,
    errors=(NotFound,),
    versioned=True,
)
LIST_ROLLS = Operation(
    name="list_rolls",
    summary=Words("查询一期各次课的点名情况", "List the sessions of a term and their rolls"),
    kind="query",
    verb="GET",
    path="/terms/{term_id}/rolls",
    request=ListRolls,
    reply=Rolls,
    roles=READERS,
    errors=(NotFound, TimetableMissing),
)
LIST_ATTENDANCE = Operation(
    name="list_attendance",
    summary=Words("查询学员出勤学时", "List hours attended"),
    kind="query",
    verb="GET",
    path="/terms/{term_id}/attendance",
    request=ListAttendance,
    reply=page_of(Attendance),
    roles=READERS,
    scope="unit_id",
    errors=(NotFound,),
)

OPERATIONS = (RECORD_ATTENDANCE, GET_ROLL, LIST_ROLLS, LIST_ATTENDANCE)
