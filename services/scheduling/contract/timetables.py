"""Timetables (日程表) of terms: read as issued, in versions that never change, compared session by session."""

from __future__ import annotations

from marshmallow import fields, validate

from services.scheduling.contract.lecturers import lecturer_code
from services.scheduling.contract.parts import DELIVERIES, READERS, Day, Text, code, count, identifier
from services.scheduling.contract.timetable_events import FORMS, HALVES
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.contracts.exports import files_export
from shared.errors import Invalid, NotFound
from shared.security.caller import Role
from shared.wording import Words

STALE_BECAUSE = ("cancelled", "days", "room")


class SessionRow(Reply):
    """A session (课次) with names for people to read. Times are local; ``hours`` are class hours (学时)."""

    session_id = fields.String(required=True)
    course_id = fields.String(required=True)
    module = fields.String(required=True)
    title = fields.String(required=True)
    form = fields.String(required=True, validate=validate.OneOf(FORMS))
    on = Day(required=True)
    half = fields.String(required=True, validate=validate.OneOf(HALVES))
    starts_at = fields.String(required=True)
    ends_at = fields.String(required=True)
    hours = fields.Integer(required=True)
    lecturer_id = fields.String(required=True, allow_none=True)
    lecturer_name = fields.String(required=True, allow_none=True)
    lecturer_organisation = fields.String(required=True, allow_none=True)
    room_id = fields.String(required=True, allow_none=True)
    room_title = fields.String(required=True, allow_none=True)
    joint_id = fields.String(required=True, allow_none=True)
    host = fields.String(required=True, allow_none=True, metadata={"description": "主持人 / who presides"})


class TimetableId(Request):
    """Whose timetable, in which version; the one in force unless given."""

    term_id = identifier(required=True)
    number = count(1_000_000)


class TimetableReply(Reply):
    """A version of a term's timetable, with everything a printed 日程表 needs.

    ``stale``: the term moved since, to other days or to another room, or was cancelled; a new version is due, but for
    a cancelled term. ``stale_because`` says which, null where nothing is stale (or an older release answers).
    """

    term_id = fields.String(required=True)
    plan_id = fields.String(required=True)
    programme_title = fields.String(required=True)
    programme_ordinal = fields.Integer(required=True)
    ordinal = fields.Integer(required=True)
    kind = fields.String(required=True)
    starts_on = Day(required=True, allow_none=True)
    ends_on = Day(required=True, allow_none=True)
    days = fields.Integer(required=True)
    capacity = fields.Integer(required=True)
    reports_on = Day(required=True, allow_none=True)
    reports_from = fields.String(required=True, allow_none=True)
    reports_until = fields.String(required=True, allow_none=True)
    room_title = fields.String(required=True, allow_none=True)
    campus_title = fields.String(required=True, allow_none=True)
    campus_address = fields.String(required=True, allow_none=True)
    delivery = fields.String(load_default="campus", validate=validate.OneOf(DELIVERIES))
    number = fields.Integer(required=True)
    in_force = fields.Boolean(required=True)
    stale = fields.Boolean(required=True)
    stale_because = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(STALE_BECAUSE))
    issued_at = fields.AwareDateTime(required=True)
    issued_by = fields.String(required=True)
    reason = fields.String(required=True, allow_none=True)
    total_hours = fields.Integer(required=True)
    sessions = fields.List(fields.Nested(SessionRow), required=True)


class TimetableFile(Reply):
    """A version as an .xlsx workbook in the usual layout (日程表); content in base64."""

    filename = fields.String(required=True)
    media_type = fields.String(required=True)
    content = fields.String(required=True)


class ListTimetableVersions(Page):
    """Versions of whose timetable."""

    term_id = identifier(required=True)


class TimetableVersionRow(Reply):
    """A version of a timetable in a list."""

    number = fields.Integer(required=True)
    total_hours = fields.Integer(required=True)
    sessions = fields.Integer(required=True)
    changed = fields.Integer(
        required=True, metadata={"description": "变动的课次 / sessions changed against the one before"}
    )
    issued_at = fields.AwareDateTime(required=True)
    issued_by = fields.String(required=True)
    reason = fields.String(required=True, allow_none=True)


class CompareTimetable(Request):
    """Which two versions of whose timetable; the second is the one in force unless given."""

    term_id = identifier(required=True)
    from_number = count(1_000_000, required=True)
    to_number = count(1_000_000)


class DifferenceRow(Reply):
    """A session that is new, gone, at another time or place, or otherwise changed."""

    session_id = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(("added", "removed", "moved", "changed")))
    words = fields.Nested(Text, required=True)
    before = fields.Nested(SessionRow, required=True, allow_none=True)
    after = fields.Nested(SessionRow, required=True, allow_none=True)


class TimetableComparison(Reply):
    """What changed from one version to another, and which lecturers that concerns."""

    term_id = fields.String(required=True)
    from_number = fields.Integer(required=True)
    to_number = fields.Integer(required=True)
    hours_before = fields.Integer(required=True)
    hours_after = fields.Integer(required=True)
    differences = fields.List(fields.Nested(DifferenceRow), required=True)
    affected_lecturer_ids = fields.List(fields.String(), required=True)


class ListSessions(Request):
    """Issued sessions in a span of at most 366 days: of everybody, a term, a lecturer or a room."""

    from_day = Day(required=True)
    to_day = Day(required=True)
    term_id = identifier()
    lecturer_id = lecturer_code()
    room_id = code("教室 / room")


class ListOwnSessions(Request):
    """What the lecturer who asks teaches in a span of at most 366 days."""

    from_day = Day(required=True)
    to_day = Day(required=True)


class CalendarSession(SessionRow):
    """An issued session with its term."""

    term_id = fields.String(required=True)
    programme_title = fields.String(required=True)
    ordinal = fields.Integer(required=True)


class CalendarSessions(Reply):
    """Sessions in order; a joint lecture stands once for each of its terms, ``hours`` counts it once."""

    items = fields.List(fields.Nested(CalendarSession), required=True)
    hours = fields.Integer(required=True)


GET_TIMETABLE = Operation(
    name="get_timetable",
    summary=Words("查看一期的日程表", "Show a term's timetable"),
    kind="query",
    verb="GET",
    path="/terms/{term_id}/timetable",
    request=TimetableId,
    reply=TimetableReply,
    roles=READERS,
    errors=(NotFound,),
)
GET_TIMETABLE_FILE = Operation(
    name="get_timetable_file",
    summary=Words("下载日程表（Excel）", "Download a timetable as a workbook"),
    kind="query",
    verb="GET",
    path="/terms/{term_id}/timetable/file",
    request=TimetableId,
    reply=TimetableFile,
    roles=READERS,
    errors=(NotFound,),
    download=True,
)
EXPORT_SCHEDULING_FILES = files_export("scheduling")
LIST_TIMETABLE_VERSIONS = Operation(
    name="list_timetable_versions",
    summary=Words("列出日程表的历次版本", "List a timetable's versions"),
    kind="query",
    verb="GET",
    path="/terms/{term_id}/timetable/versions",
    request=ListTimetableVersions,
    reply=page_of(TimetableVersionRow),
    roles=READERS,
    errors=(NotFound,),
)
COMPARE_TIMETABLE = Operation(
    name="compare_timetable",
    summary=Words("比较日程表的两个版本", "Compare two versions of a timetable"),
    kind="query",
    verb="GET",
    path="/terms/{term_id}/timetable/comparison",
    request=CompareTimetable,
    reply=TimetableComparison,
    roles=READERS,
    errors=(NotFound,),
)
LIST_SESSIONS = Operation(
    name="list_sessions",
    summary=Words("查询已下达的课次", "List issued sessions by day, term, lecturer or room"),
    kind="query",
    verb="GET",
    path="/sessions",
    request=ListSessions,
    reply=CalendarSessions,
    roles=frozenset({Role.ORGANISATION_DEPARTMENT, Role.PARTY_SCHOOL, Role.AUDITOR, Role.SERVICE}),
    errors=(Invalid,),
)
LIST_OWN_SESSIONS = Operation(
    name="list_own_sessions",
    summary=Words("教师查看本人的课次", "Show what a lecturer teaches"),
    kind="query",
    verb="GET",
    path="/lecturer/sessions",
    request=ListOwnSessions,
    reply=CalendarSessions,
    roles=frozenset({Role.LECTURER}),
    errors=(Invalid,),
)
OPERATIONS = (
    GET_TIMETABLE,
    GET_TIMETABLE_FILE,
    LIST_TIMETABLE_VERSIONS,
    COMPARE_TIMETABLE,
    LIST_SESSIONS,
    LIST_OWN_SESSIONS,
    EXPORT_SCHEDULING_FILES,
)
