"""One run of the scheduler ``cp_sat``: what is best so far, what is proven, and which way to go on."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

from services.scheduling.domain.placement_board import Board
from services.scheduling.domain.placement_cost import table_cost
from services.scheduling.domain.placement_greedy import Greedy, weight, worth
from services.scheduling.domain.placement_grid import Grid
from services.scheduling.domain.scheduler import Progress, Report
from services.scheduling.plugins.year_bound import Aim, Relaxation
from services.scheduling.plugins.year_crew import Crew
from services.scheduling.plugins.year_exact import MOST_COLUMNS, cheapest, place_more, relaxed, worth_relaxing
from services.scheduling.plugins.year_model import Effort
from services.scheduling.plugins.year_outlook import Looking, Outlook, grain_for, programme_of, start_from
from services.scheduling.plugins.year_rows import Slots
from services.scheduling.plugins.year_search import Search
from services.scheduling.plugins.year_time import NEVER, TimeIsUp, Until

_STALL = 8
_SPARE = 0.5
"""Seconds kept for giving the answer."""
_LARGE = 80
"""From how many terms on the time is used rather than the same answer given every time: all goes on side by side."""


class Run:
    """The state of one run, begun with a greedy table."""

    def __init__(self, grid: Grid, report: Report, workers: int) -> None:
        self._grid, self._report, self._workers = grid, report, workers
        self._began = time.monotonic()
        self._slots = {term_id: slots for term_id, slots in grid.slots.items() if slots}
        self._weights = {term_id: worth(grid, term_id) for term_id in self._slots}
        self._greedy = Greedy(grid)
        self.board = self._greedy.best()
        self.cost = self._cost_of(self.board)
        self.bound = self._least_missing = 0
        self._tell()

    @property
    def elapsed(self) -> float:
        """Seconds since the run began."""
        return round(time.monotonic() - self._began, 3)

    @property
    def number_proven(self) -> bool:
        """Whether no table holds more."""
        return self._missing() <= self._least_missing

    @property
    def proven(self) -> bool:
        """Whether no table holds more, and none that holds as much costs less."""
        return self.number_proven and self.cost <= self.bound

    @property
    def placed_bound(self) -> int:
        """How many terms a table can hold at most."""
        if self.number_proven:
            return len(self.board.placed)
        # A pinned term weighs more than all free ones together: beyond that the weight counts no terms.
        fewest = self._least_missing if self._least_missing <= len(self._grid.terms) else 1
        return len(self._slots) - fewest

    def solve(self) -> None:
        """Place as many terms as possible, at the least cost, and bound both."""
        large = len(self._slots) >= _LARGE
        with Crew(self._grid, self._workers, apart=large and self._workers > 1) as crew:
            looking, outlook = self._look() if self._slots else (None, None)
            if looking is None or outlook is None:
                self._place_more()
                return
            if not large:
                outlook = self._look_closer(looking.closer(outlook, self._left(0.5)))
            self._start(outlook)
            search = Search(self._grid, self.board, outlook, self._grid.problem.seed)
            if large:
                closer = crew.instead(looking.closer, outlook, self._left(0.5))
                self._search(search, crew, self._left(0.9), until=closer.done)
                outlook = self._look_closer(closer.result())
                search.see(outlook)
            self._search(search, crew, self._left(0.4))
            self._place_more()
            search.board, search.cost = self.board, self.cost
            self._raise(outlook.bound.without(self._weights, self._missing()))
            self._prove(outlook, 0.4)
            known = None
            while not self.proven and self._left() > _SPARE and known != (self.cost, self.bound):
                known = self.cost, self.bound
                self._search_on(search, crew, outlook)
        if not self.proven and self._left() > _SPARE:
            self._prove(outlook, 1.0)

    def place(self) -> None:
        """Place as many terms as the time allows, at whatever cost."""
        with suppress(TimeIsUp):
            self._place(Until(self._began + self._grid.problem.seconds))

    def _place(self, until: Until) -> None:
        looking, outlook = self._look(until) if self._slots else (None, None)
        if looking is not None and outlook is not None:
            outlook = self._look_closer(looking.closer(outlook, self._left(0.5)))
            self._start(outlook)
            search = Search(self._grid, self.board, outlook, self._grid.problem.seed)
            with Crew(self._grid, 1) as crew:
                while self._missing() and self._left() > _SPARE:
                    search.round(self._left(), crew)
                    self._adopt(search.board)

    def _look(self, until: Until = NEVER) -> tuple[Looking | None, Outlook | None]:
        """Return the outlook of a year with all its terms, or, where there is none, with as many as are placed."""
        program = programme_of(self._grid, grain_for(self._grid), self._slots, ordered=False, until=until)
        looking = Looking(program, Aim({}, self._weights))
        outlook = looking.first(self._left(0.5))
        until.require()
        if outlook is None and self._missing():
            looking = Looking(program, self._aim())
            outlook = looking.first(self._left(0.5))
        return looking, outlook and self._look_closer(outlook)

    def _look_closer(self, outlook: Outlook) -> Outlook:
        self._raise(outlook.bound.without(self._weights, self._missing()))
        return outlook

    def _start(self, outlook: Outlook) -> None:
        start = start_from(self._grid, outlook)
        self._greedy.finish(start)
        self._adopt(start)

    def _place_more(self) -> None:
        """Bound how many terms can be placed, and try for more where that is not too much to try."""
        if self.number_proven:
            return
        program = programme_of(self._grid, grain_for(self._grid), self._slots, ordered=False)
        aim = Aim(self._weights, self._weights, costs_count=False)
        found = Relaxation(program, aim).solve(self._left(0.3))
        if found is not None:
            self._least_missing = found.value
        if not self.number_proven and len(program.choices) <= 5 * MOST_COLUMNS:
            finding = place_more(self._grid, self._slots, self._weights, self._missing(), self._effort(0.4))
            self._adopt(finding.board)
            self._least_missing = max(self._least_missing, finding.bound)

    def _search(self, search: Search, crew: Crew, seconds: float, until: Callable[[], bool] | None = None) -> None:
        """Better the table piece by piece: for the seconds, or until that is so, or nothing was found for long."""
        end, idle = time.monotonic() + seconds, 0
        while time.monotonic() < end and not self.proven and not (until() if until else idle >= _STALL):
            idle = 0 if search.round(end - time.monotonic(), crew) else idle + 1
            self._adopt(search.board)

    def _search_on(self, search: Search, crew: Crew, outlook: Outlook) -> None:
        """Go on bettering the table; where the year is small enough, a worker raises the bound meanwhile."""
        below, seconds, proof = self.cost, (self._left() - _SPARE) * 0.9, None
        slots = self._better_slots(outlook, below)
        if worth_relaxing(self._grid, slots):
            proof = crew.instead(relaxed, self._grid, slots, self._aim(), self.board, seconds)
        while not (proof and proof.done()) and self._left() > _SPARE and not self.proven:
            search.round(self._left() - _SPARE, crew)
            self._adopt(search.board)
        self._raise(outlook.bound.without(self._weights, self._missing()))
        if proof is not None:
            finding = proof.result()
            if finding.board is not None:
                self._greedy.finish(finding.board)
            self._adopt(finding.board)
            self._raise(min(below, finding.bound))

    def _prove(self, outlook: Outlook, share: float) -> None:
        """Try an exact search over all that could still be better."""
        if self.proven:
            return
        below = self.cost
        slots = self._better_slots(outlook, below - 1)
        finding = cheapest(self._grid, slots, self._weights, self._missing(), below, self._effort(share))
        if finding is not None:
            self._adopt(finding.board)
            self._raise(finding.bound)

    def _better_slots(self, outlook: Outlook, cost: int) -> Slots:
        """Return the slots that a table of this cost, or less, could have."""
        gap = cost - outlook.bound.without(self._weights, self._missing())
        return {term_id: outlook.slots_within(term_id, gap) for term_id in self._slots}

    def _aim(self) -> Aim:
        missing = self._missing()
        if not missing:
            return Aim({}, self._weights)
        return Aim(dict.fromkeys(self._weights, 0), self._weights, missing)

    def _missing(self) -> int:
        return sum(self._weights.values()) - weight(self.board)

    def _adopt(self, board: Board | None) -> None:
        if board is not None:
            cost = self._cost_of(board)
            if (weight(board), -cost) > (weight(self.board), -self.cost):
                self.board, self.cost = board, cost
                self._tell()

    def _raise(self, bound: int) -> None:
        if bound > self.bound:
            self.bound = bound
            self._tell()

    def _cost_of(self, board: Board) -> int:
        return table_cost(self._grid.axis, board.placed.values())

    def _left(self, share: float = 1.0) -> float:
        return max(0.1, (self._grid.problem.seconds - self.elapsed) * share)

    def _effort(self, share: float) -> Effort:
        return Effort(self._left(share), seed=self._grid.problem.seed)

    def _tell(self) -> None:
        self._report(Progress(len(self.board.placed), self.cost, self.bound, self.elapsed))
