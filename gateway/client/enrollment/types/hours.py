"""Hours: objects of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from gateway.client.enrollment.types.fee_parts import Cited
from gateway.client.enrollment.types.parts import Text


class ExpectedHours(TypedDict):
    """Hours of a term somebody is admitted to and not through with."""

    nomination_id: str
    term_id: str
    title: str
    on: str
    hours: int
    days: int


class HeldPosition(TypedDict):
    """A rank and since when it is known; ``source`` is the nomination or the promotion that says so."""

    on: str
    rank: str
    post: str
    source: str


class HoursEntry(TypedDict):
    """Hours of one training, or of an earlier year as a record says; ``rank`` is the one held then."""

    entry_id: str
    kind: Literal["training", "import"]
    nomination_id: str | None
    term_id: str | None
    title: str
    on: str
    hours: int
    days: int
    completed: bool
    rank: str
    bucket: Literal["senior", "others"]
    source: str
    credited_at: str
    superseded: list[SupersededHours]


class HoursLedger(TypedDict):
    """A person's whole ledger."""

    person_id: str
    unit_id: str
    unit_title: str | None
    name: str
    rank: str
    bucket: Literal["senior", "others"]
    standings: list[HoursStanding]
    version: int
    entries: list[HoursEntry]
    expected: list[ExpectedHours]
    positions: list[HeldPosition]


class HoursStanding(TypedDict):
    """How somebody stands with one requirement. ``expected_hours`` come from terms they are admitted to."""

    kind: Literal["annual", "five_year", "catch_up"]
    words: Text
    first: str
    last: str
    required_hours: int
    required_days: int | None
    hours: int
    days: int
    met: bool
    gap_hours: int
    expected_hours: int
    forecast_met: bool
    forecast_gap_hours: int
    citation: Cited


class HoursSummary(TypedDict):
    """One person in a list, as things are today."""

    person_id: str
    unit_id: str
    unit_title: str | None
    name: str
    rank: str
    bucket: Literal["senior", "others"]
    standings: list[HoursStanding]
    version: int


class HoursSummaryPage(TypedDict):
    """One page of HoursSummary."""

    items: list[HoursSummary]
    next_cursor: NotRequired[str | None]


class SupersededHours(TypedDict):
    """What an entry said before."""

    hours: int
    days: int
    at: str


class UnitHours(TypedDict):
    """One unit's people and how many of them have what is asked of them this year."""

    unit_id: str
    unit_title: str | None
    people: int
    met: int
    short: int
    forecast_short: int
    gap_hours: int
    forecast_gap_hours: int


class UnitHoursList(TypedDict):
    """Unit by unit."""

    on: str
    items: list[UnitHours]
