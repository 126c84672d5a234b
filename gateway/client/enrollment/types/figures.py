"""Figures: objects of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Any, Literal, TypedDict


class Figure(TypedDict):
    """One figure; ``value`` is null when there is nothing to say yet. ``columns`` name what stands in its ``rows``."""

    key: str
    title: Title
    unit: Literal["people", "hours", "days", "yuan", "terms", "items", "percent"]
    value: float | None
    columns: list[FigureColumn]
    rows: list[dict[str, Any]]


class FigureColumn(TypedDict):
    """One column of the rows behind a figure."""

    key: str
    title: Title


class Figures(TypedDict):
    """What one service contributes to the report of a year."""

    figures: list[Figure]


class MyEnrollment(TypedDict):
    """A trainee's own nomination with the term, room and group."""

    nomination_id: str
    term_id: str
    programme_title: str
    ordinal: int
    starts_on: str
    ends_on: str
    cancelled: bool
    campus_title: str | None
    campus_address: str | None
    room_title: str | None
    unit_id: str
    unit_title: str
    name: str
    post: str
    rank: str
    workplace: str
    phone_masked: str
    state: str
    admitted_at: str | None
    replacement_deadline_on: str
    room: str | None
    group: int | None


class Title(TypedDict):
    """Words shown to people."""

    zh: str
    en: str
