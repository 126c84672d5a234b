"""Workers in processes of their own: the same answers as here, nothing lost when one dies, none left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from deploy.sample.years import made_up_year
from services.scheduling.domain.placement import Placed
from services.scheduling.domain.placement_check import check
from services.scheduling.domain.placement_greedy import Greedy
from services.scheduling.domain.placement_grid import Grid
from services.scheduling.domain.placement_spans import Axis
from services.scheduling.plugins.cp_sat import CpSatScheduler
from services.scheduling.plugins.year_crew import Crew
from services.scheduling.plugins.year_pieces import Answer, Piece

UNHURRIED = 60.0
SOLVING = """
from deploy.sample.years import made_up_year
from services.scheduling.plugins.cp_sat import CpSatScheduler
CpSatScheduler().solve(made_up_year(100, 1, 300.0), lambda progress: print(progress.placed, flush=True))
"""


@pytest.fixture(scope="module")
def grid() -> Grid:
    return Grid(Axis(made_up_year(24, 1, 5.0)))


@pytest.fixture(scope="module")
def pieces(grid: Grid) -> list[Piece]:
    ids = sorted(grid.slots)
    return [Piece({id: grid.slots[id][:40] for id in ids[at : at + 4]}, at) for at in (0, 4, 8)]


@pytest.fixture(scope="module")
def placed(grid: Grid, pieces: list[Piece]) -> Mapping[str, Placed]:
    """A table without the terms of the pieces, so that every piece has something to say."""
    lost = {term_id for piece in pieces for term_id in piece.slots}
    return {term_id: at for term_id, at in Greedy(grid).best().placed.items() if term_id not in lost}


def answers(grid: Grid, placed: Mapping[str, Placed], pieces: list[Piece], apart: bool) -> list[Answer]:
    with Crew(grid, 2, apart) as crew:
        return crew.solve(placed, pieces, UNHURRIED)


def test_a_process_answers_what_a_thread_answers(grid: Grid, placed: Mapping[str, Placed], pieces: list[Piece]) -> None:
    here = answers(grid, placed, pieces, apart=False)
    assert all(answer.places for answer in here)
    assert answers(grid, placed, pieces, apart=True) == here


def test_what_a_dead_process_cannot_do_is_done_here(
    grid: Grid, placed: Mapping[str, Placed], pieces: list[Piece]
) -> None:
    with Crew(grid, 2, apart=True) as crew:
        for worker in two_workers_of(os.getpid()):
            os.kill(worker, signal.SIGKILL)
        assert crew.solve(placed, pieces, UNHURRIED) == answers(grid, placed, pieces, apart=False)


def test_a_large_year_keeps_every_rule_and_leaves_no_process() -> None:
    year = made_up_year(100, 1, 12.0)
    solution = CpSatScheduler().solve(year, lambda progress: None)
    assert not check(year, solution.placed)
    assert len(solution.placed) == 100
    assert solution.bound <= solution.cost
    assert children(os.getpid()) == []


def test_workers_end_when_their_solver_is_killed() -> None:
    solver = subprocess.Popen([sys.executable, "-c", SOLVING], stdout=subprocess.PIPE)
    try:
        assert solver.stdout is not None
        assert solver.stdout.readline()
        workers = two_workers_of(solver.pid)
    finally:
        solver.kill()
        solver.communicate()
    deadline = time.monotonic() + UNHURRIED
    while any(runs(worker) for worker in workers) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(runs(worker) for worker in workers)


def two_workers_of(pid: int) -> list[int]:
    """Wait until a process has started both."""
    deadline = time.monotonic() + UNHURRIED
    while len(workers := children(pid)) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(workers) == 2
    return workers


def children(pid: int) -> list[int]:
    """Return the running workers that a process started."""
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        found += [int(each) for each in (task / "children").read_text().split()]
    return [each for each in found if runs(each)]


def runs(pid: int) -> bool:
    """Return whether a worker of ours runs under this number."""
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
    return b"year_worker" in command
