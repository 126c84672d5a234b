"""One solve in a process of its own: its memory goes back, its crash hurts nobody, and the service keeps answering."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from services.scheduling.child import Child, started
from services.scheduling.domain.placement import Problem, Solution
from services.scheduling.domain.scheduler import Progress
from services.scheduling.domain.wire import from_wire, to_wire
from shared.errors import Fault
from shared.wording import Words

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
    with started(_MODULE, order) as child:
        return _answer(child, problem.seconds, tell)


def _answer(child: Child, seconds: float, tell: Callable[[Progress], None]) -> Solution:
    last_moment = time.monotonic() + seconds + GRACE
    for message in child.messages():
        if message is not None and "solution" in message:
            return from_wire(Solution, message["solution"])
        if message is not None and "failure" in message:
            raise SolveFailed(message["failure"]["zh"], message["failure"]["en"])
        if message is not None:
            tell(from_wire(Progress, message["progress"]))
        if time.monotonic() > last_moment:
            raise SolveFailed(
                f"排期计算超过{seconds:g}秒仍无结果，已中止；请放宽时限或改用 greedy",
                f"the solve gave no answer well after {seconds:g} s and was stopped; allow more time or use greedy",
            )
    raise SolveFailed(
        f"排期进程意外结束（代码{child.status}）：{child.last_words}",
        f"the solving process ended unexpectedly (code {child.status}): {child.last_words}",
    )
