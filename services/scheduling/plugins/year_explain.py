"""Explains a year that cannot be placed whole: its conflicts in words, with what settling each would cost."""

from __future__ import annotations

import time

from services.scheduling.domain.conflict import Explanation
from services.scheduling.domain.placement import Problem
from services.scheduling.domain.placement_grid import Grid
from services.scheduling.domain.placement_spans import Axis
from services.scheduling.plugins.year_conflicts import Conflicts
from services.scheduling.plugins.year_loosening import Loosenings


def explain_year(problem: Problem) -> Explanation:
    """Return why a year does not fit, looking for conflicts for ``problem.seconds``."""
    began = time.monotonic()
    search = Conflicts(Grid(Axis(problem)), problem.seconds)
    found = search.find()
    words = Loosenings(search.ways)
    conflicts = tuple(words.conflict(demands) for demands in found.conflicts)
    return Explanation(conflicts, found.complete, round(time.monotonic() - began, 3))
