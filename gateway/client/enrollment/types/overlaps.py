"""Overlaps: objects of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict


class Overlap(TypedDict):
    """Two engagements of one person that share a day; ``standing``: still so, and both nominations still count."""

    term_id: str
    nomination_id: str
    unit_id: str
    name: str
    other_term_id: str
    other_nomination_id: str
    other_unit_id: str
    both_admitted: bool
    standing: bool
    found_at: str


class OverlapPage(TypedDict):
    """One page of Overlap."""

    items: list[Overlap]
    next_cursor: NotRequired[str | None]
