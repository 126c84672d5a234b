"""Solves in a process of their own: answers, progress, breakage."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from services.scheduling.domain.placement_check import check
from services.scheduling.domain.scheduler import Progress
from services.scheduling.solving import PluginSource, SolveFailed, solve
from tests.unit.scheduling.year_problems import problem, term

PLUGINS = PluginSource(None)


@pytest.mark.parametrize("scheduler", ["cp_sat", "greedy"])
def test_the_child_answers_and_tells_of_its_progress(scheduler: str) -> None:
    asked = problem(term("a"), term("b", ordinal=2), term("c", ordinal=3, trainees=500))
    heard: list[Progress] = []
    solution = solve(scheduler, asked, PLUGINS, heard.append)
    assert solution.scheduler == scheduler
    assert check(asked, solution.placed) == []
    assert [each.term_id for each in solution.unplaced] == ["c"]
    assert heard[-1].placed == 2


def test_a_scheduler_that_is_not_there_or_switched_off_is_said() -> None:
    with pytest.raises(SolveFailed, match="magic"):
        solve("magic", problem(term()), PLUGINS)
    with pytest.raises(SolveFailed, match="greedy"):
        solve("greedy", problem(term()), PluginSource(None, ("schedulers/greedy",)))


def test_a_child_that_breaks_is_reported_with_its_last_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "broken_solver_for_tests.py").write_text("raise SystemExit('out of memory')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr("services.scheduling.solving._MODULE", "broken_solver_for_tests")
    with pytest.raises(SolveFailed, match="out of memory"):
        solve("greedy", problem(term()), PLUGINS)


def test_a_child_that_never_answers_is_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "idle_solver_for_tests.py").write_text("import time\ntime.sleep(600)\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr("services.scheduling.solving._MODULE", "idle_solver_for_tests")
    monkeypatch.setattr("services.scheduling.solving.GRACE", 0.1)
    with pytest.raises(SolveFailed, match="allow more time"):
        solve("greedy", problem(term(), seconds=0.1), PLUGINS)


_SERVICE = """
from services.scheduling.child import started
with started("told_solver_for_tests", {}) as child:
    for message in child.messages():
        print(message, flush=True)
"""
_TOLD_SOLVER = """
import os, time
parent = os.getppid()
print("{}", flush=True)
while os.getppid() == parent:
    time.sleep(0.05)
"""


def test_nothing_is_left_of_a_solve_whose_service_was_killed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "told_solver_for_tests.py").write_text(_TOLD_SOLVER)
    monkeypatch.setenv("PYTHONPATH", f"{Path.cwd()}:{tmp_path}")
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    with subprocess.Popen([sys.executable, "-c", _SERVICE], stdout=subprocess.PIPE, text=True) as service:
        assert service.stdout is not None
        while service.stdout.readline() != "{}\n":
            assert service.poll() is None
        service.kill()
    assert list(folder.iterdir()) == []


def test_an_order_that_is_no_problem_ends_the_child_with_a_word() -> None:
    order = {"scheduler": "greedy", "settings_path": None, "disabled": [], "problem": {"terms": 5}}
    child = subprocess.run(
        [sys.executable, "-m", "services.scheduling.plugins.solve"],
        input=json.dumps(order),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert child.returncode != 0
    assert "problem.terms" in child.stderr
