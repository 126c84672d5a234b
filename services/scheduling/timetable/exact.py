"""The exact scheduler: CP-SAT on the whole problem, with a bound and, when it ends by itself, a proof."""

from __future__ import annotations

import time
from typing import Any

from ortools.sat.python import cp_model

from services.scheduling.timetable.assess import assess
from services.scheduling.timetable.exact_model import ExactModel
from services.scheduling.timetable.layout import Layout
from services.scheduling.timetable.problem import Problem, Timetable
from services.scheduling.timetable.scheduler import Effort, Head, Outcome, Progress, Report, Status, Stopped
from services.scheduling.timetable.start import require_feasible
from services.scheduling.timetable.stopping import StopHeard, stopping

_PROPOSALS_A_SECOND = 10_000_000
"""How many proposals stand for one of CP-SAT's deterministic seconds."""


class ExactScheduler:
    """CP-SAT. With ``proposals`` it counts its own deterministic time and interleaves its workers, so it repeats."""

    def schedule(
        self, problem: Problem, effort: Effort, report: Report, stopped: Stopped, head: Head | None = None
    ) -> Outcome:
        """Return the best timetable found, with the proven bound."""
        run = _Run(problem, effort, report, head)
        try:
            return run.outcome(stopped)
        except StopHeard:
            return run.ended(0.0)


class _Run:
    def __init__(self, problem: Problem, effort: Effort, report: Report, head: Head | None) -> None:
        if head is not None:
            require_feasible(problem, head.timetable)
        self._began = time.monotonic()
        self._problem, self._effort, self._report = problem, effort, report
        self._layout = Layout(problem)
        self._before = head.spent if head else 0.0
        self._best: Timetable | None = head.timetable if head else None
        self._cost: int | None = assess(problem, head.timetable).cost if head else None
        self._bound = head.bound if head else 0
        self._first: float | None = None

    def outcome(self, stopped: Stopped) -> Outcome:
        """Solve and tell how it ended; what is proven already is not solved again."""
        if self.proven:
            return self.ended(0.0)
        wanted = {c: course.lectures for c, course in enumerate(self._problem.courses)}
        self._model = ExactModel(self._layout, {}, wanted, stopped=stopped)
        if self._best is not None:
            self._model.hint(self._layout.places(self._best))
        solver = cp_model.CpSolver()
        self._limit(solver)
        solver.best_bound_callback = self._note_bound
        with stopping(solver, stopped):
            status = solver.solve(self._model.model, _Watcher(self))
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self.found(solver.boolean_value)
            self._note_bound(solver.best_objective_bound)
        return self.ended(solver.response_proto.deterministic_time, status)

    @property
    def proven(self) -> bool:
        """Whether nothing can be better than what was found."""
        return self._cost is not None and self._bound >= self._cost

    def ended(self, tried: float, status: Any = cp_model.UNKNOWN) -> Outcome:
        """Return how it ended: after so many of the solver's seconds, with that status of its own."""
        if self._best is None or self._cost is None:
            none: Status = "infeasible" if status == cp_model.INFEASIBLE else "unknown"
            return Outcome(none, None, None, 0, time.monotonic() - self._began)
        proven = self.proven or status == cp_model.OPTIMAL
        return Outcome(
            "optimal" if proven else "feasible",
            self._best,
            self._cost,
            self._cost if proven else self._bound,
            time.monotonic() - self._began,
            self._first,
            int(tried * _PROPOSALS_A_SECOND),
        )

    def found(self, value: Any) -> None:
        """Take a solution of the model and tell of it when it is better."""
        timetable = self._layout.numbered(self._model.chosen(value))
        cost, seconds = assess(self._problem, timetable).cost, time.monotonic() - self._began
        self._first = seconds if self._first is None else self._first
        if self._cost is None or cost < self._cost:
            self._best, self._cost = timetable, cost
            share = seconds / self._effort.seconds if self._effort.seconds else 0.0
            spent = min(1.0, self._before + share)
            self._report(Progress(cost, min(self._bound, cost), seconds, timetable, spent))

    def _note_bound(self, bound: float) -> None:
        self._bound = max(self._bound, int(bound + 1 - 1e-6))

    def _limit(self, solver: Any) -> None:
        parameters, effort, left = solver.parameters, self._effort, max(0.0, 1.0 - self._before)
        parameters.random_seed = effort.seed
        parameters.num_workers = effort.workers
        if effort.seconds is not None:
            parameters.max_time_in_seconds = max(0.5, effort.seconds * left)
        else:
            assert effort.proposals is not None
            parameters.max_deterministic_time = max(0.1, effort.proposals * left / _PROPOSALS_A_SECOND)
            parameters.interleave_search = effort.workers > 1
            parameters.interleave_batch_size = 1  # one piece of work after the other: side by side, equals race


class _Watcher(cp_model.CpSolverSolutionCallback):  # type: ignore[misc]
    def __init__(self, run: _Run) -> None:
        super().__init__()
        self._run = run

    def on_solution_callback(self) -> None:
        """Tell of a better timetable, and end with one that costs what is known to be the least."""
        self._run.found(self.boolean_value)
        if self._run.proven:
            self.stop_search()
