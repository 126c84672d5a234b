"""Leave: objects of Compliance (学员管理).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from gateway.client.compliance.types.parts import Text


class Leave(TypedDict):
    """One leave. ``hours`` are class hours on the current timetable, those that count; the grounds are not shown."""

    leave_id: str
    nomination_id: str
    term_id: str
    unit_id: str
    first_on: str
    first_half: str
    last_on: str
    last_half: str
    state: Literal["requested", "granted", "refused", "cancelled"]
    awaits: str | None
    steps: list[str]
    decisions: list[ShownDecision]
    hours: int
    half_days: int
    ended_at: str | None
    requested_at: str
    filed_by: str
    version: int


class LeaveGrounds(TypedDict):
    """Why somebody asks for leave; opening it is audited."""

    leave_id: str
    grounds: str
    reason: str


class LeavePage(TypedDict):
    """One page of Leave."""

    items: list[Leave]
    next_cursor: NotRequired[str | None]


class LeaveProjection(TypedDict):
    """What is left of the allowance on the timetable as it is now; ``message`` says it in a sentence."""

    nomination_id: str
    term_id: str
    timetable_version: int
    total_hours: int
    leave_hours: int
    allowance: int
    remaining: int
    requested_hours: int
    passed: bool
    prospects: list[Prospect]
    message: Text
    source: str
    basis: str


class Prospect(TypedDict):
    """One half-day to come: what it would take, and whether it alone would pass the limit."""

    on: str
    half: str
    hours: int
    titles: list[str]
    passes: bool


class ShownDecision(TypedDict):
    """One step's word."""

    step: str
    granted: bool
    approver: str
    title: str
    by: str
    at: str
    note: str
