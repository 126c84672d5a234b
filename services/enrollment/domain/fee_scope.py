"""Which fee standard a term uses: rows with conditions and dates, the closest of them wins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class TermPlace:
    """What a scope row may ask of a term."""

    campus_id: str
    programme_id: str
    kind: str


@dataclass(frozen=True, slots=True)
class FeeChoice:
    """The standards of a term: one for the trainees' fees with its class, one for lectures.

    ``departure_days`` are the days after the last day of training on which people leave (撤离).
    """

    standard: str
    fee_class: str
    lecture_standard: str
    departure_days: int


@dataclass(frozen=True, slots=True)
class ScopeRow:
    """A choice and where it holds; a condition that is ``None`` asks nothing. Both days belong to it."""

    scope_id: str
    choice: FeeChoice
    effective_from: date
    effective_to: date | None
    campus_id: str | None = None
    programme_id: str | None = None
    kind: str | None = None

    def matches(self, place: TermPlace, day: date) -> bool:
        """Return whether the row holds for such a term on that day."""
        if day < self.effective_from or (self.effective_to is not None and day > self.effective_to):
            return False
        asked = ((self.campus_id, place.campus_id), (self.programme_id, place.programme_id), (self.kind, place.kind))
        return all(wanted is None or wanted == given for wanted, given in asked)

    @property
    def closeness(self) -> tuple[int, int, int, date]:
        """A programme is closer than a campus, a campus than a kind of programme; then the later row wins."""
        return (
            int(self.programme_id is not None),
            int(self.campus_id is not None),
            int(self.kind is not None),
            self.effective_from,
        )


def choice_for(
    rows: Iterable[ScopeRow], default: FeeChoice, place: TermPlace, day: date
) -> tuple[FeeChoice, str | None]:
    """Return the standards of a term that opens on ``day``, and the row that says so (``None``: the city's default)."""
    matching = sorted((row for row in rows if row.matches(place, day)), key=lambda row: (row.closeness, row.scope_id))
    if not matching:
        return default, None
    return matching[-1].choice, matching[-1].scope_id
