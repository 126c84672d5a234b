"""Rosters: objects of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

from gateway.client.enrollment.types.parts import Text


class Remark(TypedDict):
    """One remark on one cell; it never repeats personal data."""

    level: Literal["error", "warning", "info"]
    code: str
    column: str | None
    message: Text


class Roster(TypedDict):
    """The state of an import; ``row_errors`` holds the first hundred rows in error or refused."""

    import_id: str
    unit_id: str
    filename: str
    preview: bool
    state: Literal["received", "importing", "done", "failed"]
    problem: RosterProblem | None
    counts: RosterCounts
    columns: NotRequired[dict[str, Any]]
    row_errors: list[RosterRow]
    received_at: str
    finished_at: str | None
    version: int


class RosterCounts(TypedDict):
    """How many rows ended how. ``filed`` counts eligible nominations, ``warned`` and ``refused`` those by rule."""

    rows: int
    checked: int
    filed: int
    warned: int
    refused: int
    errors: int
    questions: int


class RosterPage(TypedDict):
    """One page of Roster."""

    items: list[Roster]
    next_cursor: NotRequired[str | None]


class RosterProblem(TypedDict):
    """Why an import failed as a whole."""

    code: str
    message: Text


class RosterRow(TypedDict):
    """How one row of the roster ended."""

    sheet: str
    row: int
    result: Literal["filed", "warned", "refused", "error", "previewed"]
    nomination_id: str | None
    remarks: list[Remark]


class RosterRowPage(TypedDict):
    """One page of RosterRow."""

    items: list[RosterRow]
    next_cursor: NotRequired[str | None]
