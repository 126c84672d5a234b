"""Figures: objects of Outcomes (成果运用).

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


class Limit(TypedDict):
    """One limit; ``basis`` is ``source``, ``design`` or ``unverified``."""

    key: str
    value: Any
    effective_from: str
    effective_to: str | None
    source: str
    basis: str


class Limits(TypedDict):
    """Every limit of the service over time, in force today or not."""

    items: list[Limit]


class Title(TypedDict):
    """Words shown to people."""

    zh: str
    en: str
