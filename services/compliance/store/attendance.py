"""Attendance in the database: one roll a session, and one book a term with everybody's sums.

A roll of fifty people is one document and their sums are another: taking it is two writes, not a hundred.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.compliance.domain.attendance import Mark, Status
from services.compliance.domain.standing import Standing
from services.compliance.store.shapes import ARRAY, COUNT, FLAG, TEXT, shape
from shared.storage import Collection, Index

ROLLS = Collection(
    "rolls",
    indexes=(Index((("term_id", 1),)),),
    validator=shape(term_id=TEXT, session_id=TEXT, on=TEXT, marks=ARRAY, corrections=ARRAY, complete=FLAG),
)
"""One a session and day; a mark is an object in ``marks``, what it was before is in ``corrections``."""

BOOKS = Collection(
    "books",
    validator=shape(timetable_version=COUNT, rolled=ARRAY, people=ARRAY, history=ARRAY),
)
"""``_id`` is the term's. Everything that changes hours saves the book, so that two at once collide."""

_SETS = ("absent", "covered", "came")
_SUMS = ("attended_hours", "present", "late", "left_early")


def roll_id(term_id: str, session_id: str, on: str = "") -> str:
    """Return the identifier of a session's first roll, or of a further one that was taken for another day."""
    return f"{term_id}/{session_id}/{on}" if on else f"{term_id}/{session_id}"


def mark_row(nomination_id: str, unit_id: str, mark: Mark, note: str = "") -> dict[str, Any]:
    """Return a mark as a roll holds it."""
    row = {"nomination_id": nomination_id, "unit_id": unit_id, "status": mark.status.value, "note": note}
    return {**row, "left_early": mark.left_early}


def mark_of_row(row: Mapping[str, Any]) -> Mark:
    """Return the mark of a stored entry."""
    return Mark(Status(row["status"]), row["left_early"])


def marks_of(roll: Mapping[str, Any] | None) -> dict[str, Mark]:
    """Return the marks of a stored roll by person; none when there is no roll."""
    return {} if roll is None else {row["nomination_id"]: mark_of_row(row) for row in roll["marks"]}


def standing_row(nomination_id: str, unit_id: str, standing: Standing) -> dict[str, Any]:
    """Return one person's sums as the book holds them."""
    sums = {name: getattr(standing, name) for name in _SUMS}
    sets = {name: sorted(getattr(standing, name)) for name in _SETS}
    return {"nomination_id": nomination_id, "unit_id": unit_id, **sums, **sets}


def standing_of(row: Mapping[str, Any]) -> Standing:
    """Return the sums of a stored entry."""
    sums: dict[str, Any] = {name: row[name] for name in _SUMS}
    sets: dict[str, Any] = {name: frozenset(row[name]) for name in _SETS}
    return Standing(**sums, **sets)
