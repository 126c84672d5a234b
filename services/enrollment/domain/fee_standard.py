"""The extension point ``fee_standards``: what a standard of training fees (培训费标准) is asked and how it answers.

A standard knows no person and no unit: it is told days, classes, grades and hours, and answers with amounts in fen,
the reasons in words, and the document each figure comes from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Protocol

from services.enrollment.domain.eligibility import Ruling
from services.enrollment.domain.wording import Sentence

API_VERSION = "1"
BASES = ("source", "design", "unverified")
GRADES = ("intermediate", "associate", "full", "academician")


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a figure comes from. ``document`` is its number, empty when it has none.

    ``basis``: ``source`` was read in a public text, ``design`` is a choice of the platform, ``unverified`` still has to
    be held against the document.
    """

    document: str
    source: str
    basis: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a standard as a page shows it; ``value`` is text with its unit."""

    key: str
    words: Sentence
    value: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Edition:
    """A standard as it holds from one day to another; both ends belong to it. ``classes`` are its fee classes."""

    effective_from: date
    effective_to: date | None
    title: Sentence
    applies_to: Sentence
    citation: Citation
    classes: tuple[tuple[str, Sentence], ...]
    figures: tuple[Figure, ...]

    def holds_on(self, day: date) -> bool:
        """Return whether the edition is in force on that day."""
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)


@dataclass(frozen=True, slots=True)
class Stay:
    """One trainee's time at a course, in whole days; ``on`` is the day whose edition counts."""

    on: date
    fee_class: str
    training_days: int
    arrival_days: int = 0
    departure_days: int = 0


@dataclass(frozen=True, slots=True)
class Charge:
    """What a stay costs. ``days`` are those charged for, arrival and departure among them."""

    amount_fen: int
    days: int
    reasons: tuple[Sentence, ...]
    citation: Citation


@dataclass(frozen=True, slots=True)
class Taught:
    """Class hours one lecturer taught in one session.

    ``hours_before`` were paid for earlier in the same half-day; ``agreed_fen`` is an agreed fee for a class hour (or
    for a half-day where the standard counts so), ``None`` for the most that is allowed; ``uplifted`` says that an
    uplift for somebody from elsewhere was approved in writing.
    """

    on: date
    grade: str
    hours: Decimal
    hours_before: Decimal = Decimal(0)
    agreed_fen: int | None = None
    uplifted: bool = False


@dataclass(frozen=True, slots=True)
class LectureCharge:
    """What a lecture is paid, after tax. ``paid_hours`` are the class hours that count."""

    amount_fen: int
    paid_hours: Decimal
    reasons: tuple[Sentence, ...]
    citation: Citation


@dataclass(frozen=True, slots=True)
class CourseCosts:
    """What a course really cost, in fen by item, lecture fees left out; ``trainees`` and ``staff`` are heads."""

    stay: Stay
    trainees: int
    staff: int
    items: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a standard says about real costs; a limit nobody has verified only warns."""

    code: str
    ruling: Ruling
    reason: Sentence
    citation: Citation


class FeeStandard(Protocol):
    """What a plugin of kind ``fee_standards`` gives as its body: one object, no state, quick, no I/O."""

    def editions(self) -> Sequence[Edition]:
        """Return its editions, the earliest first; no two hold on one day."""

    def charge(self, stay: Stay) -> Charge:
        """Return what one trainee's stay costs. Raises ``Refusal``: no edition that day, no such class."""

    def lecture(self, taught: Taught) -> LectureCharge:
        """Return what a session is paid. Raises ``Refusal``: no lecture fees here, or more agreed than allowed."""

    def findings(self, costs: CourseCosts) -> Sequence[Finding]:
        """Return what is within and what is above the standard. Raises ``Refusal`` as ``charge`` does."""
