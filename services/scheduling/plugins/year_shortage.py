"""Why some demands are too much, by figures alone: a linear proof that names the demands it needs.

Where many terms crowd, branching proves little, while adding up does: so many days in beds and rooms are wanted, and so
many there are. A price for each day of what is short makes the proof: the terms would have to pay more, each on its
cheapest days, than all there is comes to. Prices are looked at by hand, so nothing hangs on a solver's tolerance.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt.python import mathopt

from services.scheduling.domain.demands import Demand, held
from services.scheduling.plugins.year_demands import DemandModel
from services.scheduling.plugins.year_time import Until

_SURE = 1e-3
_NOTHING = 1e-9
_LEAST = 0.5


def shortage(model: DemandModel, seconds: float, spare: Sequence[str] = ()) -> frozenset[Demand] | None:
    """Return demands assumed in a model that cannot hold together; ``None`` where figures alone do not tell.

    Terms that the proof can do without are left out: those of ``spare`` in its order, then those that matter least.
    Raises ``TimeIsUp`` where the seconds are too few to write the figures down.
    """
    order = {term_id: at for at, term_id in enumerate(spare)}
    allowed = [model.assumed.keys().isdisjoint(way.breaks) for way in model.ways]
    prices = _prices(model, allowed, seconds)
    if prices is None:
        return None
    pays = np.zeros(len(model.ways))
    value = 0.0
    for price, limit in zip(prices, model.limits, strict=True):
        if price > _NOTHING:
            value -= price * limit.most
            pays[list(limit.users)] += price * np.array(list(limit.users.values()))
    least = {}
    for term_id, columns in model.of_term.items():
        least[term_id] = min((pays[column] for column in columns if allowed[column]), default=1.0)
        least[term_id] = min(1.0, float(least[term_id]))
    value += sum(least.values())
    if value <= _SURE:
        return None
    for term_id in sorted(least, key=lambda id: (order.get(id, len(order)), least[id], id)):
        if held(term_id) in model.assumed and value - least[term_id] > _SURE:
            value -= least.pop(term_id)
    needed = {held(term_id) for term_id in least}
    needed |= {limit.demand for price, limit in zip(prices, model.limits, strict=True) if price > _NOTHING}
    needed &= model.assumed.keys()
    barred = [
        model.assumed.keys() & model.ways[column].breaks.keys()
        for term_id, much in least.items()
        for column in model.of_term[term_id]
        if not allowed[column] and pays[column] < much
    ]
    return frozenset(needed | _cover([each for each in barred if needed.isdisjoint(each)]))


def _prices(model: DemandModel, allowed: list[bool], seconds: float) -> NDArray[np.float64] | None:
    """Return the price of each limit at which the terms that find no room are fewest."""
    program, until = mathopt.Model(), Until.within(max(_LEAST, seconds))
    shares = [program.add_variable(lb=0.0, ub=1.0 if each else 0.0) for each in allowed]
    missing = []
    for columns in model.of_term.values():
        without = program.add_variable(lb=0.0, ub=1.0)
        missing.append(without)
        program.add_linear_constraint(mathopt.fast_sum([without, *(shares[column] for column in columns)]) == 1.0)
    rows = []
    for limit in model.limits:
        until.require()
        row = program.add_linear_constraint(lb=-math.inf, ub=limit.most)
        for column, amount in limit.users.items():
            row.set_coefficient(shares[column], amount)
        rows.append(row)
    program.minimize(mathopt.fast_sum(missing))
    limits = mathopt.SolveParameters(time_limit=timedelta(seconds=max(_LEAST, until.left)))
    answer = mathopt.solve(program, mathopt.SolverType.HIGHS, params=limits)
    if answer.termination.reason != mathopt.TerminationReason.OPTIMAL or not answer.has_dual_feasible_solution():
        return None
    duals = answer.dual_values()
    return np.array([max(0.0, -duals[row]) for row in rows], dtype=np.float64)


def _cover(barred: Iterable[Iterable[Demand]]) -> set[Demand]:
    """Return demands of which each of the barred ways breaks one."""
    left, found = [set(each) for each in barred], set[Demand]()
    while left:
        often = Counter(demand for each in left for demand in each)
        most = min(often, key=lambda demand: (-often[demand], demand))
        found.add(most)
        left = [each for each in left if most not in each]
    return found
