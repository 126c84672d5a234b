"""Parts: objects of Compliance (学员管理).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import TypedDict


class BulkReport(TypedDict):
    """What a bulk command did, row by row."""

    done: int
    left: int
    items: list[RowDone]


class Problem(TypedDict):
    """Why one row was left as it was."""

    code: str
    message: Text


class RowDone(TypedDict):
    """What became of one person of a bulk command."""

    nomination_id: str
    done: bool
    state: str | None
    problem: Problem | None


class Text(TypedDict):
    """One message in two languages."""

    zh: str
    en: str
