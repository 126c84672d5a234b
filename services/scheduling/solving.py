"""One solve in a process of its own: its memory goes back, its crash hurts nobody, and the service keeps answering."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from services.scheduling.domain.placement import Problem, Solution
from services.scheduling.domain.scheduler import Progress
from services.scheduling.domain.wire import from_wire, to_wire
from shared.errors import Fault
from shared.wording import Words

_PULSE = 0.1
GRACE = 45.0
"""Seconds a solve may take beyond its own, for starting the process and for a solver that is slow to stop."""
_MODULE = "services.scheduling.plugins.solve"


class SolveFailed(Fault):
    """The solver's process ended without an answer."""

    code = "scheduling.solve-failed"
    status = 500
    title = Words("排期计算失败", "The solve failed")


@dataclass(frozen=True, slots=True)
class PluginSource:
    """Where the solving process finds its plugins' settings."""

    settings_path: Path | None
    disabled: tuple[str, ...] = ()


def solve(
    scheduler: str,
    problem: Problem,
    plugins: PluginSource,
    tell: Callable[[Progress], None] = lambda progress: None,
) -> Solution:
    """Solve in a child process and return its answer; ``tell`` hears of better tables while it runs.

    Raises ``SolveFailed`` with the child's own words when it breaks, and when it is still silent well after
    ``problem.seconds``.
    """
    order = {
        "scheduler": scheduler,
        "settings_path": str(plugins.settings_path) if plugins.settings_path else None,
        "disabled": list(plugins.disabled),
        "problem": to_wire(problem),
    }
    with tempfile.TemporaryDirectory(prefix="diaoxun-solve-") as folder:
        path = Path(folder)
        (path / "order.json").write_text(json.dumps(order, ensure_ascii=False), encoding="utf-8")
        with _child(path) as child:
            return _answer(child, path, problem.seconds, tell)


@contextmanager
def _child(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    # P22: files and not pipes, so that waiting is a sleep (green under eventlet) and never a blocking read.
    with (
        (folder / "order.json").open("rb") as order,
        (folder / "answer.jsonl").open("wb") as answer,
        (folder / "trouble.txt").open("wb") as trouble,
    ):
        child = subprocess.Popen([sys.executable, "-m", _MODULE], stdin=order, stdout=answer, stderr=trouble)  # noqa: S603
    try:
        yield child
    finally:
        if child.poll() is None:
            child.kill()
            child.wait()


def _answer(child: subprocess.Popen[bytes], folder: Path, seconds: float, tell: Callable[[Progress], None]) -> Solution:
    last_moment, read = time.monotonic() + seconds + GRACE, 0
    while True:
        ended = child.poll() is not None
        lines = (folder / "answer.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
        for line in lines[read:]:
            if not line.endswith("\n"):
                break
            read += 1
            message: dict[str, Any] = json.loads(line)
            if "solution" in message:
                return from_wire(Solution, message["solution"])
            if "failure" in message:
                raise SolveFailed(message["failure"]["zh"], message["failure"]["en"])
            tell(from_wire(Progress, message["progress"]))
        if ended:
            raise _broken(child.returncode, (folder / "trouble.txt").read_text(encoding="utf-8", errors="replace"))
        if time.monotonic() > last_moment:
            raise SolveFailed(
                f"排期计算超过{seconds:g}秒仍无结果，已中止；请放宽时限或改用 greedy",
                f"the solve gave no answer well after {seconds:g} s and was stopped; allow more time or use greedy",
            )
        time.sleep(_PULSE)


def _broken(code: int, trouble: str) -> SolveFailed:
    last = trouble.strip().splitlines()[-1:] or ["-"]
    return SolveFailed(
        f"排期进程意外结束（代码{code}）：{last[0][:300]}",
        f"the solving process ended unexpectedly (code {code}): {last[0][:300]}",
    )
