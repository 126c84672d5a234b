"""The best timetable of a run and how far the run is; every worker of the run reads and writes it."""

from __future__ import annotations

import time
from threading import Lock

from services.scheduling.timetable.assess import assess
from services.scheduling.timetable.engine import Engine, Snapshot, engine_of
from services.scheduling.timetable.layout import Layout
from services.scheduling.timetable.problem import Timetable
from services.scheduling.timetable.scheduler import Effort, Head, Outcome, Progress, Report, Stopped
from services.scheduling.timetable.start import feasible_start, require_feasible

_START_SECONDS = 60.0
"""How long a first timetable is looked for; of the solver's own seconds where the effort counts proposals."""
_TELL_EVERY = 0.5
_REFRESH_EVERY = 5.0


class Board:
    """Made when a run begins. ``before`` is the share of the effort that was spent in an earlier run."""

    def __init__(
        self,
        layout: Layout,
        effort: Effort,
        report: Report,
        stopped: Stopped,
        head: Head | None = None,
        bound: int = 0,
    ) -> None:
        self.layout, self.effort = layout, effort
        self.before = head.spent if head else 0.0
        self.spent, self.proposals = self.before, 0
        self.best: Snapshot | None = None
        self.engine: Engine = engine_of(layout)
        self._began, self._first = effort.now(), 0.0
        self._bound = max(bound, head.bound) if head else bound
        self._head, self._report, self._stopped = head, report, stopped
        self._told, self._told_cost = 0.0, 1 << 60
        self._lock, self._halted, self._rank = Lock(), False, 0

    def begin(self) -> bool:
        """Find a first timetable, or take the one to go on from; ``False`` when there is none.

        Raises ``StartBroken``: kernels keep hard rules by never breaking one, and look at no bounds.
        """
        if self._head is not None:
            require_feasible(self.layout.problem, self._head.timetable)
            places = self.layout.places(self._head.timetable)
        else:
            seconds, seed = self.effort.seconds, self.effort.seed
            limit = min(_START_SECONDS, seconds or _START_SECONDS)
            found = feasible_start(self.layout, seed, limit, self._stopped, repeatable=seconds is None)
            if found is None:
                return False
            places = found
        self._first = self.seconds
        self.offer(self.engine.snapshot(places, assess(self.layout.problem, self.layout.numbered(places)).cost))
        return True

    @property
    def seconds(self) -> float:
        """Seconds since the run began, as the effort counts them."""
        return self.effort.now() - self._began

    def due(self, share: float) -> float:
        """Return the second of the run at which a share of the effort is spent. Only where seconds are given."""
        assert self.effort.seconds is not None
        return (share - self.before) * self.effort.seconds

    @property
    def stopped(self) -> bool:
        """Whether somebody asked the run to end."""
        self._halted = self._halted or self._stopped()
        return self._halted

    def good_enough(self, snapshot: Snapshot | None) -> bool:
        """Whether nothing can be better than a timetable."""
        return snapshot is not None and snapshot.cost <= self._bound

    @property
    def over(self) -> bool:
        """Whether the run is to end. Asked between stages only: in a stage it would depend on who is faster."""
        return self.stopped or self.good_enough(self.best)

    def offer(self, snapshot: Snapshot, rank: int = 0) -> None:
        """Take a timetable if it is better, of two as good the one of lower rank; tell of the best from time to time.

        By its rank the best is the same whoever was faster.
        """
        with self._lock:
            if self.best is None or (snapshot.cost, rank) < (self.best.cost, self._rank):
                self.best = Snapshot(snapshot.slot.copy(), snapshot.room.copy(), snapshot.cost)
                self._rank = rank
            since = time.monotonic() - self._told
            if since > (_TELL_EVERY if self.best.cost < self._told_cost else _REFRESH_EVERY):
                self._tell()

    def outcome(self) -> Outcome:
        """Return how the run ended."""
        if self.best is None:
            return Outcome("unknown", None, None, 0, self.seconds)
        if self.best.cost < self._told_cost:
            self._tell()
        return Outcome(
            "optimal" if self.best.cost <= self._bound else "feasible",
            self._timetable(),
            self.best.cost,
            min(self._bound, self.best.cost),
            self.seconds,
            self._first,
            self.proposals,
        )

    def _timetable(self) -> Timetable:
        assert self.best is not None
        return self.layout.numbered(self.engine.places(self.best))

    def _tell(self) -> None:
        assert self.best is not None
        self._told, self._told_cost = time.monotonic(), self.best.cost
        spent = self.spent
        if self.effort.seconds is not None:
            spent = self.before + self.seconds / self.effort.seconds
        self._report(Progress(self.best.cost, self._bound, self.seconds, self._timetable(), min(1.0, spent)))
