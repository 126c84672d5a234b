"""Standby: objects of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, TypedDict


class Reordering(TypedDict):
    """One re-ordering: who moved whom, when and why."""

    unit_id: str | None
    before: list[str]
    after: list[str]
    reason: str
    by: str
    at: str


class StandbyEntry(TypedDict):
    """Somebody on standby; ``position`` counts within the list and ``due_on`` is the last day to answer an offer."""

    nomination_id: str
    term_id: str
    unit_id: str
    name: str
    line: Literal["unit", "city"]
    position: int
    state: Literal["waiting", "offered", "admitted", "declined", "lapsed", "removed"]
    joined_at: str
    offered_at: str | None
    due_on: str | None
    version: int


class StandbyLists(TypedDict):
    """The lists of a term in the order seats are offered, and how they were re-ordered."""

    term_id: str
    items: list[StandbyEntry]
    reorderings: list[Reordering]
