"""Workers that solve pieces of a year side by side: a thread each, or for a large year a process each."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from types import TracebackType
from typing import ParamSpec, TypeVar

from services.scheduling.domain.placement import Placed
from services.scheduling.domain.placement_grid import Grid
from services.scheduling.plugins import year_worker
from services.scheduling.plugins.year_pieces import Answer, Piece, Pieces
from services.scheduling.plugins.year_worker import received, send

_Given = ParamSpec("_Given")
_Found = TypeVar("_Found")
Solve = Callable[[Mapping[str, Placed], Piece, float], Answer]

_LEAST_SECONDS = 0.05


class Crew:
    """A few workers; with ``apart`` each has a process, so that building the models goes on side by side as well.

    Processes end with the crew, and by themselves when this process dies: their input ends then.
    """

    def __init__(self, grid: Grid, workers: int, apart: bool = False) -> None:
        self.workers = workers
        self._here = Pieces(grid)
        self._apart = [_Apart(grid, self._here.solve) for _ in range(workers if apart else 0)]
        self._free: SimpleQueue[Solve] = SimpleQueue()
        for solve in [each.solve for each in self._apart] or [self._here.solve] * workers:
            self._free.put(solve)
        self._pool = ThreadPoolExecutor(workers)
        self._other = ThreadPoolExecutor(1)

    def __enter__(self) -> Crew:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown()
        self._other.shutdown()
        for each in self._apart:
            each.end()

    def solve(self, placed: Mapping[str, Placed], pieces: Sequence[Piece], seconds: float) -> list[Answer]:
        """Return the answers to pieces of one table, in their order; all of them end within the seconds, or soon."""
        end = time.monotonic() + seconds

        def one(piece: Piece) -> Answer:
            solve = self._free.get()
            try:
                return solve(placed, piece, max(_LEAST_SECONDS, end - time.monotonic()))
            finally:
                self._free.put(solve)

        return list(self._pool.map(one, pieces))

    def instead(self, work: Callable[_Given, _Found], *given: _Given.args, **more: _Given.kwargs) -> Future[_Found]:
        """Do something else in place of one worker, beside the others; with one worker they wait for it."""

        def body() -> _Found:
            solve = self._free.get()
            try:
                return work(*given, **more)
            finally:
                self._free.put(solve)

        return self._other.submit(body)


class _Apart:
    """A worker's process; what it cannot do any more is done here."""

    def __init__(self, grid: Grid, here: Solve) -> None:
        self._here = here
        command = [sys.executable, "-m", year_worker.__name__]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
        self._grid: Grid | None = grid

    def solve(self, placed: Mapping[str, Placed], piece: Piece, seconds: float) -> Answer:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            if self._grid is not None:
                send(self._process.stdin, self._grid)
                self._grid = None
            send(self._process.stdin, (placed, piece, seconds))
            answer = received(self._process.stdout)
            assert isinstance(answer, Answer)
            return answer
        except (EOFError, BrokenPipeError):
            return self._here(placed, piece, seconds)

    def end(self) -> None:
        self._process.kill()
        self._process.communicate()
