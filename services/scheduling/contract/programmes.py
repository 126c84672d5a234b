"""Programmes of a plan: what they consist of, and which come after which."""

from __future__ import annotations

from marshmallow import fields, validate

from services.scheduling.contract.parts import (
    KINDS,
    DateRange,
    Day,
    code,
    count,
    title,
    unit_path,
)
from shared.contracts import Reply, Request

_POINTS = validate.Length(max=50)


class NeededLecturer(Request):
    """A lecturer whom every term of a programme needs, at work in no other term on those days."""

    lecturer_id = code("教师编号 / lecturer code", required=True)
    days = fields.List(
        count(366),
        load_default=list,
        validate=validate.Length(max=366),
        metadata={"description": "第几个教学日，自1起，空为每天 / which of its teaching days, from 1; empty: all"},
    )


class UnitShare(Request):
    """How many people of a registered sending unit go to each term of a programme."""

    unit_id = unit_path(required=True)
    people = count(100_000, required=True)


class ProgrammeFields(Request):
    """What a programme consists of; every field may be left out or null while the plan is a draft."""

    title = title(allow_none=True)
    kind = fields.String(allow_none=True, validate=validate.OneOf(KINDS))
    terms = count(200, allow_none=True)
    trainees = count(100_000, allow_none=True)
    starts_on = Day(allow_none=True)
    ends_on = Day(allow_none=True)
    days = count(366, allow_none=True)
    points = fields.List(fields.String(validate=validate.Length(1, 200)), validate=_POINTS)
    ranges = fields.List(
        fields.Nested(DateRange),
        validate=validate.Length(max=200),
        metadata={"description": "逐期的举办时间，一期一段 / one date range a term, when the notice gives them"},
    )
    districts = fields.List(
        unit_path(),
        validate=validate.Length(max=200),
        metadata={"description": "学员来自的区或单位 / where its people come from, for district blackouts"},
    )
    room_kind = code("所需教室类型 / kind of room it needs", allow_none=True)
    campus_id = code("指定校区 / campus it must be on", allow_none=True)
    min_gap_days = count(
        366,
        0,
        allow_none=True,
        metadata={
            "description": "各期之间至少间隔的天数，空为可同时举办 / free days between its terms; null: side by side"
        },
    )
    months = fields.List(
        count(12),
        validate=validate.Length(max=12),
        metadata={"description": "希望开班的月份，空为不限 / months its terms should open in; empty: any"},
    )
    bed_kind = code("所需床位类型 / kind of beds its people need", allow_none=True)
    spacing_days = count(
        366,
        0,
        allow_none=True,
        metadata={
            "description": "各期开班宜相隔的天数，空则按排期规则 / days that should lie between its openings; "
            "null: as the plan's policy says"
        },
    )
    lecturers = fields.List(
        fields.Nested(NeededLecturer),
        validate=validate.Length(max=50),
        metadata={"description": "各期都需要的已登记教师 / registered lecturers whom each of its terms needs"},
    )
    shares = fields.List(
        fields.Nested(UnitShare),
        validate=validate.Length(max=500),
        metadata={"description": "各单位每期派多少人 / how many people each unit sends to each of its terms"},
    )


class Programme(ProgrammeFields):
    """A programme of a plan that is drafted or amended, addressed by its ordinal."""

    ordinal = count(999, required=True)


class OrderEnd(Request):
    """A term of a programme of the plan, by ordinals; ``term`` null: each of its terms."""

    programme = count(999, required=True)
    term = count(200, load_default=None, allow_none=True)


class PlanOrder(Request):
    """What is ``after`` opens once what is ``before`` has ended, with some calendar days free between."""

    before = fields.Nested(OrderEnd, required=True)
    after = fields.Nested(OrderEnd, required=True)
    delay_days = count(366, 0, load_default=0)


class ProgrammeReply(Reply):
    """A programme of a plan."""

    programme_id = fields.String(required=True)
    ordinal = fields.Integer(required=True)
    title = fields.String(required=True, allow_none=True)
    kind = fields.String(required=True, allow_none=True)
    terms = fields.Integer(required=True, allow_none=True)
    trainees = fields.Integer(required=True, allow_none=True)
    starts_on = Day(required=True, allow_none=True)
    ends_on = Day(required=True, allow_none=True)
    days = fields.Integer(required=True, allow_none=True)
    points = fields.List(fields.String(), required=True)
    ranges = fields.List(fields.Nested(DateRange), required=True)
    districts = fields.List(fields.String(), required=True)
    room_kind = fields.String(required=True, allow_none=True)
    campus_id = fields.String(required=True, allow_none=True)
    min_gap_days = fields.Integer(required=True, allow_none=True)
    months = fields.List(fields.Integer(), required=True)
    bed_kind = fields.String(required=True, allow_none=True)
    spacing_days = fields.Integer(required=True, allow_none=True)
    lecturers = fields.List(fields.Nested(NeededLecturer), required=True)
    shares = fields.List(fields.Nested(UnitShare), required=True)
