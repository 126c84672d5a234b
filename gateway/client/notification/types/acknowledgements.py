"""Acknowledgements: objects of Notification (函件与送达).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import TypedDict


class RosterAcknowledged(TypedDict):
    """What was acknowledged by this; ``already`` were before."""

    term_id: str
    unit_id: str
    acknowledged: int
    late: int
    already: int


class TermAcknowledgements(TypedDict):
    """The acknowledgements of a term, unit by unit."""

    term_id: str
    items: list[UnitAcknowledgements]


class UnitAcknowledgements(TypedDict):
    """The acknowledgements of one unit's letters in one term; only letters that still hold count."""

    unit_id: str
    unit_title: str
    due_on: str | None
    awaited: int
    overdue: int
    received: int
    late: int
