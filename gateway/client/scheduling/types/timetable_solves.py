"""Timetable solves: objects of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

from gateway.client.scheduling.types.parts import Text
from gateway.client.scheduling.types.timetable_problem import TimetableFinding, TimetablePlaced


class TimetablePreview(TypedDict):
    """What a change would do. ``broken`` are hard rules broken by it, ``mended`` those it mends."""

    cost_before: int
    cost: int
    feasible: bool
    broken: list[TimetableFinding]
    mended: list[TimetableFinding]
    dearer: list[TimetableFinding]
    cheaper: list[TimetableFinding]
    changed: list[TimetablePlaced]


class TimetableSolve(TypedDict):
    """A solve. ``timetable`` is its best so far, also while it runs; ``costs`` says what that costs, rule by rule."""

    solve_id: str
    name: str
    scheduler: str
    state: Literal["waiting", "running", "done", "stopped", "failed"]
    status: Literal["optimal", "feasible", "infeasible", "unknown"] | None
    seconds: float
    proposals: int | None
    seed: int
    lectures: int
    cost: int | None
    bound: int
    costs: dict[str, Any]
    timetable: list[TimetablePlaced]
    spent: float
    seconds_taken: float
    first_feasible: float | None
    tried: int
    resumed: int
    reasons: list[TimetableFinding]
    failure: Text | None
    asked_at: str
    version: int


class TimetableSolveRow(TypedDict):
    """A solve in a list."""

    solve_id: str
    name: str
    scheduler: str
    state: Literal["waiting", "running", "done", "stopped", "failed"]
    status: str | None
    lectures: int
    cost: int | None
    asked_at: str


class TimetableSolveRowPage(TypedDict):
    """One page of TimetableSolveRow."""

    items: list[TimetableSolveRow]
    next_cursor: NotRequired[str | None]
