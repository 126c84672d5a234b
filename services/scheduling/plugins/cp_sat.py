"""The scheduler ``cp_sat``: first as many terms as can be placed, then at the least cost, with a proof or a bound."""

from __future__ import annotations

import time

from ortools.sat.python import cp_model

from services.scheduling.domain.placement import Placed, Problem, Solution
from services.scheduling.domain.placement_board import Board
from services.scheduling.domain.placement_cost import table_cost
from services.scheduling.domain.placement_greedy import Greedy, choices, weight
from services.scheduling.domain.placement_reasons import explain
from services.scheduling.domain.placement_spans import Axis
from services.scheduling.domain.scheduler import Progress, Report
from services.scheduling.plugins.cp_sat_model import PlacementModel


class CpSatScheduler:
    """CP-SAT on a time-indexed model, started from the greedy table; the same answer for the same seed and limit."""

    def __init__(self, workers: int = 1) -> None:
        self._workers = workers

    def solve(self, problem: Problem, report: Report) -> Solution:
        """Return the best table found within ``problem.seconds``, with the bound that was proven."""
        return _Run(problem, report, self._workers).solution()


class _Run:
    def __init__(self, problem: Problem, report: Report, workers: int) -> None:
        self._problem, self._report, self._workers = problem, report, workers
        self._began = time.monotonic()
        self._axis = Axis(problem)
        self._greedy = Greedy(self._axis)
        self._best = self._greedy.best()
        self._model = PlacementModel(self._axis)
        self._bound = 0

    def solution(self) -> Solution:
        self._tell()
        most, number_proven = self._most()
        cost_proven = self._cheapest()
        before = len(self._best.placed)
        self._greedy.fill(self._best)
        filled = len(self._best.placed) > before
        placed = tuple(sorted(self._best.placed.values(), key=lambda each: (each.starts_on, each.term_id)))
        left = [term for term in self._problem.terms if term.id not in self._best.placed]
        cost = table_cost(self._axis, placed)
        proven = number_proven and cost_proven and not filled
        return Solution(
            "cp_sat",
            "optimal" if proven else "feasible",
            placed,
            tuple(explain(self._best, term) for term in left),
            cost,
            cost if proven else min(cost, self._bound),
            len(placed) if number_proven else most,
            round(time.monotonic() - self._began, 3),
        )

    def _most(self) -> tuple[int, bool]:
        """Place as many terms as possible; return how many could be, and whether that is proven."""
        possible = [term for term in self._problem.terms if any(True for _ in choices(self._axis, term))]
        if len(self._best.placed) == len(possible):
            return len(possible), True
        self._model.model.maximize(self._model.value)
        _, status = self._run(0.5)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return len(possible), False
        return len(possible), status == cp_model.OPTIMAL

    def _cheapest(self) -> bool:
        """Lower the cost without losing a term; return whether the least cost is proven."""
        self._model.model.clear_objective()
        self._model.model.add(self._model.value >= weight(self._best))
        self._model.model.minimize(self._model.cost)
        solver, status = self._run(1.0)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self._bound = max(0, int(solver.best_objective_bound + 0.999))
        return bool(status == cp_model.OPTIMAL)

    def _run(self, share: float) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus]:
        self._model.hint(self._best.placed.values())
        left = max(0.5, (self._problem.seconds - (time.monotonic() - self._began)) * share)
        solver = cp_model.CpSolver()
        solver.parameters.random_seed = self._problem.seed
        solver.parameters.num_workers = self._workers
        solver.parameters.interleave_search = self._workers > 1
        solver.parameters.max_time_in_seconds = left
        solver.parameters.linearization_level = 2
        status = solver.solve(self._model.model, _Watcher(self))
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self._adopt(self._model.chosen(solver))
        return solver, status

    def _adopt(self, placed: list[Placed]) -> None:
        board = Board(self._axis, placed)
        better = weight(board), -table_cost(self._axis, placed)
        if better >= (weight(self._best), -table_cost(self._axis, self._best.placed.values())):
            self._best = board
            self._tell()

    def _tell(self) -> None:
        cost = table_cost(self._axis, self._best.placed.values())
        self.tell(len(self._best.placed), cost)

    def tell(self, placed: int, cost: int) -> None:
        self._report(Progress(placed, cost, self._bound, round(time.monotonic() - self._began, 3)))


class _Watcher(cp_model.CpSolverSolutionCallback):  # type: ignore[misc]
    """Reports each better table; it runs in the solver's own thread and touches nothing but the report."""

    def __init__(self, run: _Run) -> None:
        super().__init__()
        self._run = run

    def on_solution_callback(self) -> None:
        placed = sum(self.boolean_value(literal) for literal in self._run._model.placed.values())
        self._run.tell(placed, self.value(self._run._model.cost))
