"""Schemes: objects of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from gateway.client.scheduling.types.plans import Blank, Change


class BudgetFields(TypedDict):
    """What one item may cost a term, in yuan."""

    item: Literal["lecturers", "lodging", "meals", "venue", "materials", "transport", "other"]
    amount: str


class CourseFields(TypedDict):
    """A course. Without ``course_id`` it is the course of the same title in the same module, else a new one."""

    course_id: NotRequired[str | None]
    title: str
    form: NotRequired[Literal["lecture", "discussion", "field", "self_study"]]
    hours: int
    expertise: NotRequired[list[str]]
    morning: NotRequired[bool]
    room_kind: NotRequired[str | None]


class ModuleFields(TypedDict):
    """A module (模块) with its courses in order."""

    module_id: NotRequired[str | None]
    title: str
    courses: list[CourseFields]


class SchemeComparison(TypedDict):
    """What changed from one version to another."""

    scheme_id: str
    from_number: int
    to_number: int
    changes: list[Change]


class SchemeReply(TypedDict):
    """A scheme as it stands; ``returned_because`` is the organisation department's word when it sent it back."""

    scheme_id: str
    plan_id: str
    programme_id: str
    programme_ordinal: int
    programme_title: str | None
    state: Literal["draft", "submitted", "approved"]
    number: int
    in_force: int | None
    hours: int
    courses: int
    total: str
    version: int
    aims: str
    modules: list[ModuleFields]
    budget: list[BudgetFields]
    blanks: list[Blank]
    returned_because: str | None


class SchemeRow(TypedDict):
    """A scheme in a list. ``number`` is the version at hand, ``in_force`` the approved one."""

    scheme_id: str
    plan_id: str
    programme_id: str
    programme_ordinal: int
    programme_title: str | None
    state: Literal["draft", "submitted", "approved"]
    number: int
    in_force: int | None
    hours: int
    courses: int
    total: str
    version: int


class SchemeRowPage(TypedDict):
    """One page of SchemeRow."""

    items: list[SchemeRow]
    next_cursor: NotRequired[str | None]


class SchemeVersion(TypedDict):
    """A version as it was; its content never changes."""

    number: int
    hours: int
    changed_at: str
    changed_by: str
    reason: str | None
    approved_at: str | None
    approved_by: str | None
    scheme_id: str
    aims: str
    modules: list[ModuleFields]
    budget: list[BudgetFields]


class SchemeVersionRow(TypedDict):
    """A version of a scheme in a list."""

    number: int
    hours: int
    changed_at: str
    changed_by: str
    reason: str | None
    approved_at: str | None
    approved_by: str | None


class SchemeVersionRowPage(TypedDict):
    """One page of SchemeVersionRow."""

    items: list[SchemeVersionRow]
    next_cursor: NotRequired[str | None]
