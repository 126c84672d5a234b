"""Fee standards: objects of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import TypedDict

from gateway.client.enrollment.types.fee_parts import Cited
from gateway.client.enrollment.types.parts import Text


class FeeClass(TypedDict):
    """A class of a standard."""

    code: str
    title: Text


class FeeDefault(TypedDict):
    """What holds where no row does."""

    standard: str
    fee_class: str
    lecture_standard: str
    departure_days: int
    citation: Cited


class FeeEdition(TypedDict):
    """A standard as it holds for some time."""

    standard: str
    effective_from: str
    effective_to: str | None
    title: Text
    applies_to: Text
    citation: Cited
    classes: list[FeeClass]
    figures: list[FeeFigure]


class FeeFigure(TypedDict):
    """One figure of a standard, with its source."""

    key: str
    words: Text
    value: str
    citation: Cited


class FeeQuote(TypedDict):
    """What such a stay costs one person, and why."""

    amount: str
    days: int
    reasons: list[Text]
    citation: Cited


class FeeScope(TypedDict):
    """One row of the table of scopes."""

    scope_id: str
    standard: str
    fee_class: str
    lecture_standard: str
    departure_days: int
    effective_from: str
    effective_to: str | None
    campus_id: str | None
    programme_id: str | None
    kind: str | None
    document: str
    version: int


class FeeScopeList(TypedDict):
    """Every scope and the default."""

    default: FeeDefault
    items: list[FeeScope]


class FeeStandardList(TypedDict):
    """The installed standards, edition by edition."""

    items: list[FeeEdition]


class Removed(TypedDict):
    """Confirms a removal."""

    scope_id: str
