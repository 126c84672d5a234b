"""What the overview shows of a plan's year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    """A programme: one line of the chart."""

    ordinal: int
    title: str
    kind: Literal["training", "seminar"]
    terms_planned: int | None = None
    trainees_planned: int | None = None

    @property
    def short_title(self) -> str:
        """The title without the words that its kind already says."""
        return self.title.removesuffix("专题培训班").removesuffix("专题研讨班") or self.title


@dataclass(frozen=True, slots=True)
class TermBar:
    """A term with its dates and how full it is; ``due`` says why it cannot stay where it is."""

    term_id: str
    programme_ordinal: int
    ordinal: int
    starts_on: date
    ends_on: date
    capacity: int
    nominated: int = 0
    admitted: int = 0
    room_title: str = ""
    due: str = ""

    @property
    def fill(self) -> float:
        """Admitted people over capacity, 0 to 1."""
        return min(1.0, self.admitted / self.capacity) if self.capacity else 0.0

    @property
    def state(self) -> str:
        """``empty``, ``filling`` or ``full``."""
        if self.admitted == 0:
            return "empty"
        return "full" if self.admitted >= self.capacity else "filling"


@dataclass(frozen=True, slots=True)
class Band:
    """Days on which nothing is held: a public holiday, or days closed for another reason."""

    starts_on: date
    ends_on: date
    label: str
    kind: Literal["holiday", "closed"]


@dataclass(frozen=True)
class PlanYear:
    """Everything the chart draws."""

    year: int
    title: str
    programmes: tuple[ProgrammeLine, ...]
    terms: tuple[TermBar, ...]
    bands: tuple[Band, ...]

    def terms_of(self, programme: ProgrammeLine) -> list[TermBar]:
        """Return a programme's terms by date."""
        found = [term for term in self.terms if term.programme_ordinal == programme.ordinal]
        return sorted(found, key=lambda term: (term.starts_on, term.ordinal))

    @property
    def capacity(self) -> int:
        """Seats of all terms."""
        return sum(term.capacity for term in self.terms)

    @property
    def nominated(self) -> int:
        """People nominated and still in the running."""
        return sum(term.nominated for term in self.terms)

    @property
    def admitted(self) -> int:
        """People admitted."""
        return sum(term.admitted for term in self.terms)
