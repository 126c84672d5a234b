"""Year versions: objects of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from gateway.client.scheduling.types.parts import Text


class YearComparison(TypedDict):
    """What differs from one version to another: in all, and term by term, most people told first."""

    plan_id: str
    from_number: int
    to_number: int
    placed_before: int
    placed_after: int
    told: int
    words: Text
    differences: list[YearDifference]
    affected_unit_ids: list[str]
    affected_lecturer_ids: list[str]


class YearDifference(TypedDict):
    """A term that lies elsewhere, or nowhere any more (``after`` null), or is new (``before`` null)."""

    term_id: str
    before: YearPlace | None
    after: YearPlace | None
    told: int
    unit_ids: list[str]
    lecturer_ids: list[str]
    words: Text


class YearPlace(TypedDict):
    """Where a term lay, with the names its room and campus had then."""

    starts_on: str
    ends_on: str
    reports_on: str
    room_id: str
    room_title: str
    campus_id: str
    campus_title: str
    delivery: Literal["campus", "online"]


class YearVersionRow(TypedDict):
    """A version of a plan's year in a list; it never changes."""

    number: int
    placed: int
    changed: int
    changed_at: str
    changed_by: str
    reason: str | None


class YearVersionRowPage(TypedDict):
    """One page of YearVersionRow."""

    items: list[YearVersionRow]
    next_cursor: NotRequired[str | None]
