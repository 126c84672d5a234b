"""How the search cools: stages of many short walks at first and few long ones later, in shares of the whole effort.

What a timetable can become is settled at high temperatures on tightly woven problems and at low ones on loose ones.
So many walkers go down to a warm temperature, the best of them go on, and the last one of each worker cools slowly.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from services.scheduling.timetable.problem import Weights

_A_WALK = 4_000_000
"""Proposals that are worth a walker of its own in the first stage."""
_MOST_WALKERS = 48


@dataclass(frozen=True, slots=True)
class Stage:
    """``walkers`` of each worker cool from ``hot`` to ``cold`` in ``share`` of the effort, one after the other.

    ``again``: they all start from the best timetable of all.
    """

    share: float
    hot: float
    cold: float
    walkers: int = 1
    again: bool = False


def stages(weights: Weights, proposals: float) -> tuple[Stage, ...]:
    """Return the stages for that many proposals of a worker. Temperatures are costs, so they follow the weights."""
    hot, unit = _scale(weights)
    many = max(1, min(_MOST_WALKERS, int(0.2 * proposals / _A_WALK)))
    return (
        Stage(0.2, hot, unit, many),
        Stage(0.1, unit, 0.6 * unit, max(1, many // 4)),
        Stage(0.1, 0.6 * unit, 0.4 * unit, max(1, many // 16)),
        Stage(0.4, 0.4 * unit, 0.12 * unit),
        Stage(0.1, *reheat(weights), again=True),
        Stage(0.1, *reheat(weights), again=True),
    )


def reheat(weights: Weights) -> tuple[float, float]:
    """Return from where to where a timetable that is nearly as good as can be is warmed and cooled again."""
    _, unit = _scale(weights)
    return 0.26 * unit, 0.11 * unit


def _scale(weights: Weights) -> tuple[float, float]:
    used = [weight for weight in dataclasses.astuple(weights) if weight] or [1]
    return 1.6 * max(used), float(min(used))
