"""Withdrawal: objects of Compliance (学员管理).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from gateway.client.compliance.types.parts import Text


class CaseFigures(TypedDict):
    """What stood in the attendance book."""

    total_hours: int
    leave_hours: int
    absent_half_days: int


class WithdrawalCase(TypedDict):
    """One case. ``cause`` is a reason code, ``threshold`` says whether a limit opened it rather than conduct."""

    case_id: str
    nomination_id: str
    term_id: str
    unit_id: str
    cause: str
    cause_words: Text
    threshold: bool
    incident_id: str | None
    state: Literal["open", "withdrawn", "kept", "dissolved"]
    reason: Text
    source: str
    figures: CaseFigures
    opened_at: str
    decided_at: str | None
    approver: str | None
    decision_reason: str | None
    version: int


class WithdrawalCasePage(TypedDict):
    """One page of WithdrawalCase."""

    items: list[WithdrawalCase]
    next_cursor: NotRequired[str | None]
