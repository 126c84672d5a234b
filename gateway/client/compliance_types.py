"""Objects of Compliance (学员管理).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict


class Briefing(TypedDict):
    """A unit's briefing (纪律提醒) of the people it sends to one term."""

    briefing_id: str
    term_id: str
    unit_id: str
    programme_title: NotRequired[str | None]
    term_ordinal: NotRequired[int | None]
    starts_on: NotRequired[str | None]
    due_on: NotRequired[str | None]
    trainees: int
    briefed: int
    state: Literal["opened", "acknowledged", "cancelled"]
    acknowledged_by: NotRequired[str | None]
    acknowledged_at: NotRequired[str | None]
    late: bool
    version: int


class BriefingPage(TypedDict):
    """One page of Briefing."""

    items: list[Briefing]
    next_cursor: NotRequired[str | None]
