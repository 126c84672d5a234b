"""Completion: objects of Compliance (学员管理).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from gateway.client.compliance.types.parts import Text


class Completion(TypedDict):
    """One person's completion; hours are class hours attended and scheduled."""

    nomination_id: str
    term_id: str
    unit_id: str
    outcome: Literal["completed", "not_completed", "pending"]
    confirmed: bool
    hours_attended: int
    total_hours: int
    days: int
    report_grade: str | None
    verdicts: list[RuleSaid]
    decided_at: str
    confirmed_at: str | None
    approver: str | None
    version: int


class CompletionPage(TypedDict):
    """One page of Completion."""

    items: list[Completion]
    next_cursor: NotRequired[str | None]


class CompletionReport(TypedDict):
    """How many stand where after a decision or a confirmation; ``news`` were announced just now."""

    term_id: str
    completed: int
    not_completed: int
    pending: int
    confirmed: int
    news: int


class RuleSaid(TypedDict):
    """One rule's verdict with its reason and the source of its limit."""

    rule: str
    ruling: str
    reason: Text
    source: str
