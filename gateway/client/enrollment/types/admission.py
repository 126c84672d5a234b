"""Admission: objects of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict

from gateway.client.enrollment.types.nominations import Problem


class Admission(TypedDict):
    """What an admission did."""

    term_id: str
    admitted: list[str]
    left_out: list[LeftOut]
    capacity: int
    seats_left: int


class Fill(TypedDict):
    """How full a term is: ``nominated`` are all still in the running, ``accepted`` those waiting for a seat."""

    term_id: str
    plan_id: str
    programme_ordinal: int
    programme_title: str
    ordinal: int
    starts_on: str
    ends_on: str
    cancelled: bool
    capacity: int
    nominated: int
    refused: int
    accepted: int
    admitted: int


class Fills(TypedDict):
    """The fill of every term."""

    items: list[Fill]


class LeftOut(TypedDict):
    """Somebody accepted who got no seat now, and why."""

    nomination_id: str
    unit_id: str
    problem: Problem


class Trainee(TypedDict):
    """One admitted person as a letter or a list names them; the phone is masked, the identity number absent."""

    nomination_id: str
    term_id: str
    unit_id: str
    unit_title: str
    name: str
    sex: str | None
    workplace: str
    post: str
    rank: str
    political_status: str
    phone_masked: str
    admitted_at: str


class TraineePage(TypedDict):
    """One page of Trainee."""

    items: list[Trainee]
    next_cursor: NotRequired[str | None]
