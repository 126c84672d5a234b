"""Units: objects of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict


class Contact(TypedDict):
    """Who answers for a unit's training matters at the office (an official line, not a private one)."""

    person: NotRequired[str]
    phone: NotRequired[str]
    fax: NotRequired[str]
    email: NotRequired[str]
    address: NotRequired[str]


class Places(TypedDict):
    """A unit's places in a term; 0 takes them away."""

    unit_id: str
    places: int


class Quota(TypedDict):
    """A unit's places in a term and their use."""

    unit_id: str
    unit_title: str | None
    places: int
    nominated: int
    admitted: int
    held: int
    free: int


class Quotas(TypedDict):
    """All places of a term."""

    term_id: str
    capacity: int
    allotted: int
    admitted: int
    pool: int
    release_on: str | None
    items: list[Quota]
    version: int


class Unit(TypedDict):
    """One unit of the organisation tree."""

    unit_id: str
    parent_id: str | None
    title: str
    kind: str
    credit_code: str | None
    contact: Contact
    version: int


class UnitPage(TypedDict):
    """One page of Unit."""

    items: list[Unit]
    next_cursor: NotRequired[str | None]
