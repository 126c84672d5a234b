"""The extension point ``diaoxun.schedulers``: what a scheduler plugin is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from services.scheduling.domain.placement import Problem, Solution


@dataclass(frozen=True, slots=True)
class Progress:
    """A better table was found: terms placed, its cost, and the bound so far."""

    placed: int
    cost: int
    bound: int
    seconds: float


Report = Callable[[Progress], None]


class Scheduler(Protocol):
    """Places terms. Runs alone in a process of its own: it may compute for ``problem.seconds`` and keep all cores busy.

    A solution must hold every rule (``placement_check`` looks again) and name a reason for each term left over.
    """

    def solve(self, problem: Problem, report: Report) -> Solution:
        """Return the best table found; ``report`` may be told of better ones on the way."""
