"""What the tests of solves start from: a small problem, asked for, run and shown."""

from __future__ import annotations

from typing import Any

from services.scheduling import contract
from services.scheduling.domain.wire import to_wire
from services.scheduling.plugins.timetable_conformance import small_problem
from tests.integration.scheduling.conftest import School

PROBLEM = small_problem()


def ask(school: School, **changes: Any) -> dict[str, Any]:
    request = {"problem": to_wire(PROBLEM), "scheduler": "timetable_exact", "seconds": 60, **changes}
    return school.call(contract.SOLVE_TIMETABLE, request)


def shown(school: School, solve: dict[str, Any]) -> dict[str, Any]:
    return school.call(contract.GET_TIMETABLE_SOLVE, {"solve_id": solve["solve_id"]})


def run(school: School) -> list[str]:
    """Hand the solver its events until none is left; return the types of all that was emitted."""
    seen = []
    while batch := school.harness.take():
        for each in batch:
            seen.append(each.type)
            if each.type == contract.TIMETABLE_SOLVE_REQUESTED.type:
                school.harness.deliver(contract.TIMETABLE_SOLVE_REQUESTED, each.data, event_id=each.id)
    return seen
