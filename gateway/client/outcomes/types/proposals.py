"""Proposals: objects of Outcomes (成果运用).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict


class DepartmentAnswer(TypedDict):
    """A department's answer."""

    unit_id: str
    decision: Literal["adopted", "partly_adopted", "declined"]
    text: str
    answered_on: str
    late: bool


class FollowUp(TypedDict):
    """One follow-up; ``overdue``: its day has passed and nothing was recorded."""

    month: int
    due_on: str
    progress: str | None
    evidence: str
    recorded_on: str | None
    late: bool
    overdue: bool


class Proposal(TypedDict):
    """A proposal with its text, every answer, the present one last, and its follow-ups."""

    proposal_id: str
    nomination_id: str | None
    term_id: str
    unit_id: str
    title: str
    state: Literal["filed", "forwarded", "adopted", "partly_adopted", "declined", "withdrawn"]
    filed_at: str
    receiving_unit_id: str | None
    due_on: str | None
    next_follow_up_on: str | None
    overdue: bool
    version: int
    body: str
    answers: list[DepartmentAnswer]
    follow_ups: list[FollowUp]


class ProposalPage(TypedDict):
    """One page of Proposal."""

    items: list[Proposal]
    next_cursor: NotRequired[str | None]


class ProposalRow(TypedDict):
    """A proposal. ``overdue``: the department has not answered by ``due_on``, or a follow-up was not recorded."""

    proposal_id: str
    nomination_id: str | None
    term_id: str
    unit_id: str
    title: str
    state: Literal["filed", "forwarded", "adopted", "partly_adopted", "declined", "withdrawn"]
    filed_at: str
    receiving_unit_id: str | None
    due_on: str | None
    next_follow_up_on: str | None
    overdue: bool
    version: int


class ProposalRowPage(TypedDict):
    """One page of ProposalRow."""

    items: list[ProposalRow]
    next_cursor: NotRequired[str | None]
