"""Explains a year that cannot be placed whole: its conflicts in words, with what settling each would cost."""

from __future__ import annotations

import time
from collections.abc import Collection

from services.scheduling.domain.conflict import Explanation
from services.scheduling.domain.placement import Problem
from services.scheduling.domain.placement_grid import Grid
from services.scheduling.domain.placement_spans import Axis
from services.scheduling.plugins.year_conflicts import Conflicts
from services.scheduling.plugins.year_loosening import Loosenings


def explain_year(problem: Problem) -> Explanation:
    """Return why a year does not fit, within ``problem.seconds``."""
    return explained(Grid(Axis(problem)), problem.seconds)


def explained(grid: Grid, seconds: float, placed: Collection[str] | None = None) -> Explanation:
    """Return why the terms of a grid do not fit, all of the seconds for that until a conflict is found.

    From then on half of what is left is for what would settle it. ``placed``: the terms of a table that holds as many
    as could be placed, where one is known.
    """
    began = time.monotonic()
    search = Conflicts(grid, seconds, placed=placed)
    found = search.find()
    words = Loosenings(search.ways, seconds - (time.monotonic() - began))
    conflicts = tuple(
        words.conflict(demands, minimal, search.overload(demands))
        for demands, minimal in zip(found.conflicts, found.minimal, strict=True)
    )
    taken = round(time.monotonic() - began, 3)
    return Explanation(conflicts, found.complete, taken, len(search.placed), found.placed_bound)
