"""Objects of Outcomes (成果运用).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict


class Cluster(TypedDict):
    """A cluster with its questions."""

    cluster_id: str
    term_id: str
    kind: Literal["question", "case"]
    wording: str
    questions: int
    units: int
    by_person: bool
    session_id: str | None
    session_title: str | None
    session_by: str | None
    likeness: int
    shared: list[str]
    lecturer_id: str | None
    handover_id: str | None
    state: Literal["unmatched", "waiting", "handed_over", "answered", "used", "not_covered"]
    answer: str | None
    answered_at: str | None
    version: int
    members: list[Member]


class ClusterRow(TypedDict):
    """A cluster; ``likeness`` to its session in percent, ``shared`` the words both have."""

    cluster_id: str
    term_id: str
    kind: Literal["question", "case"]
    wording: str
    questions: int
    units: int
    by_person: bool
    session_id: str | None
    session_title: str | None
    session_by: str | None
    likeness: int
    shared: list[str]
    lecturer_id: str | None
    handover_id: str | None
    state: Literal["unmatched", "waiting", "handed_over", "answered", "used", "not_covered"]
    answer: str | None
    answered_at: str | None
    version: int


class ClusterRowPage(TypedDict):
    """One page of ClusterRow."""

    items: list[ClusterRow]
    next_cursor: NotRequired[str | None]


class Coverage(TypedDict):
    """What became of a term's questions and cases, counted by question."""

    term_id: str
    released: bool
    filed: int
    pending: int
    withheld: int
    clusters: int
    unmatched: int
    waiting: int
    handed_over: int
    answered: int
    used: int
    not_covered: int
    receipts_overdue: int
    sessions: list[SessionCoverage]


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


class Member(TypedDict):
    """One question of a cluster and the unit that asked; never a person."""

    question_id: str
    unit_id: str
    text: str


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


class SessionCoverage(TypedDict):
    """What became of the questions of one session."""

    session_id: str
    session_title: str
    lecturer_id: str | None
    questions: int
    handed_over: int
    answered: int
    used: int
    not_covered: int
