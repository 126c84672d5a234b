"""Timetable solves: starting one, watching it, stopping it, trying a change on its best timetable."""

from __future__ import annotations

from marshmallow import fields, validate

from services.scheduling.contract.parts import PLANNERS, SchedulerUnknown, Text, count, identifier
from services.scheduling.contract.timetable_problem import TimetableFinding, TimetablePlaced, TimetableProblem
from shared.contracts import Event, EventData, Operation, Page, Reply, Request, page_of
from shared.errors import Conflict, Invalid, NotFound
from shared.wording import Words

STATES = ("waiting", "running", "done", "stopped", "failed")
STATUSES = ("optimal", "feasible", "infeasible", "unknown")
MOST_SECONDS = 3600.0


class ProblemUnsound(Invalid):
    """The problem contradicts itself; ``details["objections"]`` names each place and what is wrong there."""

    code = "scheduling.problem-unsound"
    title = Words("排课题目有误", "The timetabling problem is wrong")


class ProblemTooLarge(Invalid):
    """The problem has more lectures times slots times rooms than one solve may have; ``details`` says how many."""

    code = "scheduling.problem-too-large"
    title = Words("排课题目过大", "The timetabling problem is too large")


class NoTimetableYet(Conflict):
    """The solve has found no timetable so far."""

    code = "scheduling.no-timetable-yet"
    title = Words("尚无可用课表", "No timetable yet")


class SolveTimetable(Request):
    """A problem, by which scheduler, and for how long; or ``proposals`` of each worker, which is repeatable."""

    problem = fields.Nested(TimetableProblem, required=True)
    scheduler = fields.String(load_default="timetable_portfolio", validate=validate.Length(1, 60))
    seconds = fields.Float(load_default=30.0, validate=validate.Range(1.0, MOST_SECONDS))
    proposals = count(
        10**12,
        1000,
        load_default=None,
        allow_none=True,
        metadata={"description": "每个工作线程的尝试次数，给出时结果可重复 / proposals a worker; makes it repeatable"},
    )
    seed = count(2**31 - 1, load_default=1)


class TimetableSolveId(Request):
    """Which solve."""

    solve_id = identifier(required=True)


class ListTimetableSolves(Page):
    """Solves, the newest first."""


class TimetableChange(Request):
    """One change by hand.

    ``move``: the lecture goes to ``slot`` and ``room_id`` (each kept when left out). ``swap``: it changes places with
    ``other``. ``lock`` and ``unlock``: solvers leave it where it is, or may move it again.
    """

    action = fields.String(required=True, validate=validate.OneOf(("move", "swap", "lock", "unlock")))
    course_id = identifier(required=True)
    number = count(400, required=True)
    slot = fields.Integer(strict=True, load_default=None, allow_none=True, validate=validate.Range(0))
    room_id = identifier(load_default=None, allow_none=True)
    other_course_id = identifier(load_default=None, allow_none=True)
    other_number = count(400, load_default=None, allow_none=True)


class PreviewTimetableChange(TimetableChange):
    """A change to try on the best timetable of a solve; nothing is saved."""

    solve_id = identifier(required=True)


class TimetableSolve(Reply):
    """A solve. ``timetable`` is its best so far, also while it runs; ``costs`` says what that costs, rule by rule.

    ``status`` says how it ended: ``optimal`` is proven, ``infeasible`` too; ``unknown``: nothing was found in time.
    ``resumed`` counts how often it went on from its best after an interruption; then it is not repeatable.
    """

    solve_id = fields.String(required=True)
    name = fields.String(required=True)
    scheduler = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    status = fields.String(required=True, allow_none=True, validate=validate.OneOf(STATUSES))
    seconds = fields.Float(required=True)
    proposals = fields.Integer(required=True, allow_none=True)
    seed = fields.Integer(required=True)
    lectures = fields.Integer(required=True)
    cost = fields.Integer(required=True, allow_none=True)
    bound = fields.Integer(required=True)
    costs = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    timetable = fields.List(fields.Nested(TimetablePlaced), required=True)
    spent = fields.Float(required=True, metadata={"description": "已用去的份额，0至1 / share of the effort spent"})
    seconds_taken = fields.Float(required=True)
    first_feasible = fields.Float(required=True, allow_none=True)
    tried = fields.Integer(required=True, metadata={"description": "尝试次数 / proposals of all workers"})
    resumed = fields.Integer(required=True)
    reasons = fields.List(fields.Nested(TimetableFinding), required=True)
    failure = fields.Nested(Text, required=True, allow_none=True)
    asked_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class TimetableSolveRow(Reply):
    """A solve in a list."""

    solve_id = fields.String(required=True)
    name = fields.String(required=True)
    scheduler = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    status = fields.String(required=True, allow_none=True)
    lectures = fields.Integer(required=True)
    cost = fields.Integer(required=True, allow_none=True)
    asked_at = fields.AwareDateTime(required=True)


class TimetablePreview(Reply):
    """What a change would do. ``broken`` are hard rules broken by it, ``mended`` those it mends.

    ``dearer`` and ``cheaper`` are charges that come and that go; ``cost`` is the whole cost after the change.
    """

    cost_before = fields.Integer(required=True)
    cost = fields.Integer(required=True)
    feasible = fields.Boolean(required=True)
    broken = fields.List(fields.Nested(TimetableFinding), required=True)
    mended = fields.List(fields.Nested(TimetableFinding), required=True)
    dearer = fields.List(fields.Nested(TimetableFinding), required=True)
    cheaper = fields.List(fields.Nested(TimetableFinding), required=True)
    changed = fields.List(fields.Nested(TimetablePlaced), required=True)


class TimetableSolveRequested(EventData):
    """A timetable waits for its solver; scheduling's own news to itself. ``leg`` counts interruptions."""

    solve_id = fields.String(required=True)
    leg = fields.Integer(required=True)


class TimetableSolveConcluded(EventData):
    """A solve came to its end. ``subject_id`` is what it was for, where somebody said so."""

    solve_id = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(("done", "stopped", "failed")))
    status = fields.String(required=True, allow_none=True)
    cost = fields.Integer(required=True, allow_none=True)
    subject_id = fields.String(required=True, allow_none=True)


TIMETABLE_SOLVE_REQUESTED = Event(
    "scheduling.timetable-solve.requested.v1", Words("已提交排课", "A timetable was asked for"), TimetableSolveRequested
)
TIMETABLE_SOLVE_CONCLUDED = Event(
    "scheduling.timetable-solve.concluded.v1",
    Words("排课已结束", "The making of a timetable came to its end"),
    TimetableSolveConcluded,
)
SOLVE_TIMETABLE = Operation(
    name="solve_timetable",
    summary=Words("排课：开始求解一份课表", "Start solving a timetable"),
    kind="command",
    verb="POST",
    path="/timetable-solves",
    request=SolveTimetable,
    reply=TimetableSolve,
    roles=PLANNERS,
    citywide=True,
    status=202,
    errors=(ProblemUnsound, ProblemTooLarge, SchedulerUnknown, Invalid),
)
GET_TIMETABLE_SOLVE = Operation(
    name="get_timetable_solve",
    summary=Words("查看排课的进展和目前最好的课表", "Show a solve's progress and its best timetable so far"),
    kind="query",
    verb="GET",
    path="/timetable-solves/{solve_id}",
    request=TimetableSolveId,
    reply=TimetableSolve,
    roles=PLANNERS,
    citywide=True,
    errors=(NotFound,),
    versioned=True,
)
LIST_TIMETABLE_SOLVES = Operation(
    name="list_timetable_solves",
    summary=Words("列出历次排课", "List solves of timetables"),
    kind="query",
    verb="GET",
    path="/timetable-solves",
    request=ListTimetableSolves,
    reply=page_of(TimetableSolveRow),
    roles=PLANNERS,
    citywide=True,
)
STOP_TIMETABLE_SOLVE = Operation(
    name="stop_timetable_solve",
    summary=Words("停止排课，保留目前最好的课表", "Stop a solve and keep its best timetable"),
    kind="command",
    verb="POST",
    path="/timetable-solves/{solve_id}/stop",
    request=TimetableSolveId,
    reply=TimetableSolve,
    roles=PLANNERS,
    citywide=True,
    errors=(NotFound,),
)
PREVIEW_TIMETABLE_CHANGE = Operation(
    name="preview_timetable_change",
    summary=Words("预览手工调整的后果（不保存）", "Show what a change by hand would do, saving nothing"),
    kind="command",
    verb="POST",
    path="/timetable-solves/{solve_id}/preview",
    request=PreviewTimetableChange,
    reply=TimetablePreview,
    roles=PLANNERS,
    citywide=True,
    errors=(NotFound, Invalid, NoTimetableYet),
)
OPERATIONS = (
    SOLVE_TIMETABLE,
    GET_TIMETABLE_SOLVE,
    LIST_TIMETABLE_SOLVES,
    STOP_TIMETABLE_SOLVE,
    PREVIEW_TIMETABLE_CHANGE,
)
EVENTS = (TIMETABLE_SOLVE_REQUESTED, TIMETABLE_SOLVE_CONCLUDED)
