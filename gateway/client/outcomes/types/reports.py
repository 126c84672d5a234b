"""Reports: objects of Outcomes (成果运用).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict


class Objection(TypedDict):
    """The author's objection and what was decided."""

    reason: str
    filed_on: str
    upheld: bool | None
    answer: str
    decided_on: str | None


class Report(TypedDict):
    """A report; what is not a matter of state is for its author and the organisers, for others null."""

    report_id: str
    nomination_id: str
    term_id: str
    unit_id: str
    state: Literal["drafting", "submitted", "held", "ready", "in_review", "graded", "annulled", "withdrawn"]
    topic_id: str | None
    title: str
    versions: int
    due_on: str | None
    submitted_at: str | None
    late: bool | None
    similarity: int | None
    grade: str | None
    total: str | None
    passed: bool | None
    version: int
    files: list[ReportVersion] | None
    statement: str | None
    note: str | None
    comments: list[str] | None
    objection: Objection | None


class ReportDeadline(TypedDict):
    """When a term's reports are due, and the last day they are still taken late."""

    term_id: str
    due_on: str
    late_until: str


class ReportRow(TypedDict):
    """A report's state, without what it says. ``similarity``: text shared with other reports, in percent."""

    report_id: str
    nomination_id: str
    term_id: str
    unit_id: str
    state: Literal["drafting", "submitted", "held", "ready", "in_review", "graded", "annulled", "withdrawn"]
    topic_id: str | None
    title: str
    versions: int
    due_on: str | None
    submitted_at: str | None
    late: bool | None
    similarity: int | None
    grade: str | None
    total: str | None
    passed: bool | None
    version: int


class ReportRowPage(TypedDict):
    """One page of ReportRow."""

    items: list[ReportRow]
    next_cursor: NotRequired[str | None]


class ReportVersion(TypedDict):
    """One file the author sent."""

    number: int
    title: str
    filename: str
    kind: str
    size: int
    characters: int
    sha256: str
    filed_at: str
