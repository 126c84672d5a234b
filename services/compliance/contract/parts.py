"""Fields, roles and faults that several operations share."""

from __future__ import annotations

from datetime import date
from typing import Any

from marshmallow import fields, validate

from shared.contracts import Reply
from shared.errors import Conflict, Invalid
from shared.security.caller import Role
from shared.wording import Words

ORGANISERS = frozenset({Role.ORGANISATION_DEPARTMENT})
SCHOOL = frozenset({Role.PARTY_SCHOOL})
CITY = ORGANISERS | SCHOOL
UNITS = frozenset({Role.UNIT})
TRAINEES = frozenset({Role.TRAINEE})
READERS = CITY | UNITS | {Role.AUDITOR, Role.SERVICE}
CITY_READERS = CITY | {Role.AUDITOR, Role.SERVICE}

MOST_ROWS = 500


class Day(fields.Date):
    """A date; a document keeps it as an ISO text, and that is already what goes out."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        if value is None or isinstance(value, str):
            return value
        assert isinstance(value, date)
        return value.isoformat()


def identifier(**kwargs: Any) -> fields.String:
    """Return the field of an identifier made by the platform."""
    return fields.String(validate=validate.Length(1, 80), **kwargs)


def unit_path(**kwargs: Any) -> fields.String:
    """Return the field of a unit's dotted path."""
    described = {"description": "参训单位编号，点分路径 / dotted path of a unit"}
    return fields.String(validate=validate.Length(1, 200), metadata=described, **kwargs)


def said(most: int = 500, **kwargs: Any) -> fields.String:
    """Return the field of a text somebody writes, empty when nothing is said."""
    return fields.String(load_default="", validate=validate.Length(max=most), **kwargs)


def must_say(what: str, most: int = 500) -> fields.String:
    """Return the field of a text that has to be given; ``what`` describes it."""
    return fields.String(
        required=True,
        validate=[validate.Length(1, most), validate.Regexp(r"(?s).*\S", error="不能只有空格 / not only spaces")],
        metadata={"description": what},
    )


def signer(what: str = "批准人姓名 / who answers for it") -> fields.String:
    """Return the field that names who signs."""
    return must_say(what, 60)


class Text(Reply):
    """One message in two languages."""

    zh = fields.String(required=True)
    en = fields.String(required=True)


class Problem(Reply):
    """Why one row was left as it was."""

    code = fields.String(required=True)
    message = fields.Nested(Text, required=True)


class RowDone(Reply):
    """What became of one person of a bulk command."""

    nomination_id = fields.String(required=True)
    done = fields.Boolean(required=True)
    state = fields.String(required=True, allow_none=True)
    problem = fields.Nested(Problem, required=True, allow_none=True)


class BulkReport(Reply):
    """What a bulk command did, row by row."""

    done = fields.Integer(required=True)
    left = fields.Integer(required=True)
    items = fields.List(fields.Nested(RowDone), required=True)


class TermFrozen(Conflict):
    """The term is being closed, or closed: nothing of it changes any more unless it is reopened."""

    code = "compliance.term-frozen"
    title = Words("班次已封存", "Term frozen")


class TimetableMissing(Conflict):
    """No timetable was issued for the term yet, so there are no sessions and no hours."""

    code = "compliance.timetable-missing"
    title = Words("日程表尚未下达", "No timetable yet")


class OutsideWindow(Conflict):
    """It is too early or too late for this; ``details`` name the window."""

    code = "compliance.outside-window"
    title = Words("不在办理时间内", "Outside its window")


class WrongState(Conflict):
    """The state of the thing does not allow the step; ``details["reason"]`` is a stable code."""

    code = "compliance.wrong-state"
    title = Words("当前状态不允许此操作", "Not in this state")


class Unfounded(Invalid):
    """Something that has to be said was not said, or does not hold; ``details["reason"]`` is a stable code."""

    code = "compliance.unfounded"
    title = Words("内容不全或不成立", "Unfounded")
