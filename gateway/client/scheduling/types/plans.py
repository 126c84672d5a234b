"""Plans: objects of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

from gateway.client.scheduling.types.parts import Contact, Text
from gateway.client.scheduling.types.programmes import PlanOrder, Programme, ProgrammeReply


class Blank(TypedDict):
    """A place still open, or a contradiction, that stands in the way of approval."""

    path: str
    words: Text


class Change(TypedDict):
    """One difference; ``path`` such as ``programmes.3.days``, null where there was nothing."""

    path: str
    before: Any | None
    after: Any | None
    words: Text


class CreatePlan(TypedDict):
    """A draft, as ``diaoxun plan read`` prints it; blanks are null."""

    year: NotRequired[int | None]
    title: NotRequired[str | None]
    replacement_notice_days: NotRequired[int | None]
    replacement_day_kind: NotRequired[Literal["calendar", "working"] | None]
    contacts: NotRequired[list[Contact]]
    orders: NotRequired[list[PlanOrder]]
    programmes: list[Programme]


class Plan(TypedDict):
    """A plan as it stands. ``blanks`` is empty when it can be approved."""

    plan_id: str
    year: int | None
    title: str | None
    state: str
    version: int
    programmes: list[ProgrammeReply]
    replacement_notice_days: int | None
    replacement_day_kind: str | None
    contacts: list[Contact]
    orders: list[PlanOrder]
    blanks: list[Blank]


class PlanDiff(TypedDict):
    """What changed between two versions."""

    plan_id: str
    from_version: int
    to_version: int
    changes: list[Change]


class PlanRow(TypedDict):
    """A plan in a list."""

    plan_id: str
    year: int | None
    title: str | None
    state: str
    programmes: int
    version: int


class PlanRowPage(TypedDict):
    """One page of PlanRow."""

    items: list[PlanRow]
    next_cursor: NotRequired[str | None]


class PlanVersion(TypedDict):
    """One version of a plan, who made it and why; it never changes."""

    number: int
    changed_at: str
    changed_by: str
    reason: str | None


class PlanVersionFull(TypedDict):
    """A version with the plan as it was."""

    number: int
    changed_at: str
    changed_by: str
    reason: str | None
    plan: Plan


class PlanVersionPage(TypedDict):
    """One page of PlanVersion."""

    items: list[PlanVersion]
    next_cursor: NotRequired[str | None]
