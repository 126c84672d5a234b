"""Lecturers: what they can teach, when they cannot, and how their contact is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

Half = Literal["morning", "afternoon", "evening"]
HALVES: tuple[Half, ...] = ("morning", "afternoon", "evening")
GRADE_NAMES = {
    "intermediate": ("中级及以下", "intermediate grade or below"),
    "associate": ("副高级", "associate grade"),
    "full": ("正高级", "full grade"),
    "academician": ("院士、全国知名专家", "academician or expert of national standing"),
}


@dataclass(frozen=True, slots=True)
class Away:
    """Days without teaching, both included; ``half`` ``None``: the whole day."""

    starts_on: date
    ends_on: date
    half: Half | None = None

    def covers(self, day: date, half: Half) -> bool:
        """Return whether it keeps somebody from teaching then."""
        return self.starts_on <= day <= self.ends_on and self.half in (None, half)


@dataclass(frozen=True, slots=True)
class Lecturer:
    """What planning needs to know of a lecturer."""

    id: str
    name: str
    grade: str
    organisation: str
    expertise: tuple[str, ...] = ()
    out_of_town: bool = False
    active: bool = True
    away: tuple[Away, ...] = ()

    def is_away(self, day: date, half: Half) -> bool:
        """Return whether the lecturer has said not to teach then."""
        return any(each.covers(day, half) for each in self.away)


def backwards(spans: Iterable[Away]) -> list[Away]:
    """Return the spans that end before they begin."""
    return [each for each in spans if each.ends_on < each.starts_on]


def masked_phone(number: str | None) -> str:
    """Return a number with its middle hidden; empty when there is none."""
    if not number:
        return ""
    return number[:3] + "****" + number[-4:] if len(number) >= 11 else "****" + number[-2:]


def masked_email(address: str | None) -> str:
    """Return an address with all but its first letter and its host hidden; empty when there is none."""
    if not address or "@" not in address:
        return ""
    name, _, host = address.partition("@")
    return f"{name[:1]}***@{host}"
