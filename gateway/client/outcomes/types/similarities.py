"""Similarities: objects of Outcomes (成果运用).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import TypedDict


class SharedPassage(TypedDict):
    """A passage as it stands in this report and in the other."""

    length: int
    text: str
    other_text: str


class SimilarReport(TypedDict):
    """Another report and what is shared with it; ``percent`` of this report's text."""

    report_id: str
    nomination_id: str
    term_id: str
    unit_id: str
    percent: int
    passages: list[SharedPassage]


class Similarity(TypedDict):
    """The comparison with this and earlier years. ``found_in``: later reports that share text with this one."""

    report_id: str
    checked_at: str
    percent: int
    warn_from: int
    sources: list[SimilarReport]
    found_in: list[str]
