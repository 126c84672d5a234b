"""Briefings: objects of Compliance (学员管理).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from gateway.client.compliance.types.parts import Text


class BriefedPerson(TypedDict):
    """One person: whether the unit signed for them, and when they said so themselves."""

    nomination_id: str
    briefed: bool
    acknowledged_at: str | None
    late: bool
    points_sha256: str | None


class Briefing(TypedDict):
    """A unit's briefing (纪律提醒) of the people it sends to one term."""

    briefing_id: str
    term_id: str
    unit_id: str
    programme_title: NotRequired[str | None]
    term_ordinal: NotRequired[int | None]
    starts_on: NotRequired[str | None]
    due_on: NotRequired[str | None]
    trainees: int
    briefed: int
    personally: int
    complete: bool
    state: Literal["opened", "acknowledged", "cancelled"]
    acknowledged_by: NotRequired[str | None]
    acknowledged_at: NotRequired[str | None]
    late: bool
    version: int


class BriefingPage(TypedDict):
    """One page of Briefing."""

    items: list[Briefing]
    next_cursor: NotRequired[str | None]


class BriefingProof(TypedDict):
    """Who was briefed, by whom and when, with the points as they are now and their digest."""

    briefing_id: str
    term_id: str
    unit_id: str
    programme_title: NotRequired[str | None]
    term_ordinal: NotRequired[int | None]
    starts_on: NotRequired[str | None]
    due_on: NotRequired[str | None]
    trainees: int
    briefed: int
    personally: int
    complete: bool
    state: Literal["opened", "acknowledged", "cancelled"]
    acknowledged_by: NotRequired[str | None]
    acknowledged_at: NotRequired[str | None]
    late: bool
    version: int
    points: list[Text]
    points_sha256: str
    people: list[BriefedPerson]


class MyBriefing(TypedDict):
    """What a trainee has to know; ``source`` says who wrote the points."""

    briefing_id: str
    term_id: str
    due_on: str | None
    points: list[Text]
    source: str
    basis: str
    acknowledged_at: str | None
    late: bool
