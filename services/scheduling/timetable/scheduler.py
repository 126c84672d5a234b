"""What a scheduler of timetables is: one contract for the exact one, the search, and the one that joins them."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from services.scheduling.timetable.problem import Problem, Timetable

CAPABILITY = "timetable"
"""The capability by which a plugin of kind ``schedulers`` says that it makes timetables."""

Status = Literal["optimal", "feasible", "infeasible", "unknown"]


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to try: ``seconds`` (not repeatable), or ``proposals`` of each worker (the same answer every time).

    A scheduler counts as a proposal what it takes for one; the number is a measure of work, not of quality. With
    ``processor`` the seconds are those that each worker has on a processor: on a machine that others use as well, a
    run is then as long as it would be alone. The limits of CP-SAT's single solves stay seconds of the clock.
    """

    seconds: float | None = None
    proposals: int | None = None
    seed: int = 1
    workers: int = 2
    processor: bool = False

    def __post_init__(self) -> None:
        if (self.seconds is None) == (self.proposals is None):
            raise ValueError("an effort is either seconds or proposals")

    def now(self) -> float:
        """Return a number of seconds that grows as those of the effort do."""
        return time.process_time() / self.workers if self.processor else time.monotonic()


@dataclass(frozen=True, slots=True)
class Head:
    """Where to go on: a timetable found before, and the share of the effort (0 to 1) that was spent on it.

    ``bound`` is what no timetable can cost less than, as far as that was found; a run ends once it is reached.
    """

    timetable: Timetable
    spent: float = 0.0
    bound: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """A better timetable, or the same after a while, so that ``spent`` (share of the effort, 0 to 1) is fresh.

    ``bound`` is what no timetable can cost less than, as far as is known.
    """

    cost: int
    bound: int
    seconds: float
    timetable: Timetable
    spent: float = 0.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it ended.

    ``optimal``: proven best; ``feasible``: kept every hard rule; ``infeasible``: proven that none can;
    ``unknown``: none was found. ``first_feasible`` and ``seconds`` are wall time, ``proposals`` all workers' work.
    """

    status: Status
    timetable: Timetable | None
    cost: int | None
    bound: int
    seconds: float
    first_feasible: float | None = None
    proposals: int = 0


Report = Callable[[Progress], None]
Stopped = Callable[[], bool]


class TimetableScheduler(Protocol):
    """Makes timetables. Runs in a process of its own and may keep ``effort.workers`` cores busy.

    What it returns keeps every hard rule (``assess`` looks again) and costs what ``assess`` says. The same problem,
    seed and number of proposals give the same timetable. When ``stopped`` says so, it ends within about a second and
    returns its best.
    """

    def schedule(
        self, problem: Problem, effort: Effort, report: Report, stopped: Stopped, head: Head | None = None
    ) -> Outcome:
        """Return the best timetable found; ``report`` is told of better ones on the way, from any thread."""
