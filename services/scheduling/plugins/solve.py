"""The solving process: an order as JSON on standard input, progress and the answer as JSON lines on standard output."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any, cast

from services.scheduling.domain.placement import Problem
from services.scheduling.domain.scheduler import Progress, Scheduler
from services.scheduling.domain.wire import from_wire, to_wire
from shared.errors import Fault
from shared.plugins import PluginSettings, Registry


def main() -> int:
    """Solve one order and return the exit status."""
    os.nice(10)
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    # A solver's native code may print: what it says goes to standard error, the answer stays clean.
    os.dup2(2, 1)
    order = json.load(sys.stdin)

    def say(message: dict[str, Any]) -> None:
        answer.write(json.dumps(message, ensure_ascii=False) + "\n")
        answer.flush()

    def report(progress: Progress) -> None:
        say({"progress": to_wire(progress)})

    try:
        problem = from_wire(Problem, order["problem"])
        settings = PluginSettings(Path(order["settings_path"]) if order["settings_path"] else None, order["disabled"])
        plugin = Registry(settings).discover().load(f"schedulers/{order['scheduler']}")
        solution = cast("Scheduler", plugin.instance).solve(problem, report)
    except Fault as fault:
        say({"failure": fault.message.to_wire()})
        return 1
    say({"solution": to_wire(solution)})
    return 0


if __name__ == "__main__":
    sys.exit(main())
