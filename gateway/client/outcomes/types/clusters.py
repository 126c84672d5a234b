"""Clusters: objects of Outcomes (成果运用).

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


class Member(TypedDict):
    """One question of a cluster and the unit that asked; never a person."""

    question_id: str
    unit_id: str
    text: str


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
