"""Travel: objects of Compliance (学员管理).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from gateway.client.compliance.types.parts import Problem


class LeftOut(TypedDict):
    """Somebody who could not be taken into a batch or its roll, and why."""

    nomination_id: str
    problem: Problem


class Passenger(TypedDict):
    """One person of a batch."""

    nomination_id: str
    unit_id: str
    whereabouts: Literal["expected", "departed", "arrived", "missing", "found", "dropped"]
    departed_at: str | None
    arrived_at: str | None
    was_missing: bool
    note: str


class TravelBatch(TypedDict):
    """One batch with the people within reach; ``left_out`` are the rows the command could not take."""

    batch_id: str
    term_id: str
    unit_id: str
    leg: str
    alone: bool
    reason: str
    assembly_place: str
    vehicle: str
    departs_at: str
    arrives_by: str
    alarm_at: str | None
    cancelled: bool
    cancelled_for: str | None
    passengers: list[Passenger]
    left_out: list[LeftOut]
    version: int


class TravelBatchPage(TypedDict):
    """One page of TravelBatch."""

    items: list[TravelBatch]
    next_cursor: NotRequired[str | None]
