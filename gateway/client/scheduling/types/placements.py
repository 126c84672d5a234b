"""Placements: objects of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

from gateway.client.scheduling.types.parts import Text


class Cause(TypedDict):
    """Why a term could not be placed, with figures for programs."""

    code: str
    words: Text
    details: dict[str, Any]


class PlacedRow(TypedDict):
    """A term that was placed by it."""

    term_id: str
    starts_on: str
    ends_on: str
    reports_on: str
    room_id: str


class Placement(TypedDict):
    """A placement: ``running`` until ``done`` or ``failed``. ``optimal``: proven best in number and in cost."""

    placement_id: str
    plan_id: str
    scheduler: str
    state: Literal["running", "done", "failed"]
    status: Literal["optimal", "feasible"] | None
    terms: int
    kept: int
    placed: list[PlacedRow]
    unplaced: list[UnplacedRow]
    cost: int | None
    bound: int | None
    placed_bound: int | None
    costs: PlacementCosts | None
    verdict: Text | None
    gap_percent: float | None
    seconds: float | None
    progress: PlacementProgress | None
    failure: Text | None
    asked_at: str
    version: int


class PlacementCosts(TypedDict):
    """The cost part by part, in tenths of the policy's weights."""

    target: int
    balance: int
    seats: int
    months: int
    spacing: int
    units: int
    travel: int


class PlacementProgress(TypedDict):
    """The best table so far."""

    placed: int
    cost: int
    bound: int
    seconds: float


class PlacementRow(TypedDict):
    """A placement in a list."""

    placement_id: str
    scheduler: str
    state: str
    status: str | None
    terms: int
    asked_at: str


class PlacementRowPage(TypedDict):
    """One page of PlacementRow."""

    items: list[PlacementRow]
    next_cursor: NotRequired[str | None]


class PolicyFields(TypedDict):
    """The planner's rules and weights; what is left out keeps its default."""

    longest_run: NotRequired[int]
    report_ahead: NotRequired[int]
    lead_days: NotRequired[int]
    in_order: NotRequired[bool]
    spacing_days: NotRequired[int]
    away_percent: NotRequired[int]
    weight_target: NotRequired[int]
    weight_balance: NotRequired[int]
    weight_seats: NotRequired[int]
    weight_months: NotRequired[int]
    weight_spacing: NotRequired[int]
    weight_units: NotRequired[int]
    weight_travel: NotRequired[int]


class UnplacedRow(TypedDict):
    """A term left over."""

    term_id: str
    label: Text
    reasons: list[Cause]
