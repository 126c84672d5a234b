"""The year's figures, the limits in force, and what a trainee sees of themselves."""

from __future__ import annotations

from marshmallow import fields

from services.compliance.contract.attendance import Attendance
from services.compliance.contract.incidents import Incident
from services.compliance.contract.parts import CITY, READERS, TRAINEES
from shared.contracts import Operation, Reply, Request
from shared.contracts.figures import Figures, GetFigures
from shared.errors import NotFound
from shared.security.caller import Role
from shared.wording import Words


class ListLimits(Request):
    """The limits of today."""


class Limit(Reply):
    """One limit; ``basis`` is ``source``, ``design`` or ``unverified``."""

    key = fields.String(required=True)
    value = fields.Raw(required=True)
    effective_from = fields.Date(required=True)
    effective_to = fields.Date(required=True, allow_none=True)
    source = fields.String(required=True)
    basis = fields.String(required=True)


class Limits(Reply):
    """Every limit of the service over time, in force today or not."""

    items = fields.List(fields.Nested(Limit), required=True)


class GetMyStanding(Request):
    """Oneself."""


class MyStanding(Reply):
    """Where one stands in one's term."""

    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    programme_title = fields.String(required=True, allow_none=True)
    state = fields.String(required=True)
    checked_in_at = fields.AwareDateTime(required=True, allow_none=True)
    attendance = fields.Nested(Attendance, required=True)
    incidents = fields.List(fields.Nested(Incident), required=True)
    report_grade = fields.String(required=True, allow_none=True)
    completion = fields.String(required=True, allow_none=True)


GET_COMPLIANCE_FIGURES = Operation(
    name="get_compliance_figures",
    summary=Words("学员管理年度数据", "The year's figures of compliance"),
    kind="query",
    verb="GET",
    path="/figures/{plan_id}/compliance",
    request=GetFigures,
    reply=Figures,
    roles=CITY | {Role.AUDITOR, Role.SERVICE},
    citywide=True,
    timeout=60.0,
)
LIST_COMPLIANCE_LIMITS = Operation(
    name="list_compliance_limits",
    summary=Words("学员管理各项限额与依据", "The limits of compliance with their sources"),
    kind="query",
    verb="GET",
    path="/limits/compliance",
    request=ListLimits,
    reply=Limits,
    roles=READERS | {Role.OPERATOR},
)
GET_MY_STANDING = Operation(
    name="get_my_standing",
    summary=Words("查看本人学习情况", "Show where one stands"),
    kind="query",
    verb="GET",
    path="/my/standing",
    request=GetMyStanding,
    reply=MyStanding,
    roles=TRAINEES,
    errors=(NotFound,),
)

OPERATIONS = (GET_COMPLIANCE_FIGURES, LIST_COMPLIANCE_LIMITS, GET_MY_STANDING)
