"""What no table of a year can undercut: the linear relaxation with cuts, its duals checked by hand."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt

from services.scheduling.plugins.year_cuts import Cuts
from services.scheduling.plugins.year_program import Program

Figures = NDArray[np.float64]
NOTHING = 1 << 60
"""The bound of a programme that no table fulfils."""
_TOLERANCE = 1e-3
_ROUNDS = 8
_GAIN = 0.0002
"""What a round of cuts must raise the bound by, in parts of it, for another to follow."""


@dataclass(frozen=True, slots=True)
class Bound:
    """What the relaxation proves.

    ``value``: no table costs less. ``reduced``: by how much more a table costs, at least, that has this choice.
    ``least``: what each term adds to the value, which falls away where the term is missing. ``shares``: how much of a
    term the relaxation gives to each choice.
    """

    value: int
    reduced: Figures
    least: Mapping[str, float]
    shares: Figures

    def without(self, weights: Mapping[str, int], missing: int) -> int:
        """Return what no table undercuts in which the weights of the missing terms sum up to no more than this."""
        if not missing:
            return self.value
        # For any price of a missing term this holds; the best price is one at which some term starts to be worth it.
        prices = sorted({max(0.0, least) / weights[term_id] for term_id, least in self.least.items()})
        best = max(
            (
                -price * missing + sum(min(least, price * weights[id]) - least for id, least in self.least.items())
                for price in prices
            ),
            default=0.0,
        )
        return max(0, _whole(self.value + best))


@dataclass(frozen=True, slots=True)
class Aim:
    """What is minimised: the cost of the choices and ``missing`` for each term without one.

    Terms that ``missing`` leaves out must be placed. Where ``most_missing`` is given, the ``weights`` of the terms that
    are missing sum up to no more.
    """

    missing: Mapping[str, int]
    weights: Mapping[str, int]
    most_missing: int | None = None
    costs_count: bool = True


class Relaxation:
    """The linear relaxation of a programme, which grows by the cuts that are found."""

    def __init__(self, program: Program, aim: Aim) -> None:
        self._program, self._aim = program, aim
        self._terms = list(program.terms)
        self._given = [row for row in program.rows if aim.costs_count or row.extra < 0]
        self._rows = list(self._given)
        choices, extras = program.choices, program.extra_costs
        self._costs = np.array([choice.cost if aim.costs_count else 0 for choice in choices], dtype=np.float64)
        self._extra_costs = np.array(extras if aim.costs_count else [0] * len(extras), dtype=np.float64)
        self._extra_most = np.array(program.extra_most, dtype=np.float64)
        self._shares = self._extras = self._prices = np.zeros(0)
        self._lines: list[mathopt.LinearConstraint] = []
        self._cuts: Cuts | None = None

    def solve(self, seconds: float) -> Bound | None:
        """Return the bound; ``None`` when the time was too short or there is no table at all.

        Rounds of cuts follow as long as they are worth it and the time is not half over.
        """
        began, best = time.monotonic(), self.first(seconds)
        return None if best is None else self.closer(best, seconds - (time.monotonic() - began), seconds / 2)

    def first(self, seconds: float) -> Bound | None:
        """Return the bound without any cut; ``None`` when the time was too short or there is no table at all."""
        self._begin()
        return self._once(seconds)

    def closer(self, best: Bound, seconds: float, most: float) -> Bound:
        """Return a bound raised by rounds of cuts; none of them begins once ``most`` seconds are over."""
        began = time.monotonic()
        for _ in range(_ROUNDS):
            if time.monotonic() - began > most or not self._cut():
                break
            left = seconds - (time.monotonic() - began)
            found = self._once(left) if left > 0 else None
            if found is None or found.value <= best.value:
                break
            worth_it = found.value > best.value * (1 + _GAIN)
            best = found
            if not worth_it:
                break
        return best

    def _cut(self) -> bool:
        """Put in the cuts of the last solution, take out those that bound nothing, and return whether any is new."""
        self._cuts = self._cuts or Cuts(self._program, self._given)
        new = list(self._cuts.broken(self._shares, self._extras))
        kept = len(self._given)
        held = zip(self._rows[kept:], self._lines[kept:], self._prices[kept:].tolist(), strict=True)
        self._rows, self._lines = self._rows[:kept], self._lines[:kept]
        for row, line, price in list(held):
            if price > 0.0:
                self._rows.append(row)
                self._lines.append(line)
            else:
                self._asked.delete_linear_constraint(line)
        extras = len(self._costs)
        for row in new:
            parts = [
                amount * self._columns[column] for column, amount in zip(row.columns, row.coefficients, strict=True)
            ]
            if row.extra >= 0:
                parts.append(-1 * self._columns[extras + row.extra])
            self._rows.append(row)
            self._lines.append(self._asked.add_linear_constraint(ub=row.limit, expr=mathopt.LinearSum(parts)))
        return bool(new)

    def _begin(self) -> None:
        self._asked = mathopt.Model.from_model_proto(self._model())
        self._columns = [self._asked.get_variable(index) for index in range(len(self._costs) + len(self._extra_costs))]
        lines = [self._asked.get_linear_constraint(each) for each in range(self._asked.get_num_linear_constraints())]
        given = len(lines) - len(self._given)
        self._beyond, self._lines = lines[len(self._terms) : given], lines[given:]
        self._solver = mathopt.IncrementalSolver(self._asked, mathopt.SolverType.GLOP)

    def _once(self, seconds: float) -> Bound | None:
        limits = mathopt.SolveParameters(
            time_limit=timedelta(seconds=seconds),
            lp_algorithm=mathopt.LPAlgorithm.DUAL_SIMPLEX,
            presolve=mathopt.Emphasis.OFF,
        )
        answer = self._solver.solve(params=limits)
        if answer.termination.reason != mathopt.TerminationReason.OPTIMAL or not answer.has_dual_feasible_solution():
            return None
        duals = answer.dual_values()
        values = np.array(answer.variable_values(self._columns), dtype=np.float64)
        self._shares, self._extras = np.split(values, [len(self._costs)])
        self._prices = np.maximum(0.0, -np.array([duals[line] for line in self._lines], dtype=np.float64))
        return self._checked(self._prices, sum(max(0.0, -duals[line]) for line in self._beyond))

    def solve_whole(self, seconds: float) -> tuple[int, tuple[int, ...] | None]:
        """Return what no table undercuts, whole numbers required, and the columns of the best table found."""
        proto = self._model()
        whole = len(self._program.choices)
        proto.variables.integers[:] = [True] * whole + [False] * (len(proto.variables.ids) - whole)
        model = mathopt.Model.from_model_proto(proto)
        limits = mathopt.SolveParameters(time_limit=timedelta(seconds=seconds), relative_gap_tolerance=0.0)
        answer = mathopt.solve(model, mathopt.SolverType.HIGHS, params=limits)
        bound = answer.termination.objective_bounds.dual_bound
        if answer.termination.reason == mathopt.TerminationReason.INFEASIBLE:
            bound = math.inf
        chosen = None
        if answer.has_primal_feasible_solution():
            values = answer.variable_values()
            chosen = tuple(column for column in range(whole) if values[model.get_variable(column)] > 0.5)
        return NOTHING if math.isinf(bound) and bound > 0 else max(0, _whole(bound)), chosen

    def _model(self) -> model_pb2.ModelProto:
        """Return the model without cuts: first a row a term, then that of the missing terms, then the others."""
        model, program = model_pb2.ModelProto(), self._program
        missing = [term_id for term_id in self._terms if term_id in self._aim.missing]
        costs = np.concatenate(
            (self._costs, self._extra_costs, np.array([self._aim.missing[id] for id in missing], dtype=np.float64))
        )
        most = np.concatenate((np.ones(len(self._costs)), self._extra_most, np.ones(len(missing))))
        columns = np.arange(len(costs))
        model.variables.ids.extend(columns)
        model.variables.lower_bounds.extend(np.zeros(len(costs)))
        model.variables.upper_bounds.extend(most)
        model.variables.integers.extend([False] * len(costs))
        model.objective.linear_coefficients.ids.extend(columns)
        model.objective.linear_coefficients.values.extend(costs)
        extras = len(self._costs)
        missing_at = {term_id: extras + len(self._extra_costs) + at for at, term_id in enumerate(missing)}
        for term_id in self._terms:
            own = [*program.terms[term_id], *([missing_at[term_id]] if term_id in missing_at else [])]
            _add(model, own, [1.0] * len(own), 1.0, 1.0)
        if self._aim.most_missing is not None:
            weights = [self._aim.weights[term_id] for term_id in missing]
            _add(model, list(missing_at.values()), weights, -math.inf, self._aim.most_missing)
        for row in self._given:
            program.until.require()
            pays = row.extra >= 0
            columns_of = [*row.columns, extras + row.extra] if pays else row.columns
            _add(model, columns_of, [*row.coefficients, -1] if pays else row.coefficients, -math.inf, row.limit)
        return model

    def _checked(self, prices: Figures, price_of_missing: float) -> Bound:
        """Return the Lagrangian bound of the duals: it holds whatever the solver's own tolerance was."""
        reduced, extra = self._costs.copy(), self._extra_costs.copy()
        value = -price_of_missing * (self._aim.most_missing or 0)
        for row, price in zip(self._rows, prices, strict=True):
            if price > 0.0:
                value -= price * row.limit
                np.add.at(reduced, row.columns, price * np.array(row.coefficients))
                if row.extra >= 0:
                    extra[row.extra] -= price
        value += float(np.minimum(0.0, extra * self._extra_most).sum())
        each: dict[str, float] = {}
        for term_id in self._terms:
            columns = self._program.terms[term_id]
            least = float(reduced[columns].min()) if columns else math.inf
            if term_id in self._aim.missing:
                least = min(least, self._aim.missing[term_id] + price_of_missing * self._aim.weights[term_id])
            if math.isinf(least):
                return Bound(0, reduced, {}, self._shares)
            reduced[columns] -= least
            each[term_id] = least
            value += least
        return Bound(max(0, _whole(value)), reduced, each, self._shares)


def _whole(value: float) -> int:
    return 0 if math.isinf(value) or math.isnan(value) else math.ceil(value - _TOLERANCE)


def _add(
    model: model_pb2.ModelProto, columns: Sequence[int], coefficients: Sequence[float], least: float, most: float
) -> None:
    row = len(model.linear_constraints.ids)
    model.linear_constraints.ids.append(row)
    model.linear_constraints.lower_bounds.append(least)
    model.linear_constraints.upper_bounds.append(most)
    order = sorted(range(len(columns)), key=columns.__getitem__)
    matrix = model.linear_constraint_matrix
    matrix.row_ids.extend([row] * len(order))
    matrix.column_ids.extend(columns[each] for each in order)
    matrix.coefficients.extend(float(coefficients[each]) for each in order)
