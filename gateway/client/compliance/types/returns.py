"""Returns: objects of Compliance (学员管理).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict


class Return(TypedDict):
    """The people of one unit and term; ``due_on`` is counted in working days (``source`` says by what)."""

    return_id: str
    term_id: str
    unit_id: str
    ended_on: str
    due_on: str
    state: Literal["open", "confirmed", "cancelled"]
    escalated: int
    people: list[Returner]
    confirmed_by: str | None
    confirmed_at: str | None
    late: bool
    source: str
    version: int


class ReturnPage(TypedDict):
    """One page of Return."""

    items: list[Return]
    next_cursor: NotRequired[str | None]


class ReturnedPerson(TypedDict):
    """One person: back on a day, or not back and why."""

    nomination_id: str
    back: NotRequired[bool]
    returned_on: NotRequired[str | None]
    note: NotRequired[str]


class Returner(TypedDict):
    """One person who comes back."""

    nomination_id: str
    state: str
    returned_on: str | None
    note: str
