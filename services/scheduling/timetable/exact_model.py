"""The CP-SAT model of a problem, whole or as a neighbourhood: lectures that are kept count as constants.

Lectures of a course are interchangeable, so the model counts them by course and never tells them apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from ortools.sat.python import cp_model

from services.scheduling.timetable.class_hours import parts_of
from services.scheduling.timetable.exact_charges import Charges
from services.scheduling.timetable.layout import Layout
from services.scheduling.timetable.scheduler import Stopped
from services.scheduling.timetable.stopping import heed, never

Place = tuple[int, int | None]
"""Slot and room of a lecture; no room for field teaching."""
Places = dict[int, list[Place]]
"""The lectures of each course."""


class ExactModel:
    """Decides the places of ``free`` lectures of each course while those of ``kept`` stay.

    ``begins[c, s]``: a lecture of course c begins at slot s; ``held[c, s, r]``: in room r. ``priced``: with the costs,
    not only the hard rules. ``within``: the slots at which free lectures may begin, where not all are meant. Raises
    ``StopHeard`` when ``stopped`` says so: a large model takes its time.
    ``by_slot[c, s]``: variables of lectures of c that cover s; ``kept_at[c, s]``: how many kept ones do.
    """

    def __init__(
        self,
        layout: Layout,
        kept: Places,
        free: dict[int, int],
        *,
        priced: bool = True,
        within: dict[int, set[int]] | None = None,
        stopped: Stopped = never,
    ) -> None:
        self.layout, self.kept, self.free, self._within, self.stopped = layout, kept, free, within, stopped
        self.model: Any = cp_model.CpModel()
        self.begins: dict[tuple[int, int], Any] = {}
        self.held: dict[tuple[int, int, int], Any] = {}
        self.cost: Any = 0
        self.by_slot: dict[tuple[int, int], list[Any]] = defaultdict(list)
        self.kept_at: dict[tuple[int, int], int] = defaultdict(int)
        self._place()
        self._forbid_clashes()
        if priced:
            self.cost = Charges(self).total()
            self.model.minimize(self.cost)

    def hint(self, places: Places) -> None:
        """Tell the solver a complete solution to start from."""
        begun = {(c, place[0]) for c, row in places.items() for place in row}
        held = {(c, *place) for c, row in places.items() for place in row}
        for key, var in self.begins.items():
            self.model.add_hint(var, key in begun)
        for spot, var in self.held.items():
            self.model.add_hint(var, spot in held)

    def at_most(self, cost: int) -> None:
        """Look only for timetables that cost no more than this."""
        self.model.add(self.cost <= cost)

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

    def _place(self) -> None:
        layout = self.layout
        for c, row in self.kept.items():
            for slot, _ in row:
                for covered in layout.starts[c].get(slot) or layout.grid.covered(layout.problem.courses[c], slot) or ():
                    self.kept_at[c, covered] += 1
        taken = self._kept_rooms()
        busy = self._kept_groups()
        for c, wanted in self.free.items():
            heed(self.stopped)
            own = []
            for slot, span in layout.starts[c].items():
                if self._within is not None and slot not in self._within[c]:
                    continue
                if any((group, at) in busy for group in self._groups(c) for at in span):
                    continue
                rooms = [
                    r for r in layout.rooms[c] if layout.room_open(r, span) and not any((r, at) in taken for at in span)
                ]
                if not rooms and not layout.problem.courses[c].field:
                    continue
                begins = self.begins[c, slot] = self.model.new_bool_var("")
                own.append(begins)
                for at in span:
                    self.by_slot[c, at].append(begins)
                for r in rooms:
                    self.held[c, slot, r] = self.model.new_bool_var("")
                if rooms:
                    self.model.add(sum(self.held[c, slot, r] for r in rooms) == begins)
            self.model.add(sum(own) == wanted)
        pinned: set[tuple[int, int]] = set()
        for pin in layout.problem.pins:
            c = layout.course_index[pin.course_id]
            if (c, pin.slot) in pinned:
                self.model.add_bool_or([])  # lectures of a course are not told apart: one would stand for both
            pinned.add((c, pin.slot))
            self._pin(c, pin.slot, pin.room_id)

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
        return {(group, at) for (c, at), count in self.kept_at.items() if count for group in self._groups(c)}

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
        for (c, at), begins in self.by_slot.items():
            for group in self._groups(c):
                groups[group, at] += begins
        rooms: dict[tuple[int, int], list[Any]] = defaultdict(list)
        for c, slot in self.begins:
            heed(self.stopped)
            for r in self.layout.rooms[c]:
                var = self.held.get((c, slot, r))
                for at in self.layout.starts[c][slot] if var is not None else ():
                    rooms[r, at].append(var)
        for clashing in (*groups.values(), *rooms.values()):
            heed(self.stopped)
            if len(clashing) > 1:
                self.model.add_at_most_one(clashing)
        self._limit_hours()

    def _limit_hours(self) -> None:
        limit, layout, grid = self.layout.problem.rules.lecturer_hours, self.layout, self.layout.grid
        if limit is None:
            return
        most = parts_of(limit.value)
        for courses in layout.lecturer_courses:
            taught: dict[tuple[int, int], list[tuple[Any, int]]] = defaultdict(list)
            for c in courses:
                hours = layout.problem.courses[c].hours
                for begun, var in self.begun(c):
                    span = grid.covered(layout.problem.courses[c], begun) or ()
                    halves = {(grid.day(at), grid.half(at)) for at in span}
                    for half in halves:
                        taught[half].append((var, parts_of(hours, len(halves))))
            for parts in taught.values():
                if sum(hours for _, hours in parts) > most:
                    self.model.add(sum(var * hours for var, hours in parts) <= most)

    def begun(self, c: int) -> Iterable[tuple[int, Any]]:
        """Yield the starts of a course: kept ones as 1, the others as variables."""
        for place in self.kept.get(c, ()):
            yield place[0], 1
        if c in self.free:
            for slot in self.layout.starts[c]:
                if (c, slot) in self.begins:
                    yield slot, self.begins[c, slot]
