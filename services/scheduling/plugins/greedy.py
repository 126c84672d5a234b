"""The scheduler ``greedy``: a good table at once, without a proof."""

from __future__ import annotations

import dataclasses
import time

from services.scheduling.domain.placement import Problem, Solution
from services.scheduling.domain.placement_greedy import solve_greedily
from services.scheduling.domain.scheduler import Progress, Report


class GreedyScheduler:
    """Hardest term first, several orders, one round of making room."""

    def solve(self, problem: Problem, report: Report) -> Solution:
        """Return the best of several constructions."""
        began = time.monotonic()
        solution = dataclasses.replace(solve_greedily(problem), seconds=round(time.monotonic() - began, 3))
        report(Progress(len(solution.placed), solution.cost, solution.bound, solution.seconds))
        return solution
