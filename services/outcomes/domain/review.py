"""Blind review: a rubric, its totals, when a third reviewer is asked, and the grade that follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

_CENT = Decimal("0.01")


class ScoresIncomplete(Exception):
    """Scores that are not exactly those the rubric asks for; ``missing`` and ``unknown`` name criteria."""

    def __init__(self, missing: list[str], unknown: list[str]) -> None:
        super().__init__(f"{missing} {unknown}")
        self.missing, self.unknown = missing, unknown


@dataclass(frozen=True)
class Criterion:
    """One criterion of a rubric; ``weight`` in percent of the total."""

    key: str
    zh: str
    en: str
    weight: int


@dataclass(frozen=True)
class Band:
    """A grade and the least total it takes."""

    grade: str
    zh: str
    least: int
    passed: bool


@dataclass(frozen=True)
class Rubric:
    """Criteria and grades as they stand in the limits: each criterion is scored 0 to 100."""

    criteria: tuple[Criterion, ...]
    bands: tuple[Band, ...]

    @classmethod
    def of(cls, criteria: Sequence[Mapping[str, Any]], bands: Sequence[Mapping[str, Any]]) -> Rubric:
        """Build it from plain data. Raises ``ValueError`` when weights are not 100 or no grade takes a total of 0."""
        rubric = cls(
            tuple(Criterion(**each) for each in criteria),
            tuple(sorted((Band(**each) for each in bands), key=lambda band: -band.least)),
        )
        if sum(criterion.weight for criterion in rubric.criteria) != 100:
            raise ValueError("the weights of a rubric add up to 100")
        if not rubric.bands or rubric.bands[-1].least != 0:
            raise ValueError("the lowest grade of a rubric begins at 0")
        return rubric

    def total(self, scores: Mapping[str, int]) -> Decimal:
        """Return the weighted total, 0 to 100, to the hundredth. Raises ``ScoresIncomplete``."""
        wanted = {criterion.key for criterion in self.criteria}
        if wanted != scores.keys():
            raise ScoresIncomplete(sorted(wanted - scores.keys()), sorted(scores.keys() - wanted))
        weighted = sum(criterion.weight * scores[criterion.key] for criterion in self.criteria)
        return (Decimal(weighted) / 100).quantize(_CENT)

    def band(self, total: Decimal) -> Band:
        """Return the grade of a total."""
        return next(band for band in self.bands if total >= band.least)


def combined(totals: Sequence[Decimal]) -> Decimal:
    """Return the median: the mean of two, the middle one of three, so that no single review decides."""
    ranked = sorted(totals)
    middle = len(ranked) // 2
    if len(ranked) % 2:
        return ranked[middle]
    return ((ranked[middle - 1] + ranked[middle]) / 2).quantize(_CENT, ROUND_HALF_UP)


def reviews_wanted(totals: Sequence[Decimal], reviewers: int, most_apart: int) -> int:
    """Return how many reviews a report takes: one more when the first ``reviewers`` differ by more than the limit.

    Exactly ``most_apart`` points apart is still agreement.
    """
    apart = len(totals) >= reviewers and max(totals) - min(totals) > most_apart
    return reviewers + 1 if apart else reviewers
