"""Terms: objects of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from gateway.client.scheduling.types.parts import Text


class TermRow(TypedDict):
    """A term; days and room are null until it is placed."""

    term_id: str
    plan_id: str
    programme_id: str
    programme_ordinal: int
    programme_title: str
    kind: Literal["training", "seminar"]
    ordinal: int
    state: str
    days: int
    capacity: int
    admitted: int
    window_starts_on: str
    window_ends_on: str
    starts_on: str | None
    ends_on: str | None
    reports_on: str | None
    reports_from: str | None
    reports_until: str | None
    opens_at: str | None
    room_id: str | None
    room_title: str | None
    campus_id: str | None
    campus_title: str | None
    campus_address: str | None
    pinned: bool
    due: bool
    due_reason: Text | None
    delivery: Literal["campus", "online"]
    standing: Literal["planned", "notified", "postponed", "rescheduled", "cancelled", "online"]
    standing_reason: str | None
    retiming_id: str | None
    replacement_notice_days: int | None
    replacement_day_kind: str | None
    replacement_deadline: str | None
    version: int


class TermRowPage(TypedDict):
    """One page of TermRow."""

    items: list[TermRow]
    next_cursor: NotRequired[str | None]
