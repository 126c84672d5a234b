"""What reading a notice gives: a draft plan with open places as ``None``, and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """One passage that could not be read: line (from 1), its text, and why in two languages."""

    line: int
    text: str
    zh: str
    en: str

    def to_wire(self) -> dict[str, Any]:
        """Return plain JSON data."""
        return {"line": self.line, "text": self.text, "zh": self.zh, "en": self.en}


@dataclass(frozen=True, slots=True)
class DateRange:
    """First and last day, both included; ``None`` where the notice leaves the place open."""

    starts_on: date | None
    ends_on: date | None

    def to_wire(self) -> dict[str, str | None]:
        """Return plain JSON data with ISO dates."""
        return {"starts_on": _iso(self.starts_on), "ends_on": _iso(self.ends_on)}


@dataclass(slots=True)
class ProgrammeDraft:
    """One programme of the notice. ``ranges`` holds the date ranges when the notice gives more than one."""

    ordinal: int
    title: str | None
    kind: str | None
    terms: int | None = None
    trainees: int | None = None
    days: int | None = None
    points: list[str] = field(default_factory=list)
    ranges: list[DateRange] = field(default_factory=list)

    @property
    def starts_on(self) -> date | None:
        """First day of all ranges; ``None`` unless every range has one."""
        starts = [each.starts_on for each in self.ranges]
        return min((day for day in starts if day), default=None) if all(starts) else None

    @property
    def ends_on(self) -> date | None:
        """Last day of all ranges; ``None`` unless every range has one."""
        ends = [each.ends_on for each in self.ranges]
        return max((day for day in ends if day), default=None) if all(ends) else None

    def to_wire(self) -> dict[str, Any]:
        """Return plain JSON data; ``ranges`` only when there is more than one."""
        wire: dict[str, Any] = {
            "ordinal": self.ordinal,
            "title": self.title,
            "kind": self.kind,
            "terms": self.terms,
            "trainees": self.trainees,
            "starts_on": _iso(self.starts_on),
            "ends_on": _iso(self.ends_on),
            "days": self.days,
            "points": list(self.points),
        }
        if len(self.ranges) > 1:
            wire["ranges"] = [each.to_wire() for each in self.ranges]
        return wire


@dataclass(slots=True)
class ContactDraft:
    """Whom to call at one of the two organisers."""

    organisation: str | None
    person: str | None = None
    phone: str | None = None
    fax: str | None = None

    def to_wire(self) -> dict[str, str | None]:
        """Return plain JSON data."""
        return {"organisation": self.organisation, "person": self.person, "phone": self.phone, "fax": self.fax}


@dataclass(slots=True)
class PlanDraft:
    """A whole notice. ``replacement_day_kind`` (calendar or working) only when the notice says which."""

    year: int | None
    title: str | None
    programmes: list[ProgrammeDraft]
    replacement_notice_days: int | None
    contacts: list[ContactDraft]
    replacement_day_kind: str | None = None

    def to_wire(self) -> dict[str, Any]:
        """Return plain JSON data, the request body of ``create_plan``."""
        wire: dict[str, Any] = {
            "year": self.year,
            "title": self.title,
            "programmes": [programme.to_wire() for programme in self.programmes],
            "replacement_notice_days": self.replacement_notice_days,
            "contacts": [contact.to_wire() for contact in self.contacts],
        }
        if self.replacement_day_kind is not None:
            wire["replacement_day_kind"] = self.replacement_day_kind
        return wire


@dataclass(frozen=True, slots=True)
class Reading:
    """The draft and the passages that stayed unread, in line order."""

    draft: PlanDraft
    problems: tuple[Problem, ...]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
