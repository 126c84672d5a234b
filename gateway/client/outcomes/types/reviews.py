"""Reviews: objects of Outcomes (成果运用).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict


class Assignment(TypedDict):
    """What assigning did; ``held`` reports wait for somebody to judge what they share with others."""

    term_id: str
    reports: int
    reviews: int
    held: int
    lacking: list[Lacking]


class CriterionScore(TypedDict):
    """A criterion of the rubric with its weight in percent; ``score`` null until it is given."""

    criterion: str
    zh: str
    en: str
    weight: int
    score: int | None


class Lacking(TypedDict):
    """A report for which reviewers are missing, and how many."""

    report_id: str
    reviewers: int


class Panel(TypedDict):
    """The reviewers of a term."""

    term_id: str
    members: list[PanelSeat]


class PanelMember(TypedDict):
    """A reviewer: a lecturer. ``unit_id``: where they serve, whose people they do not review."""

    lecturer_id: str
    unit_id: NotRequired[str | None]
    expertise: NotRequired[list[str]]


class PanelSeat(TypedDict):
    """A reviewer and how much they have to do."""

    lecturer_id: str
    unit_id: str | None
    expertise: list[str]
    open: int
    returned: int


class Review(TypedDict):
    """A review with its rubric."""

    review_id: str
    report_id: str | None
    term_id: str
    lecturer_id: str
    title: str
    state: Literal["open", "returned", "declined", "cancelled"]
    due_on: str
    overdue: bool
    total: str | None
    version: int
    topic: str | None
    criteria: list[CriterionScore]
    comment: str


class ReviewRow(TypedDict):
    """A review. ``report_id`` is null for its reviewer, to whom nothing leads to the author."""

    review_id: str
    report_id: str | None
    term_id: str
    lecturer_id: str
    title: str
    state: Literal["open", "returned", "declined", "cancelled"]
    due_on: str
    overdue: bool
    total: str | None
    version: int


class ReviewRowPage(TypedDict):
    """One page of ReviewRow."""

    items: list[ReviewRow]
    next_cursor: NotRequired[str | None]


class Score(TypedDict):
    """The score of one criterion, 0 to 100."""

    criterion: str
    score: int
