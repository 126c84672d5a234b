"""The scheduler ``cp_sat``: first as many terms as can be placed, then at the least cost, with a proof or a bound."""

from __future__ import annotations

import dataclasses

from services.scheduling.domain.placement import Problem, Solution
from services.scheduling.domain.placement_greedy import concluded
from services.scheduling.domain.placement_grid import Grid
from services.scheduling.domain.placement_spans import Axis
from services.scheduling.domain.scheduler import Report
from services.scheduling.plugins.year_run import Run


class CpSatScheduler:
    """Exact search by CP-SAT and the linear relaxation, begun with a greedy table and bettered piece by piece.

    ``workers`` threads search side by side. The same problem gets the same answer as long as the time limit is not
    what ends the search.
    """

    def __init__(self, workers: int = 2) -> None:
        self._workers = workers

    def solve(self, problem: Problem, report: Report) -> Solution:
        """Return the best table found within ``problem.seconds``, with the bound that was proven."""
        grid = Grid(Axis(problem))
        run = Run(grid, report, self._workers)
        run.solve()
        solution = concluded(grid, run.board, "cp_sat")
        return dataclasses.replace(
            solution,
            status="optimal" if run.proven else "feasible",
            bound=min(solution.cost, run.bound),
            placed_bound=run.placed_bound,
            seconds=run.elapsed,
        )
