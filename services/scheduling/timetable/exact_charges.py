"""The soft rules as CP-SAT sees them: variables that are 1 where something costs, and the cost they add up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ortools.sat.python import cp_model

from services.scheduling.timetable.stopping import heed

if TYPE_CHECKING:
    from services.scheduling.timetable.exact_model import ExactModel


class Charges:
    """Adds up what the checker charges about the courses with free lectures, their terms and their lecturers."""

    def __init__(self, exact: ExactModel) -> None:
        self._exact, self._layout = exact, exact.layout
        self._constant = 0
        self._variables: list[Any] = []
        self._weights: list[int] = []

    def total(self) -> Any:
        """Return the cost as an expression of the model."""
        layout, weights = self._layout, self._layout.problem.weights
        for (c, _, r), var in self._exact.held.items():
            self._pay(layout.rooms[c][r], var)
        for c in self._exact.free:
            heed(self._exact.stopped)
            course = layout.problem.courses[c]
            self._constant += sum(layout.rooms[c][r] for _, r in self._exact.kept.get(c, ()) if r is not None)
            if course.fresh:
                for slot, var in self._exact.begun(c):
                    if layout.grid.half(slot):
                        self._pay(weights.fresh, var)
            self._charge_days(c)
            self._charge_rooms([c], weights.course_rooms)
        for courses in layout.term_courses:
            heed(self._exact.stopped)
            if any(c in self._exact.free for c in courses):
                self._charge_isolated(courses)
                self._charge_rooms(courses, weights.term_rooms)
                self._charge_order(courses)
        if weights.lecturer_days:
            for number, courses in enumerate(layout.lecturer_courses):
                if any(c in self._exact.free for c in courses):
                    self._charge_lecturer(courses, layout.fewest_days[number])
        return cp_model.LinearExpr.weighted_sum(self._variables, self._weights) + self._constant

    def _pay(self, weight: int, var: Any) -> None:
        if isinstance(var, int):
            self._constant += weight * var
        elif weight:
            self._variables.append(var)
            self._weights.append(weight)

    def _any(self, variables: list[Any]) -> Any:
        """Return a variable that must be 1 when one of the variables is, or 1 itself."""
        if any(isinstance(var, int) for var in variables):
            return 1
        if len(variables) == 1:
            return variables[0]
        flag = self._exact.model.new_bool_var("")
        for var in variables:
            self._exact.model.add_implication(var, flag)
        return flag

    def _charge_days(self, c: int) -> None:
        course, weight = self._layout.problem.courses[c], self._layout.problem.weights.min_days
        if course.min_days < 2 or not weight:
            return
        days: dict[int, list[Any]] = defaultdict(list)
        for slot, var in self._exact.begun(c):
            days[self._layout.grid.day(slot)].append(var)
        used = []
        for variables in days.values():
            if any(isinstance(var, int) for var in variables):
                used.append(1)
            elif len(variables) == 1:
                used.append(variables[0])
            else:
                flag = self._exact.model.new_bool_var("")
                self._exact.model.add_bool_or([*variables, flag.negated()])
                used.append(flag)
        short = self._exact.model.new_int_var(0, course.min_days, "")
        self._exact.model.add(short + sum(used) >= course.min_days)
        self._pay(weight, short)

    def _charge_rooms(self, courses: Iterable[int], weight: int) -> None:
        if not weight:
            return
        rooms: dict[int, list[Any]] = defaultdict(list)
        for c in courses:
            for _, room in self._exact.kept.get(c, ()):
                if room is not None:
                    rooms[room].append(1)
            for slot in self._layout.starts[c] if c in self._exact.free else ():
                for r in self._layout.rooms[c]:
                    if (c, slot, r) in self._exact.held:
                        rooms[r].append(self._exact.held[c, slot, r])
        if not rooms:
            return
        used = [self._any(variables) for variables in rooms.values()]
        self._constant -= weight
        for var in used:
            self._pay(weight, var)

    def _charge_isolated(self, courses: tuple[int, ...]) -> None:
        weight, grid = self._layout.problem.weights.isolated, self._layout.grid
        if not weight:
            return
        for day in range(len(grid.days)):
            first = day * grid.per_day
            slots = range(first, first + grid.per_day)
            variables = {at: [v for c in courses for v in self._exact.by_slot.get((c, at), ())] for at in slots}
            kept = {at: sum(self._exact.kept_at.get((c, at), 0) for c in courses) for at in slots}
            for at in slots:
                if not variables[at] and not kept[at]:
                    continue
                near = [other for other in (at - 1, at + 1) if other in slots]
                if any(kept[other] for other in near):
                    continue
                beside = [var for other in near for var in variables[other]]
                if kept[at] and not beside:
                    self._constant += weight
                    continue
                alone = self._exact.model.new_bool_var("")
                if kept[at]:
                    self._exact.model.add_bool_or([alone, *beside])
                else:
                    self._exact.model.add(alone + sum(beside) >= sum(variables[at]))
                self._pay(weight, alone)

    def _charge_order(self, courses: tuple[int, ...]) -> None:
        weight, all_courses = self._layout.problem.weights.order, self._layout.problem.courses
        staged = [c for c in courses if all_courses[c].module is not None]
        if not weight:
            return
        for c in staged:
            heed(self._exact.stopped)
            lower = [o for o in staged if (all_courses[o].module or 0) < (all_courses[c].module or 0)]
            starts = [(slot, var) for o in lower for slot, var in self._exact.begun(o)]
            most = sum(all_courses[o].lectures for o in lower)
            for slot, var in self._exact.begun(c):
                later = [other for at, other in starts if at > slot]
                fixed, open_ = sum(x for x in later if isinstance(x, int)), [x for x in later if not isinstance(x, int)]
                if isinstance(var, int):
                    self._constant += weight * fixed
                    for other in open_:
                        self._pay(weight, other)
                elif later:
                    self._pay(weight * fixed, var)
                    if open_:
                        after = self._exact.model.new_int_var(0, most, "")
                        self._exact.model.add(after >= sum(open_)).only_enforce_if(var)
                        self._pay(weight, after)

    def _charge_lecturer(self, courses: tuple[int, ...], fewest: int) -> None:
        weight = self._layout.problem.weights.lecturer_days
        days: dict[int, list[Any]] = defaultdict(list)
        for c in courses:
            for slot, var in self._exact.begun(c):
                days[self._layout.grid.day(slot)].append(var)
        used = [self._any(variables) for variables in days.values()]
        self._constant -= weight * fewest
        for var in used:
            self._pay(weight, var)
