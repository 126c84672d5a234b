"""Training schemes (培训方案) of a programme: written by the Party school, approved by the organisation department."""

from __future__ import annotations

from decimal import Decimal

from marshmallow import fields, validate

from services.scheduling.contract.lecturers import READERS, TEACHING, expertise
from services.scheduling.contract.parts import APPROVERS, code, count, identifier, title
from services.scheduling.contract.plans import Blank, Change
from services.scheduling.contract.timetable_events import FORMS
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import Conflict, Invalid, NotFound, StaleVersion
from shared.wording import Words

STATES = ("draft", "submitted", "approved")
MOST_MODULES, MOST_COURSES = 40, 100
"""Modules of a scheme, and courses of a module, at most."""
ITEMS = ("lecturers", "lodging", "meals", "venue", "materials", "transport", "other")


class SchemeUnfinished(Conflict):
    """The scheme cannot be submitted yet; ``details["blanks"]`` names each reason."""

    code = "scheduling.scheme-unfinished"
    title = Words("培训方案尚不完整", "Scheme not finished")


class SchemeSubmitted(Conflict):
    """The scheme waits for approval and cannot be changed now."""

    code = "scheduling.scheme-submitted"
    title = Words("培训方案正在审批", "Scheme awaits approval")


class SchemeNotSubmitted(Conflict):
    """Only a submitted scheme can be approved or returned."""

    code = "scheduling.scheme-not-submitted"
    title = Words("培训方案未提交审批", "Scheme not submitted")


class CourseFields(Request):
    """A course. Without ``course_id`` it is the course of the same title in the same module, else a new one."""

    course_id = identifier(load_default=None, allow_none=True)
    title = title(required=True)
    form = fields.String(load_default="lecture", validate=validate.OneOf(FORMS))
    hours = count(200, required=True, metadata={"description": "学时 / class hours in one term"})
    expertise = expertise(load_default=list)
    morning = fields.Boolean(load_default=False, metadata={"description": "宜安排在上午 / better held in the morning"})
    room_kind = code("所需教室类型 / kind of room it needs", load_default=None, allow_none=True)


class ModuleFields(Request):
    """A module (模块) with its courses in order."""

    module_id = identifier(load_default=None, allow_none=True)
    title = title(required=True)
    courses = fields.List(fields.Nested(CourseFields), required=True, validate=validate.Length(max=MOST_COURSES))


class BudgetFields(Request):
    """What one item may cost a term, in yuan."""

    item = fields.String(required=True, validate=validate.OneOf(ITEMS))
    amount = fields.Decimal(
        places=2, required=True, as_string=True, validate=validate.Range(Decimal(0), Decimal(1_000_000_000))
    )


class WriteScheme(Request):
    """A scheme as it should be from now on; an approved version stays in force until the new one is approved."""

    programme_id = identifier(required=True)
    aims = fields.String(load_default="", validate=validate.Length(max=4000))
    modules = fields.List(fields.Nested(ModuleFields), required=True, validate=validate.Length(max=MOST_MODULES))
    budget = fields.List(fields.Nested(BudgetFields), load_default=list, validate=validate.Length(max=len(ITEMS)))
    reason = fields.String(validate=validate.Length(1, 500))


class SchemeId(Request):
    """Which scheme."""

    scheme_id = identifier(required=True)


class ReturnScheme(SchemeId):
    """Why a scheme goes back to the Party school."""

    reason = fields.String(required=True, validate=validate.Length(1, 1000))


class ListSchemes(Page):
    """Which schemes to list."""

    plan_id = identifier()
    programme_id = identifier()
    state = fields.String(validate=validate.OneOf(STATES))


class ListSchemeVersions(Page):
    """Versions of which scheme."""

    scheme_id = identifier(required=True)


class GetSchemeVersion(SchemeId):
    """Which version of which scheme."""

    number = count(1_000_000, required=True)


class CompareScheme(SchemeId):
    """Which two versions; the second is the current one unless given."""

    from_number = count(1_000_000, required=True)
    to_number = count(1_000_000)


class SchemeRow(Reply):
    """A scheme in a list. ``number`` is the version at hand, ``in_force`` the approved one."""

    scheme_id = fields.String(required=True)
    plan_id = fields.String(required=True)
    programme_id = fields.String(required=True)
    programme_ordinal = fields.Integer(required=True)
    programme_title = fields.String(required=True, allow_none=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    number = fields.Integer(required=True)
    in_force = fields.Integer(required=True, allow_none=True)
    hours = fields.Integer(required=True)
    courses = fields.Integer(required=True)
    total = fields.Decimal(places=2, required=True, as_string=True)
    version = fields.Integer(required=True)


class SchemeReply(SchemeRow):
    """A scheme as it stands; ``returned_because`` is the organisation department's word when it sent it back."""

    aims = fields.String(required=True)
    modules = fields.List(fields.Nested(ModuleFields), required=True)
    budget = fields.List(fields.Nested(BudgetFields), required=True)
    blanks = fields.List(fields.Nested(Blank), required=True)
    returned_because = fields.String(required=True, allow_none=True)


class SchemeVersionRow(Reply):
    """A version of a scheme in a list."""

    number = fields.Integer(required=True)
    hours = fields.Integer(required=True)
    changed_at = fields.AwareDateTime(required=True)
    changed_by = fields.String(required=True)
    reason = fields.String(required=True, allow_none=True)
    approved_at = fields.AwareDateTime(required=True, allow_none=True)
    approved_by = fields.String(required=True, allow_none=True)


class SchemeVersion(SchemeVersionRow):
    """A version as it was; its content never changes."""

    scheme_id = fields.String(required=True)
    aims = fields.String(required=True)
    modules = fields.List(fields.Nested(ModuleFields), required=True)
    budget = fields.List(fields.Nested(BudgetFields), required=True)


class SchemeComparison(Reply):
    """What changed from one version to another."""

    scheme_id = fields.String(required=True)
    from_number = fields.Integer(required=True)
    to_number = fields.Integer(required=True)
    changes = fields.List(fields.Nested(Change), required=True)


WRITE_SCHEME = Operation(
    name="write_scheme",
    summary=Words("编写培训方案", "Write a programme's training scheme"),
    kind="command",
    verb="PUT",
    path="/programmes/{programme_id}/scheme",
    request=WriteScheme,
    reply=SchemeReply,
    roles=TEACHING,
    citywide=True,
    errors=(NotFound, Invalid, StaleVersion, SchemeSubmitted),
    versioned=True,
)
SUBMIT_SCHEME = Operation(
    name="submit_scheme",
    summary=Words("提交培训方案审批", "Submit a scheme for approval"),
    kind="command",
    verb="POST",
    path="/schemes/{scheme_id}/submission",
    request=SchemeId,
    reply=SchemeReply,
    roles=TEACHING,
    citywide=True,
    errors=(NotFound, StaleVersion, SchemeUnfinished, SchemeSubmitted),
    versioned=True,
)
APPROVE_SCHEME = Operation(
    name="approve_scheme",
    summary=Words("批准培训方案", "Approve a scheme"),
    kind="command",
    verb="POST",
    path="/schemes/{scheme_id}/approval",
    request=SchemeId,
    reply=SchemeReply,
    roles=APPROVERS,
    citywide=True,
    errors=(NotFound, StaleVersion, SchemeNotSubmitted),
    versioned=True,
)
RETURN_SCHEME = Operation(
    name="return_scheme",
    summary=Words("退回培训方案", "Return a scheme for correction"),
    kind="command",
    verb="POST",
    path="/schemes/{scheme_id}/return",
    request=ReturnScheme,
    reply=SchemeReply,
    roles=APPROVERS,
    citywide=True,
    errors=(NotFound, StaleVersion, SchemeNotSubmitted),
    versioned=True,
)
LIST_SCHEMES = Operation(
    name="list_schemes",
    summary=Words("列出培训方案", "List schemes"),
    kind="query",
    verb="GET",
    path="/schemes",
    request=ListSchemes,
    reply=page_of(SchemeRow),
    roles=READERS,
)
GET_SCHEME = Operation(
    name="get_scheme",
    summary=Words("查看培训方案", "Show a scheme"),
    kind="query",
    verb="GET",
    path="/schemes/{scheme_id}",
    request=SchemeId,
    reply=SchemeReply,
    roles=READERS,
    errors=(NotFound,),
    versioned=True,
)
LIST_SCHEME_VERSIONS = Operation(
    name="list_scheme_versions",
    summary=Words("列出培训方案的历次版本", "List a scheme's versions"),
    kind="query",
    verb="GET",
    path="/schemes/{scheme_id}/versions",
    request=ListSchemeVersions,
    reply=page_of(SchemeVersionRow),
    roles=READERS,
    errors=(NotFound,),
)
GET_SCHEME_VERSION = Operation(
    name="get_scheme_version",
    summary=Words("查看培训方案的某一版", "Show a version of a scheme"),
    kind="query",
    verb="GET",
    path="/schemes/{scheme_id}/versions/{number}",
    request=GetSchemeVersion,
    reply=SchemeVersion,
    roles=READERS,
    errors=(NotFound,),
)
COMPARE_SCHEME = Operation(
    name="compare_scheme",
    summary=Words("比较培训方案的两个版本", "Compare two versions of a scheme"),
    kind="query",
    verb="GET",
    path="/schemes/{scheme_id}/comparison",
    request=CompareScheme,
    reply=SchemeComparison,
    roles=READERS,
    errors=(NotFound,),
)
OPERATIONS = (
    WRITE_SCHEME,
    SUBMIT_SCHEME,
    APPROVE_SCHEME,
    RETURN_SCHEME,
    LIST_SCHEMES,
    GET_SCHEME,
    LIST_SCHEME_VERSIONS,
    GET_SCHEME_VERSION,
    COMPARE_SCHEME,
)
