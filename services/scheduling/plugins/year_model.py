"""A programme of a year as a CP-SAT model, over all of its columns or some of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from ortools.sat.python import cp_model

from services.scheduling.plugins.year_program import Program


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to search: seconds of the clock, and seconds as the solver itself counts them (the same every time).

    ``prepared``: simplify the model for long before the search, which does not pay where most is settled already.
    """

    seconds: float
    counted: float | None = None
    workers: int = 1
    seed: int = 1
    prepared: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """The columns chosen (``None``: none found), the bound of the model, and whether the search came to its end."""

    chosen: tuple[int, ...] | None
    bound: float
    ended: bool


class YearModel:
    """The model. ``missing`` has what a term without a place costs; a term it leaves out must be placed.

    Raises ``TimeIsUp`` where the programme's time is too short to read all of its rows.
    """

    def __init__(self, program: Program, missing: Mapping[str, int], columns: Collection[int] | None = None) -> None:
        self._program = program
        self._model = cp_model.CpModel()
        self._literals = {
            column: self._model.new_bool_var("")
            for found in program.terms.values()
            for column in found
            if columns is None or column in columns
        }
        self._extras: dict[int, cp_model.IntVar] = {}
        self._absent = {term_id: self._model.new_bool_var("") for term_id in program.terms if term_id in missing}
        for term_id, found in program.terms.items():
            literals = [self._literals[column] for column in found if column in self._literals]
            self._model.add_exactly_one(*literals, *([self._absent[term_id]] if term_id in self._absent else []))
        for row in program.rows:
            program.until.require()
            self._add_row(row.columns, row.coefficients, row.limit, row.extra)
        self.missing = cp_model.LinearExpr.weighted_sum(
            list(self._absent.values()), [missing[term_id] for term_id in self._absent]
        )
        self.cost = cp_model.LinearExpr.weighted_sum(
            [*self._literals.values(), *self._extras.values()],
            [
                *(program.choices[column].cost for column in self._literals),
                *(program.extra_costs[extra] for extra in self._extras),
            ],
        )

        self.total = self.cost + self.missing

    def _add_row(self, columns: list[int], coefficients: list[int], limit: int, extra: int) -> None:
        literals, amounts = [], []
        for column, amount in zip(columns, coefficients, strict=True):
            literal = self._literals.get(column)
            if literal is not None:
                literals.append(literal)
                amounts.append(amount)
        if extra >= 0:
            if extra not in self._extras:
                self._extras[extra] = self._model.new_int_var(0, self._program.extra_most[extra], "")
            used = cp_model.LinearExpr.weighted_sum([*literals, self._extras[extra]], [*amounts, -1])
            self._model.add(used <= limit)
        elif limit == 1 and all(amount == 1 for amount in amounts):
            self._model.add_at_most_one(literals)
        elif sum(amounts) > limit:
            self._model.add(cp_model.LinearExpr.weighted_sum(literals, amounts) <= limit)

    def keep_below(self, what: cp_model.LinearExprT, most: int) -> None:
        """Look only for tables in which ``what`` is no more than this."""
        self._model.add(what <= most)

    def minimise(self, what: cp_model.LinearExprT) -> None:
        """Say what is to be least."""
        self._model.clear_objective()
        self._model.minimize(what)

    def hint(self, chosen: Iterable[int]) -> None:
        """Tell the solver a table that keeps every rule."""
        taken = set(chosen)
        self._model.clear_hints()
        for column, literal in self._literals.items():
            self._model.add_hint(literal, column in taken)
        for term_id, absent in self._absent.items():
            self._model.add_hint(absent, taken.isdisjoint(self._program.terms[term_id]))

    def solve(self, effort: Effort, watcher: cp_model.CpSolverSolutionCallback | None = None) -> Outcome:
        """Search and return what was found."""
        solver = cp_model.CpSolver()
        solver.parameters.random_seed = effort.seed
        solver.parameters.num_workers = effort.workers
        solver.parameters.interleave_search = effort.workers > 1
        solver.parameters.max_time_in_seconds = effort.seconds
        if effort.counted is not None:
            solver.parameters.max_deterministic_time = effort.counted
        solver.parameters.linearization_level = 2
        if not effort.prepared:
            solver.parameters.cp_model_probing_level = 0
            solver.parameters.max_presolve_iterations = 1
        status = solver.solve(self._model, watcher)
        ended = status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Outcome(None, solver.best_objective_bound, ended)
        chosen = tuple(column for column, literal in self._literals.items() if solver.boolean_value(literal))
        return Outcome(chosen, solver.best_objective_bound, ended)
