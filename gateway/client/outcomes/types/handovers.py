"""Handovers: objects of Outcomes (成果运用).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict


class HandedQuestion(TypedDict):
    """A cluster as its lecturer sees it: nothing says which unit or person asked."""

    cluster_id: str
    kind: Literal["question", "case"]
    wording: str
    variants: list[str]
    asked: int
    session_id: str
    session_title: str
    session_on: str | None
    outcome: str | None
    answer: str | None


class Handover(TypedDict):
    """A hand-over with what its lecturer still has of it."""

    handover_id: str
    term_id: str
    lecturer_id: str
    session_ids: list[str]
    questions: int
    state: Literal["open", "receipted", "closed"]
    due_on: str
    overdue: bool
    handed_over_at: str
    receipted_at: str | None
    closed_reason: str | None
    version: int
    items: list[HandedQuestion]


class HandoverRow(TypedDict):
    """A hand-over; ``overdue``: not receipted by ``due_on``. ``questions`` are the clusters handed over then."""

    handover_id: str
    term_id: str
    lecturer_id: str
    session_ids: list[str]
    questions: int
    state: Literal["open", "receipted", "closed"]
    due_on: str
    overdue: bool
    handed_over_at: str
    receipted_at: str | None
    closed_reason: str | None
    version: int


class HandoverRowPage(TypedDict):
    """One page of HandoverRow."""

    items: list[HandoverRow]
    next_cursor: NotRequired[str | None]
