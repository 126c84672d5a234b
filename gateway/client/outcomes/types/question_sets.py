"""Question sets: objects of Outcomes (成果运用).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict


class Question(TypedDict):
    """One filed question or case and what became of it; numbers and names in it are masked."""

    question_id: str
    text: str
    kind: Literal["question", "case"]
    filed_at: str
    state: Literal["pending", "withheld", "unmatched", "waiting", "handed_over", "answered", "used", "not_covered"]
    answer: str | None
    answered_at: str | None


class QuestionSet(TypedDict):
    """A unit's question set with its texts."""

    question_set_id: str
    term_id: str
    unit_id: str
    questions: int
    cases: int
    roster_complete: bool
    version: int
    items: list[Question]


class QuestionSetSummary(TypedDict):
    """A unit's question set for a term, without the texts."""

    question_set_id: str
    term_id: str
    unit_id: str
    questions: int
    cases: int
    roster_complete: bool
    version: int


class QuestionSetSummaryPage(TypedDict):
    """One page of QuestionSetSummary."""

    items: list[QuestionSetSummary]
    next_cursor: NotRequired[str | None]


class QuestionText(TypedDict):
    """One question (重点难点问题) or case (典型案例)."""

    text: str
    kind: Literal["question", "case"]
