"""Which terms of a board need not look for a better place again: nothing has moved where they looked before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from services.scheduling.domain.placement import Term
from services.scheduling.domain.placement_grid import Grid, Slot


class Calm:
    """Moves so far, by the weeks that they emptied or filled, and by the terms that lie in order with the one moved."""

    def __init__(self, grid: Grid) -> None:
        self._grid, self._moves = grid, 0
        self._first = grid.week[0] if grid.week else 0
        self._weeks = [0] * (grid.week[-1] - self._first + 1 if grid.week else 0)
        self._terms: defaultdict[str, int] = defaultdict(int)
        self._seen: dict[str, tuple[int, slice]] = {}
        self._near: defaultdict[str, set[str]] = defaultdict(set)
        for order in grid.problem.orders:
            self._near[order.before].add(order.after)
            self._near[order.after].add(order.before)
        programmes: defaultdict[str, set[str]] = defaultdict(set)
        for term in grid.problem.terms:
            programmes[term.programme_id].add(term.id)
        for term in grid.problem.terms:
            self._near[term.id] |= programmes[term.programme_id]

    def about(self, term: Term) -> bool:
        """Return whether a term would find what it found when it looked last."""
        if term.id not in self._seen:
            return False
        moves, weeks = self._seen[term.id]
        return self._terms[term.id] <= moves and max(self._weeks[weeks]) <= moves

    def looked(self, term: Term, slots: Sequence[Slot], moved: tuple[Slot, Slot] | None) -> None:
        """Say that a term looked at some slots, and from which to which it moved."""
        if moved is not None:
            self._moves += 1
            for slot in moved:
                weeks = self._weeks_of([slot])
                self._weeks[weeks] = [self._moves] * (weeks.stop - weeks.start)
            self._terms.update(dict.fromkeys(self._near[term.id], self._moves))
        self._seen[term.id] = self._moves, self._weeks_of(slots)

    def _weeks_of(self, slots: Sequence[Slot]) -> slice:
        first, last = min(slot.reports for slot in slots), max(slot.ends for slot in slots)
        return slice(self._grid.week[first] - self._first, self._grid.week[last] - self._first + 1)
