"""How good an answer is, in words: proven best, or how far from the best at most."""

from __future__ import annotations

import math
from dataclasses import dataclass

from services.scheduling.domain.placement import Solution


@dataclass(frozen=True, slots=True)
class Verdict:
    """``gap_percent``: by how much the cost lies above the best at most, rounded up; ``None`` where nothing bounds it.

    The best is the cheapest table that holds as many terms.
    """

    zh: str
    en: str
    gap_percent: float | None


def verdict(solution: Solution) -> Verdict:
    """Return what a solution's proof comes to."""
    gap = gap_percent(solution.cost, solution.bound)
    placed, most = len(solution.placed), solution.placed_bound
    left = len(solution.unplaced)
    if solution.status == "optimal":
        if not left:
            return Verdict("全部排定，已证明最优", "every term is placed, proven best", 0.0)
        return Verdict(
            f"已排{placed}期，已证明最多只能排这么多，且费用最低",
            f"{placed} terms are placed; proven that no more can be, nor at a lower cost",
            0.0,
        )
    if not left:
        number = "全部排定", "every term is placed"
    elif most <= placed:
        number = f"已排{placed}期（已证明最多）", f"{placed} terms are placed (proven to be the most)"
    else:
        number = (
            f"已排{placed}期，至多可排{most}期，能否多排尚无定论",
            f"{placed} terms are placed of at most {most}, and whether more fit is open",
        )
    if gap is None:
        return Verdict(f"{number[0]}，与最优的差距尚不清楚", f"{number[1]}; how far from the best is not known", None)
    return Verdict(f"{number[0]}，与最优相差不超过{gap:g}%", f"{number[1]}, at most {gap:g} % from the best", gap)


def gap_percent(cost: int, bound: int) -> float | None:
    """Return by how many percent of ``bound`` a cost lies above it, rounded up to a tenth; ``None`` for no bound."""
    if cost <= bound:
        return 0.0
    return math.ceil(1000 * (cost - bound) / bound) / 10 if bound > 0 else None
