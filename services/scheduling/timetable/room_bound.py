"""What a timetable must cost for its rooms alone: a bound that holds whenever the lectures are held."""

from __future__ import annotations

import math
from datetime import timedelta

from ortools.math_opt.python import mathopt

from services.scheduling.timetable.layout import Layout

_SURE = 1e-6
_NODES = 100
"""How many nodes are looked at where no seconds are given; the problems of the field take one."""
_MOST_PAIRS = 4_000
"""Most courses with a room each may use for which that is tried; so many take two seconds, and hear of no stop."""


def least_for_rooms(layout: Layout, seconds: float | None) -> int:
    """Return what missing seats and changes of room cost at the least; 0 where that cannot be told in ``seconds``.

    Without ``seconds`` so much work is done, the same on every machine. Of large problems it is not asked.

    Days are forgotten: lectures are shared out among the rooms, none with more of them than it has open slots. Any
    timetable gives such a sharing that costs no more than the timetable, so the cheapest sharing is a bound.
    """
    if sum(map(len, layout.rooms)) > _MOST_PAIRS:
        return 0
    program = _Sharing(layout)
    if not program.paid:
        return 0
    limits = mathopt.SolveParameters(threads=1)
    if seconds is None:
        limits.node_limit = _NODES
    else:
        limits.time_limit = timedelta(seconds=seconds)
    answer = mathopt.solve(program.model, mathopt.SolverType.GSCIP, params=limits)
    bound = answer.termination.objective_bounds.dual_bound
    return max(0, math.ceil(bound - _SURE)) if math.isfinite(bound) else 0


class _Sharing:
    """How many lectures of each course each room takes; ``paid`` is what that costs."""

    def __init__(self, layout: Layout) -> None:
        self.model, self._layout = mathopt.Model(), layout
        self.paid: list[mathopt.LinearBase] = []
        self._used: dict[tuple[int, int], mathopt.Variable] = {}
        weights = layout.problem.weights
        self._share_out()
        self._keep_open_hours()
        indoors = [c for c, rooms in enumerate(layout.rooms) if rooms]
        for c in indoors:
            self._pay_changes([c], weights.course_rooms)
        for courses in layout.term_courses:
            self._pay_changes([c for c in courses if layout.rooms[c]], weights.term_rooms)
        self.model.minimize(mathopt.fast_sum(self.paid))

    def _share_out(self) -> None:
        self._held: dict[int, list[tuple[int, mathopt.Variable]]] = {r: [] for r in self._layout.room_index.values()}
        for c, rooms in enumerate(self._layout.rooms):
            lectures, shares = self._layout.problem.courses[c].lectures, []
            for r, price in rooms.items():
                share = self.model.add_integer_variable(lb=0, ub=lectures)
                used = self._used[c, r] = self.model.add_binary_variable()
                self.model.add_linear_constraint(share <= lectures * used)
                self._held[r].append((c, share))
                shares.append(share)
                if price:
                    self.paid.append(price * share)
            if rooms:
                self.model.add_linear_constraint(mathopt.fast_sum(shares) == lectures)

    def _keep_open_hours(self) -> None:
        courses = self._layout.problem.courses
        for r, held in self._held.items():
            opened = sum(self._layout.room_open(r, range(slot, slot + 1)) for slot in range(self._layout.grid.slots))
            self.model.add_linear_constraint(mathopt.fast_sum(courses[c].slots * share for c, share in held) <= opened)

    def _pay_changes(self, courses: list[int], weight: int) -> None:
        if not courses or not weight:
            return
        rooms = sorted({r for c in courses for r in self._layout.rooms[c]})
        entered = []
        for r in rooms:
            users = [self._used[c, r] for c in courses if (c, r) in self._used]
            if len(users) == 1:
                entered.append(users[0])
                continue
            flag = self.model.add_binary_variable()
            for user in users:
                self.model.add_linear_constraint(user <= flag)
            entered.append(flag)
        self.paid.append(weight * (mathopt.fast_sum(entered) - 1))
