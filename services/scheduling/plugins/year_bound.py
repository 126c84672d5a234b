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

from services.scheduling.plugins.year_cuts import cuts
from services.scheduling.plugins.year_program import Program

Figures = NDArray[np.float64]
NOTHING = 1 << 60
"""The bound of a programme that no table fulfils."""
_TOLERANCE = 1e-3
_ROUNDS = 5
_GAIN = 0.0005
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

    def solve(self, seconds: float) -> Bound | None:
        """Return the bound; ``None`` when the time was too short or there is no table at all.

        Rounds of cuts follow as long as they are worth it and the time is not half over.
        """
        began, best = time.monotonic(), self._once(seconds)
        for _ in range(_ROUNDS if best is not None else 0):
            assert best is not None
            spent = time.monotonic() - began
            if spent > seconds / 2 or not self._cut():
                break
            found = self._once(seconds - spent)
            if found is None or found.value <= best.value:
                break
            worth_it = found.value > best.value * (1 + _GAIN)
            best = found
            if not worth_it:
                break
        return best

    def _cut(self) -> bool:
        """Put in the cuts of the last solution, take out those that bound nothing, and return whether any is new."""
        new = list(cuts(self._program, self._given, self._shares, self._extras))
        bound = zip(self._rows[len(self._given) :], self._prices[len(self._given) :], strict=False)
        self._rows = [*self._given, *(row for row, price in bound if price > 0.0), *new]
        return bool(new)

    def _once(self, seconds: float) -> Bound | None:
        model = mathopt.Model.from_model_proto(self._model())
        limits = mathopt.SolveParameters(time_limit=timedelta(seconds=seconds))
        answer = mathopt.solve(model, mathopt.SolverType.HIGHS, params=limits)
        if answer.termination.reason != mathopt.TerminationReason.OPTIMAL or not answer.has_dual_feasible_solution():
            return None
        duals, shares = answer.dual_values(), answer.variable_values()
        rows = [duals[model.get_linear_constraint(index)] for index in range(len(self._terms), len(duals))]
        choices, extras = len(self._program.choices), len(self._extra_costs)
        values = np.array([shares[model.get_variable(index)] for index in range(choices + extras)], dtype=np.float64)
        self._shares, self._extras = values[:choices], values[choices:]
        self._prices = np.maximum(0.0, -np.array(rows, dtype=np.float64))
        return self._checked(self._prices)

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
        for row in self._rows:
            pays = row.extra >= 0
            columns_of = [*row.columns, extras + row.extra] if pays else row.columns
            _add(model, columns_of, [*row.coefficients, -1] if pays else row.coefficients, -math.inf, row.limit)
        if self._aim.most_missing is not None:
            weights = [self._aim.weights[term_id] for term_id in missing]
            _add(model, list(missing_at.values()), weights, -math.inf, self._aim.most_missing)
        return model

    def _checked(self, prices: Figures) -> Bound:
        """Return the Lagrangian bound of the duals: it holds whatever the solver's own tolerance was."""
        price_of_missing = 0.0
        if self._aim.most_missing is not None:
            price_of_missing, prices = float(prices[-1]), prices[:-1]
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
