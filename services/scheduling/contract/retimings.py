"""Retimings: terms postponed, cancelled or moved online together by one command, seen beforehand in full."""

from __future__ import annotations

from marshmallow import fields, validate

from services.scheduling.contract.lecturers import READERS
from services.scheduling.contract.parts import PLANNERS, Day, Text, code, identifier, unit_path
from services.scheduling.contract.parts import title as heading
from services.scheduling.contract.placements import Cause
from services.scheduling.contract.retiming_events import OUTCOMES
from shared.calendar import CalendarUnknown
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import Conflict, Forbidden, Invalid, NotFound
from shared.wording import Words

REASONS = ("epidemic", "weather", "venue", "duty", "other")
STATES = ("running", "done", "refused")


class RetimingChanged(Conflict):
    """What was shown is not what would be done now; look at a new preview."""

    code = "scheduling.retiming-changed"
    title = Words("情况已变化，请重新预览", "Situation changed since the preview")


class RetimingIncomplete(Conflict):
    """Some terms find no place; ``details["terms"]`` names each with its reasons."""

    code = "scheduling.retiming-incomplete"
    title = Words("部分班次找不到新的时间", "Some terms find no place")


class RetimingOvertaken(Conflict):
    """A term was moved or its new place taken while the retiming ran."""

    code = "scheduling.retiming-overtaken"
    title = Words("调整期间班次又有变动", "Overtaken by another change")


class NewBlackout(Request):
    """A closed period that is the cause: set together with the retiming, it also keeps others out."""

    blackout_id = code("停办时段编号 / blackout code", required=True)
    title = heading(required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    districts = fields.List(unit_path(), load_default=list, validate=validate.Length(max=500))
    campus_ids = fields.List(code("校区编号 / campus code"), load_default=list, validate=validate.Length(max=100))


class TermOutcome(Request):
    """What is meant for one term: otherwise it is moved to the nearest place. A day, a room or both may be given."""

    term_id = identifier(required=True)
    outcome = fields.String(load_default="moved", validate=validate.OneOf(OUTCOMES))
    starts_on = Day(load_default=None, allow_none=True)
    room_id = code("教室 / room", load_default=None, allow_none=True)


class PreviewRetiming(Request):
    """Which terms, for what reason, and where they may go.

    Without ``term_ids`` it concerns every placed term of the plan that the blackout touches and that has not begun.
    ``not_before`` is by default the day after the blackout, ``not_after`` the end of the plan's year.
    """

    plan_id = identifier(required=True)
    term_ids = fields.List(identifier(), load_default=list, validate=validate.Length(max=200))
    blackout = fields.Nested(NewBlackout, load_default=None, allow_none=True)
    not_before = Day(load_default=None, allow_none=True)
    not_after = Day(load_default=None, allow_none=True)
    outcomes = fields.List(fields.Nested(TermOutcome), load_default=list, validate=validate.Length(max=200))
    reason_code = fields.String(required=True, validate=validate.OneOf(REASONS))
    reason = fields.String(required=True, validate=validate.Length(1, 500))


class RetimeTerms(PreviewRetiming):
    """What was previewed, and the mark of that preview: exactly what was shown is done."""

    digest = fields.String(required=True, validate=validate.Length(8, 64))


class RetimingId(Request):
    """Which retiming."""

    retiming_id = identifier(required=True)


class ListRetimings(Page):
    """Retimings of which plan, newest first."""

    plan_id = identifier()


class TermPlace(Reply):
    """Where a term lies."""

    starts_on = Day(required=True)
    ends_on = Day(required=True)
    reports_on = Day(required=True)
    room_id = fields.String(required=True)
    room_title = fields.String(required=True)


class LecturerConcerned(Reply):
    """A lecturer who has to confirm again, or (``open``) cannot come and has to be replaced."""

    lecturer_id = fields.String(required=True)
    name = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(("reconfirm", "open", "released")))


class RetimedRow(Reply):
    """What becomes of one term; ``after`` is null for one that is cancelled."""

    term_id = fields.String(required=True)
    label = fields.Nested(Text, required=True)
    outcome = fields.String(required=True, validate=validate.OneOf(OUTCOMES))
    before = fields.Nested(TermPlace, required=True)
    after = fields.Nested(TermPlace, required=True, allow_none=True)
    admitted = fields.Integer(required=True)
    unit_ids = fields.List(fields.String(), required=True)
    replacement_deadline_before = Day(required=True, allow_none=True)
    replacement_deadline_after = Day(required=True, allow_none=True)
    sessions_changed = fields.Integer(required=True)
    lecturers = fields.List(fields.Nested(LecturerConcerned), required=True)
    breaches = fields.List(
        fields.Nested(Text),
        required=True,
        metadata={"description": "日程表在新时间仍违反的规则 / rules its timetable would break on the new days"},
    )


class Consequence(Reply):
    """One kind of thing that follows, with how many there are."""

    key = fields.String(required=True)
    count = fields.Integer(required=True)
    words = fields.Nested(Text, required=True)


class HomelessTerm(Reply):
    """A term that finds no place, and why."""

    term_id = fields.String(required=True)
    label = fields.Nested(Text, required=True)
    reasons = fields.List(fields.Nested(Cause), required=True)


class RetimingPreview(Reply):
    """The whole cascade; nothing was done. ``digest`` goes into ``retime_terms``, if ``can_proceed``.

    ``begun`` are terms the blackout touches that have begun: they are left alone unless an outcome names them.
    """

    digest = fields.String(required=True)
    can_proceed = fields.Boolean(required=True)
    terms = fields.List(fields.Nested(RetimedRow), required=True)
    homeless = fields.List(fields.Nested(HomelessTerm), required=True)
    begun = fields.List(fields.String(), required=True)
    consequences = fields.List(fields.Nested(Consequence), required=True)


class RetimingStep(Reply):
    """A step that was taken, or taken back."""

    step = fields.String(required=True)
    way = fields.String(required=True)
    at = fields.AwareDateTime(required=True)


class RetimingRow(Reply):
    """A retiming in a list."""

    retiming_id = fields.String(required=True)
    plan_id = fields.String(required=True)
    reason_code = fields.String(required=True)
    reason = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    terms = fields.Integer(required=True)
    asked_at = fields.AwareDateTime(required=True)
    asked_by = fields.String(required=True)
    announced_at = fields.AwareDateTime(required=True, allow_none=True)


class Retiming(RetimingRow):
    """A retiming with everything it does; ``failure`` says why it was taken back."""

    rows = fields.List(fields.Nested(RetimedRow), required=True)
    consequences = fields.List(fields.Nested(Consequence), required=True)
    failure = fields.Nested(Text, required=True, allow_none=True)
    steps = fields.List(fields.Nested(RetimingStep), required=True)
    version = fields.Integer(required=True)


PREVIEW_RETIMING = Operation(
    name="preview_retiming",
    summary=Words("预览班次统一调整的全部影响（不保存）", "Show everything a retiming would do, saving nothing"),
    kind="command",
    verb="POST",
    path="/retiming-previews",
    request=PreviewRetiming,
    reply=RetimingPreview,
    roles=PLANNERS,
    citywide=True,
    timeout=30.0,
    errors=(NotFound, Invalid, CalendarUnknown),
)
RETIME_TERMS = Operation(
    name="retime_terms",
    summary=Words("统一调整班次时间（延期、取消或转为线上）", "Postpone, cancel or move terms online together"),
    kind="command",
    verb="POST",
    path="/retimings",
    request=RetimeTerms,
    reply=Retiming,
    roles=PLANNERS,
    citywide=True,
    status=202,
    timeout=30.0,
    errors=(
        NotFound,
        Invalid,
        Forbidden,
        CalendarUnknown,
        RetimingChanged,
        RetimingIncomplete,
        Conflict,
    ),
)
GET_RETIMING = Operation(
    name="get_retiming",
    summary=Words("查看一次统一调整的进展", "Show a retiming and how far it is"),
    kind="query",
    verb="GET",
    path="/retimings/{retiming_id}",
    request=RetimingId,
    reply=Retiming,
    roles=READERS,
    errors=(NotFound,),
    versioned=True,
)
LIST_RETIMINGS = Operation(
    name="list_retimings",
    summary=Words("列出历次统一调整", "List retimings"),
    kind="query",
    verb="GET",
    path="/retimings",
    request=ListRetimings,
    reply=page_of(RetimingRow),
    roles=READERS,
)
OPERATIONS = (PREVIEW_RETIMING, RETIME_TERMS, GET_RETIMING, LIST_RETIMINGS)
