"""A timetabling problem and a timetable on the wire, the same shape as ``timetable.problem`` has."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from services.scheduling.contract.parts import Text, count, identifier
from shared.contracts import Reply, Request

MOST_SLOTS = 2000
_slot = validate.Range(0, MOST_SLOTS - 1)


def _name(most: int = 200) -> fields.String:
    return fields.String(required=True, validate=validate.Length(1, most))


def _ids(most: int) -> fields.List[Any]:
    return fields.List(identifier(), load_default=list, validate=validate.Length(max=most))


def _unavailable() -> fields.List[Any]:
    return fields.List(
        fields.Integer(strict=True, validate=_slot),
        load_default=list,
        validate=validate.Length(max=MOST_SLOTS),
        metadata={"description": "不可用的时段 / slots that cannot be used"},
    )


class TimetableTerm(Request):
    """A term that sits together."""

    id = identifier(required=True)
    title = _name()
    trainees = count(100_000, 0, required=True)
    unavailable = _unavailable()


class TimetableLecturer(Request):
    """A lecturer; the name is used in explanations only."""

    id = identifier(required=True)
    name = _name(80)
    unavailable = _unavailable()


class TimetableRoom(Request):
    """A room with its seats and kind."""

    id = identifier(required=True)
    title = _name()
    seats = count(100_000, 0, required=True)
    kind = fields.String(load_default="classroom", validate=validate.Length(1, 40))
    unavailable = _unavailable()


class TimetableCourse(Request):
    """A series of lectures; several terms make each of them one joint event."""

    id = identifier(required=True)
    title = _name()
    lectures = count(400, load_default=1)
    term_ids = _ids(200)
    lecturer_ids = _ids(50)
    hours = fields.Float(
        load_default=0.0,
        validate=validate.Range(0, 24),
        metadata={"description": "每讲学时，0为不计 / class hours of one lecture; 0: not counted"},
    )
    slots = count(20, load_default=1)
    field = fields.Boolean(
        load_default=False,
        metadata={"description": "现场教学，占用完整半天，不占教室 / field teaching: whole half-days, no room"},
    )
    seats = count(100_000, 0, load_default=None, allow_none=True)
    room_kinds = fields.List(fields.String(validate=validate.Length(1, 40)), load_default=list)
    room_ids = _ids(500)
    min_days = count(400, 0, load_default=1)
    module = count(1000, 0, load_default=None, allow_none=True)
    fresh = fields.Boolean(load_default=False)
    unavailable = _unavailable()


class TimetablePlaced(Request):
    """One lecture in its place; field teaching has no room, and a pin without one leaves the room open."""

    course_id = identifier(required=True)
    number = count(400, required=True)
    slot = fields.Integer(strict=True, required=True, validate=_slot)
    room_id = identifier(load_default=None, allow_none=True)


class TimetableLimit(Request):
    """A limit with its source."""

    value = fields.Float(required=True, validate=validate.Range(0, 24))
    source = fields.String(load_default="", validate=validate.Length(max=300))


class TimetableRules(Request):
    """What is hard beside the clashes."""

    lecturer_hours = fields.Nested(TimetableLimit, load_default=None, allow_none=True)
    seats = fields.String(load_default="hard", validate=validate.OneOf(("hard", "soft")))


class TimetableWeights(Request):
    """What each soft rule costs; 0 switches it off."""

    overflow = count(1000, 0, load_default=1)
    min_days = count(1000, 0, load_default=5)
    isolated = count(1000, 0, load_default=2)
    course_rooms = count(1000, 0, load_default=1)
    term_rooms = count(1000, 0, load_default=1)
    order = count(1000, 0, load_default=1)
    fresh = count(1000, 0, load_default=2)
    lecturer_days = count(1000, 0, load_default=3)


class TimetableProblem(Request):
    """A whole problem. Slots are numbered through all days, ``sum(halves)`` a day, from 0."""

    name = fields.String(load_default="", validate=validate.Length(max=200))
    days = fields.List(_name(40), required=True, validate=validate.Length(1, 200))
    halves = fields.List(count(10), load_default=lambda: [1, 1], validate=validate.Length(1, 3))
    terms = fields.List(fields.Nested(TimetableTerm), required=True, validate=validate.Length(max=200))
    lecturers = fields.List(fields.Nested(TimetableLecturer), required=True, validate=validate.Length(max=1000))
    rooms = fields.List(fields.Nested(TimetableRoom), required=True, validate=validate.Length(max=500))
    courses = fields.List(fields.Nested(TimetableCourse), required=True, validate=validate.Length(1, 3000))
    pins = fields.List(fields.Nested(TimetablePlaced), load_default=list, validate=validate.Length(max=5000))
    rules = fields.Nested(TimetableRules, load_default=lambda: {"lecturer_hours": None, "seats": "hard"})
    weights = fields.Nested(TimetableWeights, load_default=dict)


class TimetableFinding(Reply):
    """A hard rule broken (``cost`` 0) or a cost paid, with its reason and figures for programs."""

    rule = fields.String(required=True)
    cost = fields.Integer(required=True)
    words = fields.Nested(Text, required=True)
    details = fields.Dict(required=True)
