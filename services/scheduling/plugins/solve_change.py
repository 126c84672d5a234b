"""The process that re-plans a year: an order as JSON on standard input, the answer as a JSON line."""

from __future__ import annotations

import json
import os
import sys

from services.scheduling.domain.placement import Placed, Problem
from services.scheduling.domain.wire import from_wire, to_wire
from services.scheduling.plugins.year_change import replan


def main() -> int:
    """Answer one order and return the exit status."""
    os.nice(10)
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    # A solver's native code may print: what it says goes to standard error, the answer stays clean.
    os.dup2(2, 1)
    order = json.load(sys.stdin)
    before = [from_wire(Placed, each) for each in order["before"]]
    found = replan(from_wire(Problem, order["problem"]), before)
    answer.write(json.dumps({"replan": to_wire(found)}, ensure_ascii=False) + "\n")
    answer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
