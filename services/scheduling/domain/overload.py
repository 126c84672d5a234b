"""An overload as data: on some days terms need more of beds or rooms than there is, wherever they lie."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from services.scheduling.domain.demands import Demand


@dataclass(frozen=True, slots=True)
class Overload:
    """What terms take of beds or rooms at the least on ``days`` days from ``first`` to ``last``, and what there is.

    The days are working days; with a ``weekday`` (0: Monday) only those. ``most`` is what there is on each of them:
    beds, or, when terms are ``counted``, how many of these terms can be held at once. ``need`` adds up over all days.
    """

    resource: Literal["beds", "rooms"]
    campus_ids: tuple[str, ...]
    kind: str
    counted: bool
    most: int
    first: date
    last: date
    days: int
    weekday: int | None
    need: int
    term_ids: tuple[str, ...]
    demands: frozenset[Demand]

    @property
    def have(self) -> int:
        """What there is on all of its days together."""
        return self.most * self.days

    @property
    def proves(self) -> bool:
        """Whether the figures alone say that the terms cannot all be held."""
        return self.need > self.have
