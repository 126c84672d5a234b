"""Fee settlement: objects of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from gateway.client.enrollment.types.fee_parts import FeeFinding
from gateway.client.enrollment.types.parts import Text


class GivenCosts(TypedDict):
    """What was spent on each item, lecture fees left out."""

    lodging: NotRequired[str | None]
    meals: NotRequired[str | None]
    venue_materials_transport: NotRequired[str | None]
    other: NotRequired[str | None]


class SettlementPaper(TypedDict):
    """A paper the file needs; ``reference`` is null while it is missing."""

    paper: str
    words: Text
    source: str
    basis: str
    reference: str | None
    dated_on: str | None


class SettlementStep(TypedDict):
    """One thing that happened to a settlement."""

    what: str
    at: str
    by: str
    note: str


class ShownCosts(TypedDict):
    """What was spent."""

    lodging: str
    meals: str
    venue_materials_transport: str
    other: str


class TermSettlement(TypedDict):
    """How far a term's settlement is. ``fees`` are assessed for trainees, ``lectures`` are paid on top, after tax."""

    term_id: str
    state: Literal["none", "open", "settled"]
    trainees: int
    staff: int
    unplanned: bool
    items: ShownCosts
    spent: str
    fees: str
    received: str
    lectures: str
    findings: list[FeeFinding]
    papers: list[SettlementPaper]
    missing: list[str]
    history: list[SettlementStep]
    version: int
