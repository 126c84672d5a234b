"""Making a timetable: drafts built from the scheme, by a scheduler or by hand, judged by the rules, and issued."""

from __future__ import annotations

from marshmallow import fields, validate

from services.scheduling.contract.invitations import TermNotPlaced
from services.scheduling.contract.lecturers import TEACHING, lecturer_code
from services.scheduling.contract.parts import (
    PLANNERS,
    Day,
    SchedulerUnknown,
    TermIsCancelled,
    Text,
    code,
    count,
    identifier,
)
from services.scheduling.contract.parts import title as heading
from services.scheduling.contract.timetable_events import FORMS, HALVES
from services.scheduling.contract.timetables import DifferenceRow, SessionRow
from shared.contracts import Operation, Reply, Request
from shared.errors import Conflict, Invalid, NotFound, StaleVersion
from shared.wording import Words

SOURCES = ("scheme", "issued", "empty")
_TIME = validate.Regexp(r"^([01][0-9]|2[0-3]):[0-5][0-9]$", error="时间应写作 08:30 / write a time as 08:30")
_TERMS = validate.Length(1, 30)


class DraftThere(Conflict):
    """The term has a draft already; issue it, drop it, or ask for it to be replaced."""

    code = "scheduling.draft-there"
    title = Words("已有日程表草稿", "There is a draft already")


class NoDraft(Conflict):
    """The term has no draft."""

    code = "scheduling.no-draft"
    title = Words("没有日程表草稿", "No draft")


class TimetableBroken(Conflict):
    """The timetable breaks hard rules; ``details["breaches"]`` names each."""

    code = "scheduling.timetable-broken"
    title = Words("日程表违反排课规则", "Timetable breaks a rule")


class OpenTimetableDraft(Request):
    """What a draft begins with: the scheme in force, the issued version on the term's present days, or nothing."""

    term_id = identifier(required=True)
    source = fields.String(load_default="scheme", validate=validate.OneOf(SOURCES))
    replace = fields.Boolean(load_default=False)


class DraftId(Request):
    """Whose draft."""

    term_id = identifier(required=True)


class SessionFields(Request):
    """What a session consists of. Times left out are those of the half-day."""

    title = heading()
    module = heading()
    form = fields.String(validate=validate.OneOf(FORMS))
    on = Day()
    half = fields.String(validate=validate.OneOf(HALVES))
    starts_at = fields.String(validate=_TIME)
    ends_at = fields.String(validate=_TIME)
    hours = count(12)
    lecturer_id = lecturer_code(allow_none=True)
    room_id = code("教室 / room", allow_none=True)
    host = fields.String(allow_none=True, validate=validate.Length(1, 40))


class AddSession(SessionFields):
    """A new session of a draft; without ``course_id`` it belongs to no course of the scheme."""

    term_id = identifier(required=True)
    course_id = identifier(load_default=None, allow_none=True)
    title = heading(required=True)
    module = heading(load_default="其他")
    form = fields.String(load_default="lecture", validate=validate.OneOf(FORMS))
    on = Day(required=True)
    half = fields.String(required=True, validate=validate.OneOf(HALVES))
    hours = count(12, required=True)


class ChangeSession(SessionFields):
    """What changes; fields left out stay. A joint lecture changes in all its terms. ``apart``: it leaves the joint."""

    term_id = identifier(required=True)
    session_id = identifier(required=True)
    apart = fields.Boolean(load_default=False)


class SessionId(Request):
    """Which session of whose draft."""

    term_id = identifier(required=True)
    session_id = identifier(required=True)


class SwapSessions(SessionId):
    """Two sessions that change places in time; each keeps its lecturer and room."""

    other_id = identifier(required=True)


class JoinedSession(Request):
    """A session of a term that becomes part of a joint lecture."""

    term_id = identifier(required=True)
    session_id = identifier(required=True)


class JoinSessions(Request):
    """Sessions of several terms that become one joint lecture; all take time, place and lecturer of the first."""

    sessions = fields.List(fields.Nested(JoinedSession), required=True, validate=validate.Length(2, 20))


class ArrangeTimetables(Request):
    """Terms whose drafts a scheduler makes anew together; ``keep`` are sessions that stay where they are."""

    term_ids = fields.List(identifier(), required=True, validate=_TERMS)
    scheduler = fields.String(load_default="timetable_exact", validate=validate.Length(1, 60))
    seconds = fields.Float(load_default=20.0, validate=validate.Range(1.0, 600.0))
    seed = count(2**31 - 1, load_default=1)
    keep = fields.List(identifier(), load_default=list, validate=validate.Length(max=500))


class IssueTimetables(Request):
    """Terms whose drafts are issued together, and why; terms that share a joint lecture are issued together."""

    term_ids = fields.List(identifier(), required=True, validate=_TERMS)
    reason = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 500))


class BreachRow(Reply):
    """A hard rule that is broken, or a remark that does not stand in the way."""

    code = fields.String(required=True)
    term_ids = fields.List(fields.String(), required=True)
    session_ids = fields.List(fields.String(), required=True)
    words = fields.Nested(Text, required=True)


class TimetableDraft(Reply):
    """A draft. It can be issued when ``breaches`` is empty; ``remarks`` are worth a look and hold nothing up."""

    term_id = fields.String(required=True)
    based_on = fields.Integer(required=True)
    total_hours = fields.Integer(required=True)
    scheme_hours = fields.Integer(required=True, allow_none=True)
    sessions = fields.List(fields.Nested(SessionRow), required=True)
    breaches = fields.List(fields.Nested(BreachRow), required=True)
    remarks = fields.List(fields.Nested(BreachRow), required=True)
    differences = fields.List(fields.Nested(DifferenceRow), required=True)
    left_out = fields.List(
        fields.Nested(Text), required=True, metadata={"description": "排不下的课程 / what found no half-day"}
    )
    solve_id = fields.String(
        required=True, allow_none=True, metadata={"description": "正在排课 / the solve that is making it anew"}
    )
    also_changed = fields.List(
        fields.String(), required=True, metadata={"description": "同时改动的其他期 / other terms changed with it"}
    )
    version = fields.Integer(required=True)


class SessionPlace(Reply):
    """A half-day, what a session there would newly break, and how many broken rules it would mend."""

    on = Day(required=True)
    half = fields.String(required=True, validate=validate.OneOf(HALVES))
    broken = fields.List(fields.Nested(BreachRow), required=True)
    mended = fields.Integer(required=True)


class SessionPlaces(Reply):
    """Every half-day of the term, in order. A joint lecture is judged in all its terms."""

    term_id = fields.String(required=True)
    session_id = fields.String(required=True)
    places = fields.List(fields.Nested(SessionPlace), required=True)
    version = fields.Integer(required=True, metadata={"description": "所依据的草稿版本 / of the draft"})


class Dropped(Reply):
    """The draft is gone."""

    term_id = fields.String(required=True)


class Arrangement(Reply):
    """The solve that makes the drafts; ``get_timetable_solve`` shows how far it is."""

    solve_id = fields.String(required=True)
    term_ids = fields.List(fields.String(), required=True)
    lectures = fields.Integer(required=True)


class IssuedRow(Reply):
    """What was issued for one term; ``changed`` sessions are against the version before."""

    term_id = fields.String(required=True)
    number = fields.Integer(required=True)
    total_hours = fields.Integer(required=True)
    changed = fields.Integer(required=True)
    affected_lecturer_ids = fields.List(fields.String(), required=True)


class IssuedTimetables(Reply):
    """What was issued; a draft that changes nothing gives no new version."""

    items = fields.List(fields.Nested(IssuedRow), required=True)


_DRAFT_ERRORS = (NotFound, Invalid, StaleVersion, NoDraft, TermNotPlaced)
OPEN_TIMETABLE_DRAFT = Operation(
    name="open_timetable_draft",
    summary=Words("起草日程表", "Begin a timetable's draft"),
    kind="command",
    verb="POST",
    path="/terms/{term_id}/timetable/draft",
    request=OpenTimetableDraft,
    reply=TimetableDraft,
    roles=TEACHING,
    citywide=True,
    status=201,
    errors=(NotFound, Invalid, DraftThere, TermNotPlaced, TermIsCancelled),
    versioned=True,
)
GET_TIMETABLE_DRAFT = Operation(
    name="get_timetable_draft",
    summary=Words("查看日程表草稿及规则检查", "Show a draft with what it breaks"),
    kind="query",
    verb="GET",
    path="/terms/{term_id}/timetable/draft",
    request=DraftId,
    reply=TimetableDraft,
    roles=PLANNERS,
    citywide=True,
    errors=(NotFound, NoDraft, TermNotPlaced),
    versioned=True,
)
DROP_TIMETABLE_DRAFT = Operation(
    name="drop_timetable_draft",
    summary=Words("放弃日程表草稿", "Drop a draft"),
    kind="command",
    verb="DELETE",
    path="/terms/{term_id}/timetable/draft",
    request=DraftId,
    reply=Dropped,
    roles=TEACHING,
    citywide=True,
    errors=(NotFound, Invalid, StaleVersion, NoDraft),
)
ADD_SESSION = Operation(
    name="add_session",
    summary=Words("在草稿中增加课次", "Add a session to a draft"),
    kind="command",
    verb="POST",
    path="/terms/{term_id}/timetable/draft/sessions",
    request=AddSession,
    reply=TimetableDraft,
    roles=TEACHING,
    citywide=True,
    status=201,
    errors=_DRAFT_ERRORS,
    versioned=True,
)
CHANGE_SESSION = Operation(
    name="change_session",
    summary=Words("调整草稿中的课次", "Change a session of a draft"),
    kind="command",
    verb="PATCH",
    path="/terms/{term_id}/timetable/draft/sessions/{session_id}",
    request=ChangeSession,
    reply=TimetableDraft,
    roles=TEACHING,
    citywide=True,
    errors=_DRAFT_ERRORS,
    versioned=True,
)
LIST_SESSION_PLACES = Operation(
    name="list_session_places",
    summary=Words("查看课次可调整到哪些半天及后果", "Show where a session of a draft could go and what that breaks"),
    kind="query",
    verb="GET",
    path="/terms/{term_id}/timetable/draft/sessions/{session_id}/places",
    request=SessionId,
    reply=SessionPlaces,
    roles=PLANNERS,
    citywide=True,
    errors=(NotFound, NoDraft, TermNotPlaced),
)
REMOVE_SESSION = Operation(
    name="remove_session",
    summary=Words("从草稿中删除课次", "Remove a session from a draft"),
    kind="command",
    verb="DELETE",
    path="/terms/{term_id}/timetable/draft/sessions/{session_id}",
    request=SessionId,
    reply=TimetableDraft,
    roles=TEACHING,
    citywide=True,
    errors=_DRAFT_ERRORS,
    versioned=True,
)
SWAP_SESSIONS = Operation(
    name="swap_sessions",
    summary=Words("对调草稿中的两个课次", "Let two sessions of a draft change places"),
    kind="command",
    verb="POST",
    path="/terms/{term_id}/timetable/draft/sessions/{session_id}/swap",
    request=SwapSessions,
    reply=TimetableDraft,
    roles=TEACHING,
    citywide=True,
    errors=_DRAFT_ERRORS,
    versioned=True,
)
JOIN_SESSIONS = Operation(
    name="join_sessions",
    summary=Words("将几期的课次合为一次合班课", "Make sessions of several terms one joint lecture"),
    kind="command",
    verb="POST",
    path="/joint-lectures",
    request=JoinSessions,
    reply=TimetableDraft,
    roles=TEACHING,
    citywide=True,
    errors=(NotFound, Invalid, NoDraft, TermNotPlaced),
)
ARRANGE_TIMETABLES = Operation(
    name="arrange_timetables",
    summary=Words("自动排课：为几期生成日程表草稿", "Let a scheduler make the drafts of some terms"),
    kind="command",
    verb="POST",
    path="/timetable-arrangements",
    request=ArrangeTimetables,
    reply=Arrangement,
    roles=TEACHING,
    citywide=True,
    status=202,
    errors=(NotFound, Invalid, TermNotPlaced, TermIsCancelled, SchedulerUnknown),
)
ISSUE_TIMETABLES = Operation(
    name="issue_timetables",
    summary=Words("下达日程表", "Issue timetables"),
    kind="command",
    verb="POST",
    path="/timetable-issues",
    request=IssueTimetables,
    reply=IssuedTimetables,
    roles=TEACHING,
    citywide=True,
    timeout=30.0,
    errors=(NotFound, NoDraft, TimetableBroken, TermNotPlaced, TermIsCancelled),
)
OPERATIONS = (
    OPEN_TIMETABLE_DRAFT,
    GET_TIMETABLE_DRAFT,
    DROP_TIMETABLE_DRAFT,
    ADD_SESSION,
    CHANGE_SESSION,
    LIST_SESSION_PLACES,
    REMOVE_SESSION,
    SWAP_SESSIONS,
    JOIN_SESSIONS,
    ARRANGE_TIMETABLES,
    ISSUE_TIMETABLES,
)
