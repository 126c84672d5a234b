"""A feasible timetable to start from: periods by CP-SAT, then rooms period by period."""

from __future__ import annotations

import numpy as np
from ortools.sat.python import cp_model

from services.scheduling.timetable.instance import Instance
from services.scheduling.timetable.tables import Ints, Tables


def feasible_start(instance: Instance, tables: Tables, seed: int, seconds: float = 30.0) -> tuple[Ints, Ints] | None:
    """Return period and room of every lecture, or ``None`` when no feasible timetable was found in time.

    Hard rules only: every lecture placed, no clash, no barred period, no more lectures at once than rooms.
    """
    model = cp_model.CpModel()
    courses, periods = tables.may.shape
    at = {(c, p): model.new_bool_var(f"{c}@{p}") for c in range(courses) for p in range(periods) if tables.may[c, p]}
    for c, course in enumerate(instance.courses):
        model.add(sum(at[c, p] for p in range(periods) if (c, p) in at) == course.lectures)
    groups: dict[str, list[int]] = {}
    for c, course in enumerate(instance.courses):
        groups.setdefault(f"lecturer {course.lecturer}", []).append(c)
    for curriculum in instance.curricula:
        groups[f"curriculum {curriculum.code}"] = [instance.course_index[code] for code in curriculum.courses]
    for p in range(periods):
        for group in groups.values():
            model.add_at_most_one(at[c, p] for c in group if (c, p) in at)
        model.add(sum(at[c, p] for c in range(courses) if (c, p) in at) <= len(instance.rooms))
    solver = cp_model.CpSolver()
    solver.parameters.random_seed = seed
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = seconds
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return _with_rooms(instance, tables, {key for key, var in at.items() if solver.value(var)})


def _with_rooms(instance: Instance, tables: Tables, chosen: set[tuple[int, int]]) -> tuple[Ints, Ints]:
    """Give the largest course of each period the largest room, and so on down."""
    rooms = sorted(range(len(instance.rooms)), key=lambda r: -instance.rooms[r].seats)
    period = np.zeros(len(tables.course_of), np.int32)
    room = np.zeros(len(tables.course_of), np.int32)
    following = np.searchsorted(tables.course_of, np.arange(len(instance.courses)))
    for p in range(instance.periods):
        now = sorted((c for c, q in chosen if q == p), key=lambda c: -instance.courses[c].students)
        for c, r in zip(now, rooms, strict=False):
            lecture = following[c]
            following[c] += 1
            period[lecture], room[lecture] = p, r
    return period, room
