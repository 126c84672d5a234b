"""The portfolio: the search finds, CP-SAT proves what is small and polishes what was found; each hands on its best."""

from __future__ import annotations

import dataclasses
from concurrent.futures import ThreadPoolExecutor

from services.scheduling.timetable.board import Board
from services.scheduling.timetable.cooling import reheat
from services.scheduling.timetable.exact import ExactScheduler
from services.scheduling.timetable.layout import Layout
from services.scheduling.timetable.polish import PROPOSALS_A_SECOND, Polisher
from services.scheduling.timetable.problem import Problem
from services.scheduling.timetable.room_bound import least_for_rooms
from services.scheduling.timetable.scheduler import Effort, Head, Outcome, Report, Stopped
from services.scheduling.timetable.search import Search, Walk

_SMALL = 12_000
"""Lectures times slots times rooms up to which a proof is tried first."""
_PROOF_SHARE = 0.1
_SEARCH_SHARE = 0.85
_ROOMS_SECONDS = 1.0
"""How long the bound of the rooms is looked for, where the effort is one of seconds."""
_TURN_SECONDS = 2.0
_TURN_PROPOSALS = 20_000_000


class PortfolioScheduler:
    """First a try at a proof where that is near, then the search, then both at once on the best timetable.

    It ends early with a timetable that costs no more than its rooms must.
    """

    def schedule(
        self, problem: Problem, effort: Effort, report: Report, stopped: Stopped, head: Head | None = None
    ) -> Outcome:
        """Return the best timetable found, with a bound: that of its rooms, or a better one where CP-SAT gave it."""
        layout, bound = Layout(problem), head.bound if head is not None else 0
        if not _size(layout):
            return ExactScheduler().schedule(problem, effort, report, stopped, head)  # there is nothing to search
        if head is None and _size(layout) <= _SMALL:
            part = _part(effort, _PROOF_SHARE)
            tried = ExactScheduler().schedule(problem, part, _part_of(report, _PROOF_SHARE), stopped)
            if tried.status in ("optimal", "infeasible") or stopped():
                return tried
            bound = tried.bound
            head = Head(tried.timetable, _PROOF_SHARE) if tried.timetable is not None else None
        bound = max(bound, least_for_rooms(layout, None if effort.seconds is None else _ROOMS_SECONDS))
        board = Board(layout, effort, report, stopped, head, bound)
        if board.begin():
            with ThreadPoolExecutor(max(2, effort.workers)) as pool:
                Search(board, pool).run(until=_SEARCH_SHARE)
                _Turns(board, pool).run()
        return board.outcome()


class _Turns:
    """Turn by turn, one worker polishes the best timetable while the others anneal from it; the better goes on."""

    def __init__(self, board: Board, pool: ThreadPoolExecutor) -> None:
        self._board, self._pool = board, pool
        self._polisher = Polisher(board.layout, board.effort.seed)
        self._left = 1.0 - max(_SEARCH_SHARE, board.before)

    def run(self) -> None:
        """Take turns until the effort is spent."""
        board, turn = self._board, 0
        if board.effort.proposals is not None:
            proposals = self._left * board.effort.proposals
            turns = max(1, int(proposals / _TURN_PROPOSALS))
            while turn < turns and not board.over:
                turn += 1
                self._take(turn, proposals=int(proposals / turns))
                board.spent = 1.0 - self._left * (1 - turn / turns)
        else:
            while (left := board.due(1.0) - board.seconds) > 0 and not board.over:
                turn += 1
                self._take(turn, seconds=min(_TURN_SECONDS, left))

    def _take(self, turn: int, *, seconds: float | None = None, proposals: int | None = None) -> None:
        board, engine, best = self._board, self._board.engine, self._board.best
        assert best is not None
        work = proposals / PROPOSALS_A_SECOND if proposals is not None else None
        polished = self._pool.submit(self._polisher.polish, engine.places(best), best.cost, seconds=seconds, work=work)
        hot, cold = reheat(board.layout.problem.weights)
        walks = []
        for worker in range(1, board.effort.workers):
            rank = 500_000 + turn * 101 + worker
            walker = engine.walker(best, board.effort.seed * 1_000_003 + rank)
            walks.append(Walk(walker, rank, hot, cold, proposals, board.seconds + (seconds or 0.0)))
        for each in [self._pool.submit(walk.cool, board) for walk in walks]:
            each.result()
        # A timetable as good takes the place of the old one, so that the next turns cross a plateau.
        board.offer(engine.snapshot(*polished.result()), -turn)
        board.proposals += sum(walk.done for walk in walks)


def _size(layout: Layout) -> int:
    lectures = sum(course.lectures for course in layout.problem.courses)
    return lectures * layout.grid.slots * max(1, len(layout.problem.rooms))


def _part(effort: Effort, share: float) -> Effort:
    seconds = effort.seconds * share if effort.seconds is not None else None
    proposals = max(1000, int(effort.proposals * share)) if effort.proposals is not None else None
    return dataclasses.replace(effort, seconds=seconds, proposals=proposals)


def _part_of(report: Report, share: float) -> Report:
    return lambda progress: report(dataclasses.replace(progress, spent=progress.spent * share))
