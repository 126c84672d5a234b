"""The year's figures, files for the archive, the lists of a term, and what a trainee sees of themselves."""

from __future__ import annotations

from marshmallow import fields, validate

from services.enrollment.contract.parts import READERS, identifier
from services.enrollment.contract.rosters import File
from shared.contracts import Operation, Reply, Request
from shared.contracts.exports import files_export
from shared.contracts.figures import Figures, GetFigures
from shared.errors import NotFound
from shared.security.caller import Role
from shared.wording import Words


class GetTraineeList(Request):
    """Which list: ``formal`` (花名册), ``grouping`` (分组) or ``contact`` (通讯录; phones opened under audit)."""

    term_id = identifier(required=True)
    view = fields.String(required=True, validate=validate.OneOf(("formal", "grouping", "contact")))


class GetMyEnrollment(Request):
    """Oneself."""


class MyEnrollment(Reply):
    """A trainee's own nomination with the term, room and group."""

    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    programme_title = fields.String(required=True)
    ordinal = fields.Integer(required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    cancelled = fields.Boolean(required=True)
    campus_title = fields.String(required=True, allow_none=True)
    campus_address = fields.String(required=True, allow_none=True)
    room_title = fields.String(required=True, allow_none=True)
    unit_id = fields.String(required=True)
    unit_title = fields.String(required=True)
    name = fields.String(required=True)
    post = fields.String(required=True)
    rank = fields.String(required=True)
    workplace = fields.String(required=True)
    phone_masked = fields.String(required=True)
    state = fields.String(required=True)
    admitted_at = fields.AwareDateTime(required=True, allow_none=True)
    replacement_deadline_on = fields.Date(required=True)
    room = fields.String(required=True, allow_none=True)
    group = fields.Integer(required=True, allow_none=True)


GET_ENROLLMENT_FIGURES = Operation(
    name="get_enrollment_figures",
    summary=Words("选调与录取年度数据", "The year's figures of enrollment"),
    kind="query",
    verb="GET",
    path="/figures/{plan_id}/enrollment",
    request=GetFigures,
    reply=Figures,
    roles=READERS - {Role.UNIT},
    citywide=True,
    timeout=60.0,
)
EXPORT_ENROLLMENT_FILES = files_export("enrollment")
GET_TRAINEE_LIST = Operation(
    name="get_trainee_list",
    summary=Words("下载学员花名册、分组名单或通讯录", "Download a list of a term's trainees"),
    kind="query",
    verb="GET",
    path="/terms/{term_id}/lists/{view}",
    request=GetTraineeList,
    reply=File,
    roles=READERS - {Role.AUDITOR, Role.SERVICE},
    errors=(NotFound,),
    timeout=30.0,
    download=True,
)
GET_MY_ENROLLMENT = Operation(
    name="get_my_enrollment",
    summary=Words("查看本人录取信息", "Show one's own enrollment"),
    kind="query",
    verb="GET",
    path="/my/enrollment",
    request=GetMyEnrollment,
    reply=MyEnrollment,
    roles=frozenset({Role.TRAINEE}),
    errors=(NotFound,),
)

OPERATIONS = (GET_ENROLLMENT_FIGURES, EXPORT_ENROLLMENT_FILES, GET_TRAINEE_LIST, GET_MY_ENROLLMENT)
