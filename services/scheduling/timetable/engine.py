"""What the search needs of a kernel: walkers that run at a temperature, and snapshots to go on from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from services.scheduling.timetable.chance import WAITS, seeded
from services.scheduling.timetable.conversion import UD2
from services.scheduling.timetable.exact_model import Places
from services.scheduling.timetable.layout import Layout
from services.scheduling.timetable.plain_kernel import anneal_plain, plain_state
from services.scheduling.timetable.plain_tables import Ints, is_plain, plain_tables
from services.scheduling.timetable.problem import Course, Problem, Room
from services.scheduling.timetable.rich_kernel import anneal_rich
from services.scheduling.timetable.rich_state import rich_state
from services.scheduling.timetable.rich_tables import RichTables, rich_tables


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A complete timetable as slot and room of every lecture, in the order of courses."""

    slot: Ints
    room: Ints
    cost: int


class Walker(Protocol):
    """One random walk over timetables."""

    cost: int
    best: Snapshot

    def run(self, temperature: float, proposals: int) -> None:
        """Try ``proposals`` moves at a temperature."""

    def current(self) -> Snapshot:
        """Return where it stands."""


class Engine(Protocol):
    """Walks over the timetables of one problem."""

    def walker(self, start: Snapshot, seed: int) -> Walker:
        """Return a walker that starts from a feasible timetable."""

    def snapshot(self, places: Places, cost: int) -> Snapshot:
        """Return a timetable in the engine's own form."""

    def places(self, snapshot: Snapshot) -> Places:
        """Return the places of a snapshot by course."""


class PlainEngine:
    """The quick kernel."""

    def __init__(self, layout: Layout) -> None:
        self.tables = plain_tables(layout)

    def walker(self, start: Snapshot, seed: int) -> Walker:
        """Return a walker that starts from a feasible timetable."""
        return _PlainWalker(self, start, seed)

    def snapshot(self, places: Places, cost: int) -> Snapshot:
        """Return a timetable in the engine's own form."""
        rows = [place for c in range(len(self.tables.min_days)) for place in sorted(places[c])]
        slot = np.array([at for at, _ in rows], np.int32)
        return Snapshot(slot, np.array([room for _, room in rows], np.int32), cost)

    def places(self, snapshot: Snapshot) -> Places:
        """Return the places of a snapshot by course."""
        found: Places = {}
        for course, slot, room in zip(self.tables.course_of, snapshot.slot, snapshot.room, strict=True):
            found.setdefault(int(course), []).append((int(slot), int(room)))
        return found


class _PlainWalker:
    _SHARES: NDArray[np.int64] = np.array([64, 80], np.int64)

    def __init__(self, engine: PlainEngine, start: Snapshot, seed: int) -> None:
        self._tables = engine.tables
        self._state = plain_state(engine.tables, start.slot, start.room)
        self._chance = seeded(seed)
        self.cost = start.cost
        self.best = Snapshot(start.slot.copy(), start.room.copy(), start.cost)

    def run(self, temperature: float, proposals: int) -> None:
        """Try ``proposals`` moves at a temperature."""
        best = self.best
        self.cost, cost = anneal_plain(
            self._tables, self._state, best.slot, best.room, self.cost, best.cost, temperature, proposals,
            self._chance, WAITS, self._SHARES,
        )  # fmt: skip
        self.best = Snapshot(best.slot, best.room, cost)

    def current(self) -> Snapshot:
        """Return where it stands."""
        return Snapshot(self._state.slot.copy(), self._state.room.copy(), self.cost)


class RichEngine:
    """The kernel for everything."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self.tables = rich_tables(layout)

    def walker(self, start: Snapshot, seed: int) -> Walker:
        """Return a walker that starts from a feasible timetable."""
        return _RichWalker(self.tables, start, seed)

    def snapshot(self, places: Places, cost: int) -> Snapshot:
        """Return a timetable in the engine's own form."""
        layout, tables = self._layout, self.tables
        slot, room = [], []
        for at in layout.numbered(places).lectures:
            slot.append(at.slot)
            outside = tables.rooms[tables.room_offsets[layout.course_index[at.course_id]]]
            room.append(int(outside) if at.room_id is None else layout.room_index[at.room_id])
        return Snapshot(np.array(slot, np.int32), np.array(room, np.int32), cost)

    def places(self, snapshot: Snapshot) -> Places:
        """Return the places of a snapshot by course."""
        found: Places = {}
        for course, slot, room in zip(self.tables.course_of, snapshot.slot, snapshot.room, strict=True):
            inside = int(room) if room < self.tables.real_rooms else None
            found.setdefault(int(course), []).append((int(slot), inside))
        return found


class _RichWalker:
    def __init__(self, tables: RichTables, start: Snapshot, seed: int) -> None:
        self._tables = tables
        self._state = rich_state(tables, start.slot, start.room)
        self._chance = seeded(seed)
        self.cost = start.cost
        self.best = Snapshot(start.slot.copy(), start.room.copy(), start.cost)

    def run(self, temperature: float, proposals: int) -> None:
        """Try ``proposals`` moves at a temperature."""
        best = self.best
        self.cost, cost = anneal_rich(
            self._tables, self._state, best.slot, best.room, self.cost, best.cost, temperature, proposals,
            self._chance, WAITS,
        )  # fmt: skip
        self.best = Snapshot(best.slot, best.room, cost)

    def current(self) -> Snapshot:
        """Return where it stands."""
        return Snapshot(self._state.slot.copy(), self._state.room.copy(), self.cost)


def engine_of(layout: Layout) -> Engine:
    """Return the quickest engine that can take the problem, compiled and ready to run.

    Compiling takes half a minute once; afterwards it is loaded from numba's cache.
    """
    kind = PlainEngine if is_plain(layout) else RichEngine
    tiny = kind(Layout(_TINY))
    tiny.walker(tiny.snapshot({0: [(0, 0)]}, 0), 1).run(1.0, 1)
    return kind(layout)


_TINY = Problem(
    days=("D",), terms=(), lecturers=(), rooms=(Room("r", "r", 1),), courses=(Course("c", "c", seats=1),), weights=UD2
)
