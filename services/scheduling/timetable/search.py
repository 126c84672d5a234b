"""The search scheduler: simulated annealing on every core, deterministic for a seed and a number of proposals."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import fmean

from services.scheduling.timetable.board import Board
from services.scheduling.timetable.cooling import Stage, stages
from services.scheduling.timetable.engine import Snapshot, Walker
from services.scheduling.timetable.exact import ExactScheduler
from services.scheduling.timetable.layout import Layout
from services.scheduling.timetable.problem import Problem
from services.scheduling.timetable.scheduler import Effort, Head, Outcome, Report, Stopped

_CHUNK = 200_000
"""Most proposals between two looks at the clock and the wish to stop: some 15 ms of the plain kernel."""
_STEPS = 40
"""Least number of temperatures of a walk that counts proposals."""
_LATE = 0.8


class SearchScheduler:
    """Annealing over feasible timetables: many walkers at first, the best of them later (``cooling``)."""

    def schedule(
        self, problem: Problem, effort: Effort, report: Report, stopped: Stopped, head: Head | None = None
    ) -> Outcome:
        """Return the best timetable found; it knows no bound but nought, or that of the head.

        Where there is no lecture there is nothing to search: the exact scheduler says so.
        """
        if not any(course.lectures for course in problem.courses):
            return ExactScheduler().schedule(problem, effort, report, stopped, head)
        board = Board(Layout(problem), effort, report, stopped, head)
        if board.begin():
            with ThreadPoolExecutor(effort.workers) as pool:
                Search(board, pool).run()
        return board.outcome()


@dataclass
class Walk:
    """One walker cooling from ``hot`` to ``cold``, over so many proposals or until a second of the run."""

    walker: Walker
    rank: int
    hot: float
    cold: float
    proposals: int | None = None
    until: float = 0.0
    done: int = 0
    warmth: float = 0.0
    """Mean cost near the end: what the walker is worth, with less noise than where it happens to stand."""

    def cool(self, board: Board) -> None:
        """Walk to the end, telling the board of every better timetable."""
        late, began = list[int](), board.seconds
        chunk = _CHUNK if self.proposals is None else max(1, min(_CHUNK, self.proposals // _STEPS))
        share = 0.0
        while share < 1.0 and not board.stopped and not board.good_enough(self.walker.best):
            self.walker.run(self.hot * (self.cold / self.hot) ** share, chunk)
            self.done += chunk
            board.offer(self.walker.best, self.rank)
            if self.proposals is not None:
                share = self.done / self.proposals
            else:
                share = (board.seconds - began) / max(1e-3, self.until - began)
            if share > _LATE:
                late.append(self.walker.cost)
        self.warmth = fmean(late) if late else float(self.walker.cost)


class Search:
    """Runs the stages of a board's effort, or what is left of them."""

    def __init__(self, board: Board, pool: ThreadPoolExecutor) -> None:
        self._board, self._pool, self._effort = board, pool, board.effort
        self._seeds = board.effort.seed * 1_000_003
        assert board.best is not None
        self._ranking: list[Snapshot] = [board.best]

    def run(self, until: float = 1.0) -> None:
        """Run the stages up to a share of the effort."""
        begins = 0.0
        for number, stage in enumerate(stages(self._board.layout.problem.weights, self._proposals() * until)):
            ends = begins + stage.share * until
            if ends > self._board.before and not self._board.over:
                self._stage(number, stage, begins, ends)
            begins = ends

    def _proposals(self) -> float:
        """Return about how many proposals a worker has, by a short probe where only the seconds are given."""
        if self._effort.proposals is not None:
            return float(self._effort.proposals)
        assert self._effort.seconds is not None
        walker = self._board.engine.walker(self._ranking[0], self._seeds)
        walker.run(1.0, 1000)
        clock = time.thread_time if self._effort.processor else time.monotonic
        began = clock()
        walker.run(1.0, _CHUNK // 4)
        return self._effort.seconds * (_CHUNK // 4) / max(1e-6, clock() - began)

    def _stage(self, number: int, stage: Stage, begins: float, ends: float) -> None:
        board, workers = self._board, self._effort.workers
        assert board.best is not None
        starts = [board.best] if stage.again else self._ranking
        skipped = max(0.0, (board.before - begins) / (ends - begins))
        hot = stage.hot * (stage.cold / stage.hot) ** skipped
        begins = max(begins, board.before)

        def work(worker: int) -> list[Walk]:
            walks = []
            for turn in range(stage.walkers):
                place = turn * workers + worker
                rank = 1 + number * 10_007 + place
                walk = Walk(board.engine.walker(starts[place % len(starts)], self._seeds + rank), rank, hot, stage.cold)
                if self._effort.proposals is not None:
                    walk.proposals = max(1, int(self._effort.proposals * (ends - begins) / stage.walkers))
                else:
                    walk.until = board.due(begins + (ends - begins) * (turn + 1) / stage.walkers)
                walk.cool(board)
                walks.append(walk)
                if board.stopped or board.good_enough(walk.walker.best):
                    break
            return walks

        walks = [walk for row in self._pool.map(work, range(workers)) for walk in row]
        self._ranking = [walk.walker.current() for walk in sorted(walks, key=lambda walk: walk.warmth)]
        board.proposals += sum(walk.done for walk in walks)
        board.spent = ends
