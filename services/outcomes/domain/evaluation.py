"""Evaluation of sessions by their trainees (评教): counted, never kept one by one, so that no answer has a face."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

POINTS = (1, 2, 3, 4, 5)
_HUNDREDTH = Decimal("0.01")


class AnsweredBefore(Exception):
    """Whoever answers has answered."""


class NotOpen(Exception):
    """Answers are taken from ``first_on`` to ``last_on``."""

    def __init__(self, first_on: date, last_on: date) -> None:
        super().__init__(f"{first_on} {last_on}")
        self.first_on, self.last_on = first_on, last_on


@dataclass(frozen=True)
class Tally:
    """All answers about one session.

    ``counts`` say how often each criterion got 1 to 5 points. ``voters`` are marks that only tell whether somebody
    has answered; they stand in no order, and neither do the comments.
    """

    voters: frozenset[str] = frozenset()
    counts: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    comments: tuple[str, ...] = ()

    def with_answer(self, voter: str, points: Mapping[str, int], comment: str) -> Tally:
        """Return it with one more answer. Raises ``AnsweredBefore``."""
        if voter in self.voters:
            raise AnsweredBefore
        counts = dict(self.counts)
        for criterion, given in points.items():
            before = counts.get(criterion, (0,) * len(POINTS))
            counts[criterion] = tuple(count + (point == given) for point, count in zip(POINTS, before, strict=True))
        comments = tuple(sorted([*self.comments, comment])) if comment else self.comments
        return replace(self, voters=self.voters | {voter}, counts=counts, comments=comments)

    @property
    def answers(self) -> int:
        """How many answered."""
        return len(self.voters)

    def mean(self, criterion: str) -> Decimal | None:
        """Return the mean of a criterion, to the hundredth; ``None`` without answers."""
        counts = self.counts.get(criterion, ())
        if not sum(counts):
            return None
        points = sum(point * count for point, count in zip(POINTS, counts, strict=True))
        return (Decimal(points) / sum(counts)).quantize(_HUNDREDTH, ROUND_HALF_UP)


def require_open(session_on: date, today: date, days: int) -> None:
    """Raise ``NotOpen`` before the session's day, and more than ``days`` days after it."""
    last_on = session_on + timedelta(days=days)
    if not session_on <= today <= last_on:
        raise NotOpen(session_on, last_on)
