"""The process that solves a timetable: an order as JSON on standard input, progress and outcome as JSON lines."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any, cast

from services.scheduling.child import stop_asked
from services.scheduling.domain.wire import from_wire, to_wire
from services.scheduling.timetable.problem import Problem
from services.scheduling.timetable.scheduler import Effort, Head, TimetableScheduler
from shared.errors import Fault
from shared.plugins import PluginSettings, Registry

_ORPHANED_EVERY = 1.0


def main() -> int:
    """Solve one order and return the exit status."""
    os.nice(10)
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    # A solver's native code may print: what it says goes to standard error, the answer stays clean.
    os.dup2(2, 1)
    order = json.load(sys.stdin)
    os.environ.setdefault("NUMBA_CACHE_DIR", _cache(Path(order["cache"])))
    saying = threading.Lock()

    def say(message: dict[str, Any]) -> None:
        with saying:
            answer.write(json.dumps(message, ensure_ascii=False) + "\n")
            answer.flush()

    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    try:
        outcome = _scheduler(order).schedule(
            from_wire(Problem, order["problem"]),
            from_wire(Effort, order["effort"]),
            lambda progress: say({"progress": to_wire(progress)}),
            lambda: stop_asked(order["stop"]),
            from_wire(Head, order["head"]) if order["head"] else None,
        )
    except Fault as fault:
        say({"failure": fault.message.to_wire()})
        return 1
    say({"outcome": to_wire(outcome)})
    return 0


def _scheduler(order: dict[str, Any]) -> TimetableScheduler:
    settings = PluginSettings(Path(order["settings_path"]) if order["settings_path"] else None, order["disabled"])
    plugin = Registry(settings).discover().load(f"schedulers/{order['scheduler']}")
    return cast("TimetableScheduler", plugin.instance)


def _cache(wanted: Path) -> str:
    """Return where compiled kernels are kept: with the service's data, for the code may lie where nobody may write."""
    try:
        wanted.mkdir(parents=True, exist_ok=True)
    except OSError:
        return tempfile.gettempdir()
    return str(wanted) if os.access(wanted, os.W_OK) else tempfile.gettempdir()


def _end_with(parent: int) -> None:
    """End at once when the service is gone: nobody would hear the answer."""
    wait = threading.Event()
    while not wait.wait(_ORPHANED_EVERY):
        if os.getppid() != parent:
            os._exit(3)


if __name__ == "__main__":
    sys.exit(main())
