"""Lecturers: objects of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict


class ContactShown(TypedDict):
    """A contact in full."""

    lecturer_id: str
    contact: LecturerContact | None


class Lecturer(TypedDict):
    """One lecturer. ``contact`` is null for everybody but a service, which is about to write to them."""

    lecturer_id: str
    name: str
    grade: Literal["intermediate", "associate", "full", "academician"]
    organisation: str
    post: str | None
    expertise: list[str]
    out_of_town: bool
    active: bool
    unavailable: list[Unavailability]
    phone_masked: str
    email_masked: str
    version: int
    contact: LecturerContact | None


class LecturerContact(TypedDict):
    """How a lecturer is reached; kept encrypted."""

    phone: NotRequired[str | None]
    email: NotRequired[str | None]
    fax: NotRequired[str | None]


class LecturerRow(TypedDict):
    """A lecturer; the contact is masked."""

    lecturer_id: str
    name: str
    grade: Literal["intermediate", "associate", "full", "academician"]
    organisation: str
    post: str | None
    expertise: list[str]
    out_of_town: bool
    active: bool
    unavailable: list[Unavailability]
    phone_masked: str
    email_masked: str
    version: int


class LecturerRowPage(TypedDict):
    """One page of LecturerRow."""

    items: list[LecturerRow]
    next_cursor: NotRequired[str | None]


class OwnRecord(TypedDict):
    """What the Party school keeps about the lecturer who asks."""

    lecturer_id: str
    name: str
    organisation: str
    unavailable: list[Unavailability]


class Unavailability(TypedDict):
    """Days on which a lecturer cannot teach, both included; ``half`` null: the whole day."""

    starts_on: str
    ends_on: str
    half: NotRequired[Literal["morning", "afternoon", "evening"] | None]
