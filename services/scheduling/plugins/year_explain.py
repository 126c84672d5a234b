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
    """Return why a year does not fit; half of ``problem.seconds`` is for what would settle it."""
    began = time.monotonic()
    search = Conflicts(Grid(Axis(problem)), problem.seconds / 2)
    found = search.find()
    words = Loosenings(search.ways, problem.seconds - (time.monotonic() - began))
    conflicts = tuple(words.conflict(*each) for each in zip(found.conflicts, found.minimal, strict=True))
    return Explanation(conflicts, found.complete, round(time.monotonic() - began, 3))
