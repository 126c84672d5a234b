"""Plans: draft, amendments, versions, approval."""

from __future__ import annotations

from marshmallow import fields, validate

from services.scheduling.contract.parts import (
    APPROVERS,
    DAY_KINDS,
    PLANNERS,
    READERS,
    Contact,
    PlanAlreadyApproved,
    PlanUnfinished,
    TermHasAdmitted,
    Text,
    count,
    identifier,
    title,
)
from services.scheduling.contract.programmes import PlanOrder, Programme, ProgrammeReply
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import Conflict, Invalid, NotFound, StaleVersion
from shared.wording import Words

STATES = ("draft", "approved")


class PlanHead(Request):
    """The fields of a plan besides its programmes."""

    year = count(2100, 2000, allow_none=True)
    title = title(allow_none=True)
    replacement_notice_days = count(365, 0, allow_none=True)
    replacement_day_kind = fields.String(allow_none=True, validate=validate.OneOf(DAY_KINDS))
    contacts = fields.List(fields.Nested(Contact), validate=validate.Length(max=20))
    orders = fields.List(
        fields.Nested(PlanOrder),
        validate=validate.Length(max=200),
        metadata={"description": "班次之间的先后要求 / which programmes come after which"},
    )


class CreatePlan(PlanHead):
    """A draft, as ``diaoxun plan read`` prints it; blanks are null."""

    programmes = fields.List(fields.Nested(Programme), required=True, validate=validate.Length(1, 100))


class AmendPlan(PlanHead):
    """What changes; fields left out stay. Programmes are matched by ordinal, a new ordinal adds one."""

    plan_id = identifier(required=True)
    programmes = fields.List(fields.Nested(Programme), validate=validate.Length(max=100))
    remove_programmes = fields.List(count(999), validate=validate.Length(max=100))
    reason = fields.String(validate=validate.Length(1, 500))


class PlanId(Request):
    """Which plan."""

    plan_id = identifier(required=True)


class RollPlan(PlanId):
    """Which plan goes on in which later year; the next one unless given."""

    year = count(2100, 2000, load_default=None, allow_none=True)


class ListPlans(Page):
    """Which plans to list."""

    year = count(2100, 2000)
    state = fields.String(validate=validate.OneOf(STATES))


class GetPlanVersion(PlanId):
    """Which version of which plan."""

    number = count(1_000_000, required=True)


class ListPlanVersions(Page):
    """Versions of which plan."""

    plan_id = identifier(required=True)


class ComparePlan(PlanId):
    """Two versions of a plan; ``to_version`` is the current one when left out."""

    from_version = count(1_000_000, required=True)
    to_version = count(1_000_000)


class Blank(Reply):
    """A place still open, or a contradiction, that stands in the way of approval."""

    path = fields.String(required=True)
    words = fields.Nested(Text, required=True)


class Plan(Reply):
    """A plan as it stands. ``blanks`` is empty when it can be approved."""

    plan_id = fields.String(required=True)
    year = fields.Integer(required=True, allow_none=True)
    title = fields.String(required=True, allow_none=True)
    state = fields.String(required=True)
    version = fields.Integer(required=True)
    programmes = fields.List(fields.Nested(ProgrammeReply), required=True)
    replacement_notice_days = fields.Integer(required=True, allow_none=True)
    replacement_day_kind = fields.String(required=True, allow_none=True)
    contacts = fields.List(fields.Nested(Contact), required=True)
    orders = fields.List(fields.Nested(PlanOrder), required=True)
    blanks = fields.List(fields.Nested(Blank), required=True)


class PlanRow(Reply):
    """A plan in a list."""

    plan_id = fields.String(required=True)
    year = fields.Integer(required=True, allow_none=True)
    title = fields.String(required=True, allow_none=True)
    state = fields.String(required=True)
    programmes = fields.Integer(required=True)
    version = fields.Integer(required=True)


class PlanVersion(Reply):
    """One version of a plan, who made it and why; it never changes."""

    number = fields.Integer(required=True)
    changed_at = fields.AwareDateTime(required=True)
    changed_by = fields.String(required=True)
    reason = fields.String(required=True, allow_none=True)


class PlanVersionFull(PlanVersion):
    """A version with the plan as it was."""

    plan = fields.Nested(Plan, required=True)


class Change(Reply):
    """One difference; ``path`` such as ``programmes.3.days``, null where there was nothing."""

    path = fields.String(required=True)
    before = fields.Raw(required=True, allow_none=True)
    after = fields.Raw(required=True, allow_none=True)
    words = fields.Nested(Text, required=True)


class PlanDiff(Reply):
    """What changed between two versions."""

    plan_id = fields.String(required=True)
    from_version = fields.Integer(required=True)
    to_version = fields.Integer(required=True)
    changes = fields.List(fields.Nested(Change), required=True)


CREATE_PLAN = Operation(
    name="create_plan",
    summary=Words("建立年度培训计划草案", "Create a draft plan"),
    kind="command",
    verb="POST",
    path="/plans",
    request=CreatePlan,
    reply=Plan,
    roles=PLANNERS,
    citywide=True,
    errors=(Invalid,),
    versioned=True,
    status=201,
)
ROLL_PLAN = Operation(
    name="roll_plan",
    summary=Words("将计划滚动到下一年度（生成草案）", "Roll a plan forward into the draft of a later year"),
    kind="command",
    verb="POST",
    path="/plans/{plan_id}/successor",
    request=RollPlan,
    reply=Plan,
    roles=PLANNERS,
    citywide=True,
    errors=(NotFound, Invalid),
    status=201,
)
LIST_PLANS = Operation(
    name="list_plans",
    summary=Words("列出年度培训计划", "List plans"),
    kind="query",
    verb="GET",
    path="/plans",
    request=ListPlans,
    reply=page_of(PlanRow),
    roles=READERS,
)
GET_PLAN = Operation(
    name="get_plan",
    summary=Words("查看年度培训计划", "Show a plan"),
    kind="query",
    verb="GET",
    path="/plans/{plan_id}",
    request=PlanId,
    reply=Plan,
    roles=READERS,
    errors=(NotFound,),
    versioned=True,
)
AMEND_PLAN = Operation(
    name="amend_plan",
    summary=Words("调整年度培训计划", "Amend a plan"),
    kind="command",
    verb="PATCH",
    path="/plans/{plan_id}",
    request=AmendPlan,
    reply=Plan,
    roles=PLANNERS,
    citywide=True,
    errors=(NotFound, Invalid, StaleVersion, TermHasAdmitted, PlanUnfinished, Conflict),
    versioned=True,
)
APPROVE_PLAN = Operation(
    name="approve_plan",
    summary=Words("批准并发布年度培训计划", "Approve and publish a plan"),
    kind="command",
    verb="POST",
    path="/plans/{plan_id}/approval",
    request=PlanId,
    reply=Plan,
    roles=APPROVERS,
    citywide=True,
    errors=(NotFound, StaleVersion, PlanUnfinished, PlanAlreadyApproved),
    versioned=True,
)
LIST_PLAN_VERSIONS = Operation(
    name="list_plan_versions",
    summary=Words("列出计划的历次版本", "List the versions of a plan"),
    kind="query",
    verb="GET",
    path="/plans/{plan_id}/versions",
    request=ListPlanVersions,
    reply=page_of(PlanVersion),
    roles=READERS,
    errors=(NotFound,),
)
GET_PLAN_VERSION = Operation(
    name="get_plan_version",
    summary=Words("查看计划的某一版本", "Show a version of a plan"),
    kind="query",
    verb="GET",
    path="/plans/{plan_id}/versions/{number}",
    request=GetPlanVersion,
    reply=PlanVersionFull,
    roles=READERS,
    errors=(NotFound,),
)
COMPARE_PLAN = Operation(
    name="compare_plan",
    summary=Words("比较计划的两个版本", "Compare two versions of a plan"),
    kind="query",
    verb="GET",
    path="/plans/{plan_id}/changes",
    request=ComparePlan,
    reply=PlanDiff,
    roles=READERS,
    errors=(NotFound,),
)
OPERATIONS = (
    CREATE_PLAN,
    ROLL_PLAN,
    LIST_PLANS,
    GET_PLAN,
    AMEND_PLAN,
    APPROVE_PLAN,
    LIST_PLAN_VERSIONS,
    GET_PLAN_VERSION,
    COMPARE_PLAN,
)
