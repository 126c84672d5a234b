"""Dossiers: objects of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import TypedDict

from gateway.client.enrollment.types.nominations import Nomination
from gateway.client.enrollment.types.parts import Text
from gateway.client.enrollment.types.standby import StandbyEntry


class Dossier(TypedDict):
    """Everything about one nomination."""

    nomination: Nomination
    posts: list[PostHeld]
    others: list[OtherEngagement]
    hours: HoursOnRecord | None
    standby: StandbyEntry | None


class HoursOnRecord(TypedDict):
    """Class hours on record against those required for the person's rank, by the limit in ``source``."""

    earned: int
    required_hours: int
    gap: int
    span: Text
    source: str


class OtherEngagement(TypedDict):
    """Another nomination of the same person, of any year, that still counts."""

    nomination_id: str
    term_id: str
    programme_title: str
    ordinal: int
    starts_on: str
    ends_on: str
    state: str


class PostHeld(TypedDict):
    """A post with its rank, held from a day on."""

    post: str
    rank: str
    workplace: str
    since: str
    document: str
    by: str
    at: str
