"""Checkin: objects of Compliance (学员管理).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict


class CheckIn(TypedDict):
    """One admitted person of a term, and whether they are there."""

    nomination_id: str
    term_id: str
    unit_id: str
    state: Literal["expected", "reported", "not_reported", "withdrawn"]
    checked_in_at: str | None
    late: bool
    last_on: str | None
    version: int


class CheckInPage(TypedDict):
    """One page of CheckIn."""

    items: list[CheckIn]
    next_cursor: NotRequired[str | None]
