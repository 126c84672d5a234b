"""Matches: objects of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from gateway.client.enrollment.types.parts import Text


class MatchDecision(TypedDict):
    """Who answered, when, and what was written down."""

    by: str
    at: str
    keep: str | None
    note: str


class MatchSide(TypedDict):
    """One of the two records, by the nomination it was last seen in."""

    person_id: str
    nomination_id: str
    term_id: str
    unit_id: str
    name: str
    sex: str | None
    born_on: str
    post: str
    rank: str
    workplace: str
    phone_masked: str
    state: str


class PersonMatch(TypedDict):
    """A question: two numbers that may be one person's, or one number under two names."""

    match_id: str
    kind: Literal["numbers", "names"]
    state: Literal["open", "same", "different", "lapsed"]
    score: int
    reasons: list[Text]
    sides: list[MatchSide]
    found_at: str
    decision: MatchDecision | None
    version: int


class PersonMatchPage(TypedDict):
    """One page of PersonMatch."""

    items: list[PersonMatch]
    next_cursor: NotRequired[str | None]
