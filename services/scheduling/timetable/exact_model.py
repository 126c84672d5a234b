"""The CP-SAT model of a problem, whole or as a neighbourhood: lectures that are kept count as constants.

Lectures of a course are interchangeable, so the model counts them by course and never tells them apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from ortools.sat.python import cp_model

from services.scheduling.timetable.layout import Layout

Place = tuple[int, int | None]
"""Slot and room of a lecture; no room for field teaching."""
Places = dict[int, list[Place]]
"""The lectures of each course."""


class ExactModel:
    """Decides the places of ``free`` lectures of each course while those of ``kept`` stay.

    ``begins[c, s]``: a lecture of course c begins at slot s; ``held[c, s, r]``: in room r.
    """

    def __init__(self, layout: Layout, kept: Places, free: dict[int, int]) -> None:
        self.layout, self.kept, self.free = layout, kept, free
        self.model: Any = cp_model.CpModel()
        self.begins: dict[tuple[int, int], Any] = {}
        self.held: dict[tuple[int, int, int], Any] = {}
        self.cost: Any = 0
        self.constant = 0
        self._by_slot: dict[tuple[int, int], list[Any]] = defaultdict(list)
        self._kept_at: dict[tuple[int, int], int] = defaultdict(int)
        self._terms_of: list[Any] = []
        self._weights_of: list[int] = []
        self._place()
        self._forbid_clashes()
        self._charge()
        self.cost = cp_model.LinearExpr.weighted_sum(self._terms_of, self._weights_of) + self.constant
        self.model.minimize(self.cost)

    def hint(self, places: Places) -> None:
        """Tell the solver a complete solution to start from."""
        begun = {(c, place[0]) for c, row in places.items() for place in row}
        held = {(c, *place) for c, row in places.items() for place in row}
        for key, var in self.begins.items():
            self.model.add_hint(var, key in begun)
        for spot, var in self.held.items():
            self.model.add_hint(var, spot in held)

    def chosen(self, value: Any) -> Places:
        """Return kept and decided places; ``value`` gives the value of a variable."""
        found: Places = {c: list(row) for c, row in self.kept.items()}
        for (c, s), var in self.begins.items():
            if value(var) and not self.layout.rooms[c]:
                found.setdefault(c, []).append((s, None))
        for (c, s, r), var in self.held.items():
            if value(var):
                found.setdefault(c, []).append((s, r))
        return found

    def _pay(self, weight: int, var: Any) -> None:
        if weight:
            self._terms_of.append(var)
            self._weights_of.append(weight)

    def _place(self) -> None:
        layout = self.layout
        for c, row in self.kept.items():
            for slot, _ in row:
                for covered in layout.starts[c].get(slot) or layout.grid.covered(layout.problem.courses[c], slot) or ():
                    self._kept_at[c, covered] += 1
        taken = self._kept_rooms()
        busy = self._kept_groups()
        for c, wanted in self.free.items():
            for slot, span in layout.starts[c].items():
                if any((group, at) in busy for group in self._groups(c) for at in span):
                    continue
                rooms = [
                    r for r in layout.rooms[c] if layout.room_open(r, span) and not any((r, at) in taken for at in span)
                ]
                if not rooms and not layout.problem.courses[c].field:
                    continue
                begins = self.begins[c, slot] = self.model.new_bool_var("")
                for at in span:
                    self._by_slot[c, at].append(begins)
                for r in rooms:
                    self.held[c, slot, r] = self.model.new_bool_var("")
                if rooms:
                    self.model.add(sum(self.held[c, slot, r] for r in rooms) == begins)
            self.model.add(sum(var for (course, _), var in self.begins.items() if course == c) == wanted)
        for pin in layout.problem.pins:
            self._pin(layout.course_index[pin.course_id], pin.slot, pin.room_id)

    def _pin(self, c: int, slot: int, room_id: str | None) -> None:
        if any(place[0] == slot for place in self.kept.get(c, ())):
            return
        room = None if room_id is None else self.layout.room_index[room_id]
        var = self.begins.get((c, slot)) if room is None else self.held.get((c, slot, room))
        if var is None:
            self.model.add_bool_or([])
        else:
            self.model.add(var == 1)

    def _groups(self, c: int) -> list[tuple[str, str]]:
        course = self.layout.problem.courses[c]
        return [
            ("course", course.id),
            *(("lecturer", each) for each in course.lecturer_ids),
            *(("term", each) for each in course.term_ids),
        ]

    def _kept_groups(self) -> set[tuple[tuple[str, str], int]]:
        return {(group, at) for (c, at), count in self._kept_at.items() if count for group in self._groups(c)}

    def _kept_rooms(self) -> set[tuple[int, int]]:
        layout = self.layout
        return {
            (room, at)
            for c, row in self.kept.items()
            for slot, room in row
            if room is not None
            for at in layout.grid.covered(layout.problem.courses[c], slot) or ()
        }

    def _forbid_clashes(self) -> None:
        groups: dict[tuple[tuple[str, str], int], list[Any]] = defaultdict(list)
        for (c, at), begins in self._by_slot.items():
            for group in self._groups(c):
                groups[group, at] += begins
        rooms: dict[tuple[int, int], list[Any]] = defaultdict(list)
        for (c, slot, r), var in self.held.items():
            for at in self.layout.starts[c][slot]:
                rooms[r, at].append(var)
        for clashing in (*groups.values(), *rooms.values()):
            if len(clashing) > 1:
                self.model.add_at_most_one(clashing)
        self._limit_hours()

    def _limit_hours(self) -> None:
        limit, layout, grid = self.layout.problem.rules.lecturer_hours, self.layout, self.layout.grid
        if limit is None:
            return
        for courses in layout.lecturer_courses:
            taught: dict[tuple[int, int], list[tuple[Any, int]]] = defaultdict(list)
            for c in courses:
                hours = layout.problem.courses[c].hours
                for begun, var in self._begun(c):
                    span = grid.covered(layout.problem.courses[c], begun) or ()
                    halves = {(grid.day(at), grid.half(at)) for at in span}
                    for half in halves:
                        taught[half].append((var, round(hours * 100 / len(halves))))
            for parts in taught.values():
                if sum(hours for _, hours in parts) > round(limit.value * 100):
                    self.model.add(sum(var * hours for var, hours in parts) <= round(limit.value * 100))

    def _begun(self, c: int) -> Iterable[tuple[int, Any]]:
        """Yield the starts of a course: kept ones as 1, the others as variables."""
        for place in self.kept.get(c, ()):
            yield place[0], 1
        if c in self.free:
            for slot in self.layout.starts[c]:
                if (c, slot) in self.begins:
                    yield slot, self.begins[c, slot]

    def _charge(self) -> None:
        layout, weights = self.layout, self.layout.problem.weights
        for (c, _, r), var in self.held.items():
            self._pay(layout.rooms[c][r], var)
        for c in self.free:
            course = layout.problem.courses[c]
            if course.fresh:
                for slot, var in self._begun(c):
                    if not isinstance(var, int) and layout.grid.half(slot):
                        self._pay(weights.fresh, var)
            self._charge_days(c)
            self._charge_rooms([c], weights.course_rooms)
        for courses in layout.term_courses:
            if any(c in self.free for c in courses):
                self._charge_isolated(courses)
                self._charge_rooms(courses, weights.term_rooms)
                self._charge_order(courses)
        if weights.lecturer_days:
            for number, courses in enumerate(layout.lecturer_courses):
                if any(c in self.free for c in courses):
                    self._charge_lecturer(courses, layout.fewest_days[number])

    def _any(self, variables: list[Any]) -> Any:
        """Return a variable that must be 1 when one of the variables is, or 1 itself."""
        if any(isinstance(var, int) for var in variables):
            return 1
        if len(variables) == 1:
            return variables[0]
        flag = self.model.new_bool_var("")
        for var in variables:
            self.model.add_implication(var, flag)
        return flag

    def _charge_days(self, c: int) -> None:
        course, weight = self.layout.problem.courses[c], self.layout.problem.weights.min_days
        if course.min_days < 2 or not weight:
            return
        days: dict[int, list[Any]] = defaultdict(list)
        for slot, var in self._begun(c):
            days[self.layout.grid.day(slot)].append(var)
        used = []
        for variables in days.values():
            if any(isinstance(var, int) for var in variables):
                used.append(1)
            elif len(variables) == 1:
                used.append(variables[0])
            else:
                flag = self.model.new_bool_var("")
                self.model.add_bool_or([*variables, flag.negated()])
                used.append(flag)
        short = self.model.new_int_var(0, course.min_days, "")
        self.model.add(short + sum(used) >= course.min_days)
        self._pay(weight, short)

    def _charge_rooms(self, courses: Iterable[int], weight: int) -> None:
        if not weight:
            return
        rooms: dict[int, list[Any]] = defaultdict(list)
        for c in courses:
            for _, room in self.kept.get(c, ()):
                if room is not None:
                    rooms[room].append(1)
            for slot in self.layout.starts[c] if c in self.free else ():
                for r in self.layout.rooms[c]:
                    if (c, slot, r) in self.held:
                        rooms[r].append(self.held[c, slot, r])
        if not rooms:
            return
        used = [self._any(variables) for variables in rooms.values()]
        self.constant -= weight
        for var in used:
            if isinstance(var, int):
                self.constant += weight
            else:
                self._pay(weight, var)

    def _charge_isolated(self, courses: tuple[int, ...]) -> None:
        weight, grid = self.layout.problem.weights.isolated, self.layout.grid
        if not weight:
            return
        for day in range(len(grid.days)):
            first = day * grid.per_day
            slots = range(first, first + grid.per_day)
            variables = {at: [v for c in courses for v in self._by_slot.get((c, at), ())] for at in slots}
            kept = {at: sum(self._kept_at.get((c, at), 0) for c in courses) for at in slots}
            for at in slots:
                if not variables[at] and not kept[at]:
                    continue
                near = [other for other in (at - 1, at + 1) if other in slots]
                if any(kept[other] for other in near):
                    continue
                beside = [var for other in near for var in variables[other]]
                if kept[at] and not beside:
                    self.constant += weight
                    continue
                alone = self.model.new_bool_var("")
                if kept[at]:
                    self.model.add_bool_or([alone, *beside])
                else:
                    self.model.add(alone + sum(beside) >= sum(variables[at]))
                self._pay(weight, alone)

    def _charge_order(self, courses: tuple[int, ...]) -> None:
        weight, all_courses = self.layout.problem.weights.order, self.layout.problem.courses
        staged = [c for c in courses if all_courses[c].module is not None]
        if not weight:
            return
        for c in staged:
            lower = [o for o in staged if (all_courses[o].module or 0) < (all_courses[c].module or 0)]
            starts = [(slot, var) for o in lower for slot, var in self._begun(o)]
            most = sum(all_courses[o].lectures for o in lower)
            for slot, var in self._begun(c):
                later = [other for at, other in starts if at > slot]
                fixed, open_ = sum(x for x in later if isinstance(x, int)), [x for x in later if not isinstance(x, int)]
                if isinstance(var, int):
                    self.constant += weight * fixed
                    for other in open_:
                        self._pay(weight, other)
                elif later:
                    self._pay(weight * fixed, var)
                    if open_:
                        after = self.model.new_int_var(0, most, "")
                        self.model.add(after >= sum(open_)).only_enforce_if(var)
                        self._pay(weight, after)

    def _charge_lecturer(self, courses: tuple[int, ...], fewest: int) -> None:
        weight = self.layout.problem.weights.lecturer_days
        days: dict[int, list[Any]] = defaultdict(list)
        for c in courses:
            for slot, var in self._begun(c):
                days[self.layout.grid.day(slot)].append(var)
        used = [self._any(variables) for variables in days.values()]
        self.constant -= weight * fewest
        for var in used:
            if isinstance(var, int):
                self.constant += weight
            else:
                self._pay(weight, var)
