"""Lecture fees: a statement for each lecturer and term, reckoned anew with every timetable that is issued."""

from __future__ import annotations

from marshmallow import fields, validate

from services.enrollment.contract.fee_parts import (
    FEE_OFFICERS,
    FEE_OVERSEERS,
    Cited,
    FeeRefused,
    amount,
    given_amount,
)
from services.enrollment.contract.parts import Text, identifier
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import Forbidden, Invalid, NotFound
from shared.plugins import PluginFailed, PluginMissing
from shared.security.caller import Role
from shared.wording import Words


class GivenUplift(Request):
    """The written approval to pay somebody from elsewhere more, where the standard allows it."""

    document = fields.String(required=True, validate=validate.Length(4, 200))
    approver = fields.String(required=True, validate=validate.Length(1, 60))
    approved_on = fields.Date(required=True)


class Uplift(Reply):
    """The written approval behind an uplift."""

    document = fields.String(required=True)
    approver = fields.String(required=True)
    approved_on = fields.Date(required=True)


class LectureAgreement(Reply):
    """What was agreed; ``rate`` is for a class hour, or a half-day where the standard counts so, after tax."""

    rate = amount(required=True, allow_none=True)
    uplift = fields.Nested(Uplift, required=True, allow_none=True)
    note = fields.String(required=True)


class LectureItem(Reply):
    """What one session is paid and why; with ``problem`` nothing, until a person has looked."""

    session_id = fields.String(required=True)
    title = fields.String(required=True)
    on = fields.Date(required=True)
    half = fields.String(required=True)
    starts_at = fields.String(required=True)
    grade = fields.String(required=True, allow_none=True)
    joint_id = fields.String(required=True, allow_none=True)
    hours = fields.Decimal(required=True, as_string=True)
    paid_hours = fields.Decimal(required=True, as_string=True)
    amount = amount(required=True)
    reasons = fields.List(fields.Nested(Text), required=True)
    citation = fields.Nested(Cited, required=True, allow_none=True)
    problem = fields.Boolean(required=True)


class LectureFeeSummary(Reply):
    """What a lecturer is paid for a term, after tax; ``number`` rises whenever it was reckoned to something else."""

    lecturer_id = fields.String(required=True)
    term_id = fields.String(required=True)
    number = fields.Integer(required=True)
    sessions = fields.Integer(required=True)
    hours = fields.Decimal(required=True, as_string=True)
    paid_hours = fields.Decimal(required=True, as_string=True)
    amount = amount(required=True)
    problems = fields.Integer(required=True)
    reckoned_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class LectureFeeBefore(Reply):
    """What it was before."""

    number = fields.Integer(required=True)
    amount = amount(required=True)
    at = fields.AwareDateTime(required=True)


class LectureFee(LectureFeeSummary):
    """A statement with its sessions and what it was before."""

    agreement = fields.Nested(LectureAgreement, required=True, allow_none=True)
    items = fields.List(fields.Nested(LectureItem), required=True)
    history = fields.List(fields.Nested(LectureFeeBefore), required=True)


class ListLectureFees(Page):
    """Of which term or lecturer."""

    term_id = identifier()
    lecturer_id = identifier()


class LectureFeeOf(Request):
    """Whose, in which term."""

    term_id = identifier(required=True)
    lecturer_id = identifier(required=True)


class ListMyLectureFees(Request):
    """One's own."""


class LectureFees(Reply):
    """Every statement of a lecturer."""

    items = fields.List(fields.Nested(LectureFee), required=True)


class AgreeLectureFee(LectureFeeOf):
    """What was agreed; ``rate`` null pays the most that is allowed."""

    rate = given_amount(allow_none=True, load_default=None)
    uplift = fields.Nested(GivenUplift, allow_none=True, load_default=None)
    note = fields.String(load_default="", validate=validate.Length(max=500))


LIST_LECTURE_FEES = Operation(
    name="list_lecture_fees",
    summary=Words("查询讲课费", "List lecture fees"),
    kind="query",
    verb="GET",
    path="/lecture-fees",
    request=ListLectureFees,
    reply=page_of(LectureFeeSummary),
    roles=FEE_OVERSEERS,
    citywide=True,
)
GET_LECTURE_FEE = Operation(
    name="get_lecture_fee",
    summary=Words("查看一位教师一期的讲课费", "Show what a lecturer is paid for a term"),
    kind="query",
    verb="GET",
    path="/terms/{term_id}/lecture-fees/{lecturer_id}",
    request=LectureFeeOf,
    reply=LectureFee,
    roles=FEE_OVERSEERS,
    citywide=True,
    errors=(NotFound,),
    versioned=True,
)
LIST_MY_LECTURE_FEES = Operation(
    name="list_my_lecture_fees",
    summary=Words("教师查看本人讲课费", "A lecturer's own lecture fees"),
    kind="query",
    verb="GET",
    path="/my/lecture-fees",
    request=ListMyLectureFees,
    reply=LectureFees,
    roles=frozenset({Role.LECTURER}),
    errors=(Forbidden,),
)
AGREE_LECTURE_FEE = Operation(
    name="agree_lecture_fee",
    summary=Words("登记约定讲课费和外地教师上浮批准", "Keep what was agreed with a lecturer"),
    kind="command",
    verb="PUT",
    path="/terms/{term_id}/lecture-fees/{lecturer_id}/agreement",
    request=AgreeLectureFee,
    reply=LectureFee,
    roles=FEE_OFFICERS,
    citywide=True,
    errors=(NotFound, Invalid, FeeRefused, PluginMissing, PluginFailed),
)

OPERATIONS = (LIST_LECTURE_FEES, GET_LECTURE_FEE, LIST_MY_LECTURE_FEES, AGREE_LECTURE_FEE)
