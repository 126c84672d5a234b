"""A conflict as data: demands of a year that cannot hold together, and what giving way would come to."""

from __future__ import annotations

from dataclasses import dataclass

from services.scheduling.domain.demands import Rule


@dataclass(frozen=True, slots=True)
class Loosening:
    """One way to settle a conflict: how much of a demand is given up at the least (days, beds, seats, people).

    ``proven``: no less would do.
    """

    amount: int
    unit: str
    proven: bool
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A demand of a conflict in words, with the ways of loosening it, each of which alone would settle the conflict."""

    rule: Rule
    subject: str
    zh: str
    en: str
    loosenings: tuple[Loosening, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Demands that cannot hold together; ``minimal``: any of them less and they could."""

    term_ids: tuple[str, ...]
    zh: str
    en: str
    demands: tuple[Asked, ...]
    minimal: bool = True


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a year cannot be placed whole: conflicts with no term in common.

    ``complete``: what the conflicts leave is known to fit; with no conflicts at all, the whole year fits.
    """

    conflicts: tuple[Conflict, ...]
    complete: bool
    seconds: float = 0.0
