"""Fields, roles and faults that several operations share."""

from __future__ import annotations

from datetime import date
from typing import Any

from marshmallow import fields, validate

from shared.contracts import Reply, Request
from shared.errors import Conflict, Invalid
from shared.security.caller import Role
from shared.wording import Words

APPROVERS = frozenset({Role.ORGANISATION_DEPARTMENT})
PLANNERS = frozenset({Role.ORGANISATION_DEPARTMENT, Role.PARTY_SCHOOL})
READERS = frozenset(
    {
        Role.ORGANISATION_DEPARTMENT,
        Role.PARTY_SCHOOL,
        Role.UNIT,
        Role.TRAINEE,
        Role.LECTURER,
        Role.AUDITOR,
        Role.OPERATOR,
        Role.SERVICE,
    }
)

KINDS = ("training", "seminar")
DAY_KINDS = ("calendar", "working")
DELIVERIES = ("campus", "online")
_CODE = validate.Regexp(
    r"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$", error="只能用字母、数字、点、下划线和连字符 / letters, digits, . _ -"
)


class Day(fields.Date):
    """A date; a document keeps it as an ISO string, and that is already what goes out."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        if value is None or isinstance(value, str):
            return value
        assert isinstance(value, date)
        return value.isoformat()


def identifier(**kwargs: Any) -> fields.String:
    """Return the field of an identifier made by the platform."""
    return fields.String(validate=validate.Length(1, 80), **kwargs)


def code(what: str, **kwargs: Any) -> fields.String:
    """Return the field of an identifier that people choose."""
    return fields.String(validate=_CODE, metadata={"description": what}, **kwargs)


def count(most: int, least: int = 1, **kwargs: Any) -> fields.Integer:
    """Return the field of a whole number; a decimal or a text is refused."""
    return fields.Integer(strict=True, validate=validate.Range(least, most), **kwargs)


def title(**kwargs: Any) -> fields.String:
    """Return the field of a title."""
    return fields.String(validate=validate.Length(1, 200), **kwargs)


def unit_path(**kwargs: Any) -> fields.String:
    """Return the field of a unit's dotted path."""
    return fields.String(
        validate=validate.Regexp(r"^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$"),
        metadata={
            "description": "区或单位编号，点分路径 / dotted path of a district or unit, such as jiangcheng.donghu"
        },
        **kwargs,
    )


class Text(Reply):
    """One message in two languages."""

    zh = fields.String(required=True)
    en = fields.String(required=True)


class DateRange(Request):
    """First and last day, both included; null while open."""

    starts_on = Day(load_default=None, allow_none=True)
    ends_on = Day(load_default=None, allow_none=True)


class Contact(Request):
    """Whom to call at one of the organisers (an office line)."""

    organisation = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 100))
    person = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 40))
    phone = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 40))
    fax = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 40))


class PlanUnfinished(Conflict):
    """The plan still has open places or contradictions; ``details["blanks"]`` names each."""

    code = "scheduling.plan-unfinished"
    title = Words("计划尚有未填或矛盾之处", "Plan not finished")


class PlanAlreadyApproved(Conflict):
    """Approved before; amend it instead."""

    code = "scheduling.plan-already-approved"
    title = Words("计划已批准", "Plan already approved")


class PlanNotApproved(Conflict):
    """Terms exist only once the plan is approved."""

    code = "scheduling.plan-not-approved"
    title = Words("计划尚未批准", "Plan not approved")


class TermHasAdmitted(Conflict):
    """People are admitted to the term: it cannot be dropped or made too small; ``details["terms"]`` counts them."""

    code = "scheduling.term-has-admitted"
    title = Words("该期已有录取学员", "People are admitted to the term")


class TermClash(Conflict):
    """The term cannot lie there; ``details["violations"]`` names every rule it would break."""

    code = "scheduling.term-clash"
    title = Words("与排期规则冲突", "Breaks a rule of placement")


class TermIsCancelled(Conflict):
    """The term was cancelled."""

    code = "scheduling.term-cancelled"
    title = Words("该期已取消", "Term cancelled")


class SchedulerUnknown(Invalid):
    """No such scheduler, or it is switched off."""

    code = "scheduling.scheduler-unknown"
    title = Words("没有该排期方案", "No such scheduler")


class NothingToPlaceIn(Conflict):
    """No room is registered, so nothing can be placed."""

    code = "scheduling.no-rooms"
    title = Words("尚未登记教室", "No rooms registered")


class PlacementRunning(Conflict):
    """A placement of this plan is still running; ``details["placement_id"]`` is that one."""

    code = "scheduling.placement-running"
    title = Words("排期正在进行", "A placement is running")
