"""A solving process that tells of one timetable and then hears of no stop."""

from __future__ import annotations

import json
import sys
import time

from services.scheduling.domain.wire import from_wire, to_wire
from services.scheduling.timetable.exact import ExactScheduler
from services.scheduling.timetable.problem import Problem
from services.scheduling.timetable.scheduler import Effort, Progress

order = json.load(sys.stdin)
found = ExactScheduler().schedule(
    from_wire(Problem, order["problem"]), Effort(proposals=1000), lambda _: None, lambda: False
)
assert found.timetable is not None
assert found.cost is not None
print(json.dumps({"progress": to_wire(Progress(found.cost, 0, 0.1, found.timetable, 0.1))}), flush=True)
while True:
    time.sleep(1.0)
