"""Transfers: objects of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict


class PlaceTransfer(TypedDict):
    """Places that changed hands, or are asked for; null stands for the city."""

    transfer_id: str
    term_id: str
    kind: Literal["returned", "borrowed", "released", "reopened", "standby"]
    state: Literal["asked", "done", "declined", "cancelled"]
    from_unit_id: str | None
    to_unit_id: str | None
    places: int
    cause_code: str
    note: str
    consent_of: str | None
    asked_at: str
    asked_by: str
    decided_at: str | None
    decided_by: str | None
    decision_note: str
    version: int


class PlaceTransferPage(TypedDict):
    """One page of PlaceTransfer."""

    items: list[PlaceTransfer]
    next_cursor: NotRequired[str | None]
