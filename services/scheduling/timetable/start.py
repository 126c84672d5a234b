"""A feasible timetable to start from: one that was given, looked at first, or one by CP-SAT, hard rules only."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from ortools.sat.python import cp_model

from services.scheduling.timetable.assess import assess
from services.scheduling.timetable.exact_model import ExactModel, Places
from services.scheduling.timetable.findings import Finding
from services.scheduling.timetable.layout import Layout
from services.scheduling.timetable.problem import Problem, Timetable
from services.scheduling.timetable.scheduler import Stopped
from services.scheduling.timetable.stopping import StopHeard, heed, stopping


class StartBroken(ValueError):
    """The timetable to go on from breaks hard rules; ``findings`` has each, ``zh`` and ``en`` the first."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        count, first = len(findings), findings[0]
        self.zh = f"不能从该课表继续，它有{count}处违反硬性要求（如：{first.zh}），请先改正或不用它"
        self.en = f"cannot go on from a timetable with {count} hard rules broken ({first.en}); mend or leave it out"
        super().__init__(f"{self.zh} / {self.en}")


def require_feasible(problem: Problem, timetable: Timetable) -> None:
    """Raise ``StartBroken`` unless a timetable is complete and keeps every hard rule."""
    found = assess(problem, timetable).violations
    if found:
        raise StartBroken(found)


def feasible_start(
    layout: Layout, seed: int, seconds: float, stopped: Stopped, *, repeatable: bool = False
) -> Places | None:
    """Return a timetable that keeps every hard rule, or ``None`` when none was found in time or before a stop.

    ``repeatable``: the seconds are those that the solver counts by its work, the same on every machine.

    Where every course may use every room and a lecture takes one slot, slots come first and rooms follow by size:
    that model is many times smaller. Otherwise the whole model is solved without its costs.
    """
    try:
        return _start(layout, _solver(seed, seconds, repeatable), stopped)
    except StopHeard:
        return None


def _start(layout: Layout, solver: Any, stopped: Stopped) -> Places | None:
    if _rooms_are_free(layout):
        slots = _slots(layout, solver, stopped)
        return None if slots is None else _with_rooms(layout, slots)
    wanted = {c: course.lectures for c, course in enumerate(layout.problem.courses)}
    model = ExactModel(layout, {}, wanted, priced=False, stopped=stopped)
    if not _finds(solver, model.model, stopped):
        return None
    return model.chosen(solver.boolean_value)


def _rooms_are_free(layout: Layout) -> bool:
    problem = layout.problem
    return (
        not problem.pins
        and not any(course.field for course in problem.courses)
        and not any(room.unavailable for room in problem.rooms)
        and all(len(span) == 1 for starts in layout.starts for span in starts.values())
        and all(len(rooms) == len(problem.rooms) for rooms in layout.rooms)
        and problem.rules.lecturer_hours is None
    )


def _slots(layout: Layout, solver: Any, stopped: Stopped) -> dict[int, list[int]] | None:
    model: Any = cp_model.CpModel()
    at: dict[tuple[int, int], Any] = {}
    at_once: dict[int, list[Any]] = defaultdict(list)
    for c, starts in enumerate(layout.starts):
        for s in starts:
            at[c, s] = model.new_bool_var("")
            at_once[s].append(at[c, s])
    for c, course in enumerate(layout.problem.courses):
        model.add(sum(at[c, s] for s in layout.starts[c]) == course.lectures)
    for slot in range(layout.grid.slots):
        heed(stopped)
        for group in (*layout.term_courses, *layout.lecturer_courses):
            model.add_at_most_one(at[c, slot] for c in group if (c, slot) in at)
        model.add(sum(at_once[slot]) <= len(layout.problem.rooms))
    if not _finds(solver, model, stopped):
        return None
    found: dict[int, list[int]] = defaultdict(list)
    for (c, s), var in at.items():
        if solver.boolean_value(var):
            found[c].append(s)
    return found


def _with_rooms(layout: Layout, slots: dict[int, list[int]]) -> Places:
    """Give the largest course of each slot the largest room, and so on down."""
    rooms = sorted(range(len(layout.problem.rooms)), key=lambda r: -layout.problem.rooms[r].seats)
    at_once: dict[int, list[int]] = defaultdict(list)
    for c, row in slots.items():
        for slot in row:
            at_once[slot].append(c)
    found: Places = defaultdict(list)
    for slot, courses in at_once.items():
        by_size = sorted(courses, key=lambda c: -layout.seats_needed(layout.problem.courses[c]))
        for c, room in zip(by_size, rooms, strict=False):
            found[c].append((slot, room))
    return dict(found)


def _finds(solver: Any, model: Any, stopped: Stopped) -> bool:
    with stopping(solver, stopped):
        return solver.solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE)


def _solver(seed: int, seconds: float, repeatable: bool) -> Any:
    solver = cp_model.CpSolver()
    solver.parameters.random_seed = seed
    solver.parameters.num_workers = 1
    if repeatable:
        solver.parameters.max_deterministic_time = seconds
    else:
        solver.parameters.max_time_in_seconds = seconds
    return solver
