"""Hours records: objects of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict

from gateway.client.enrollment.types.parts import Text


class GivenHours(TypedDict):
    """One person's hours of one year: by a nomination, or by identity number (with name and unit where unknown yet)."""

    nomination_id: NotRequired[str | None]
    id_number: NotRequired[str | None]
    name: NotRequired[str | None]
    unit_id: NotRequired[str | None]
    year: int
    hours: int
    days: int
    rank: NotRequired[str | None]
    note: NotRequired[str]


class HoursImport(TypedDict):
    """How an import ended, row by row."""

    done: int
    left: int
    items: list[HoursRowResult]


class HoursRowResult(TypedDict):
    """How one row ended; rows are counted from 1."""

    row: int
    done: bool
    person_id: str | None
    problem: Text | None
