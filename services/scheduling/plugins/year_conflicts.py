"""Why a year cannot be placed whole: demands of which no proper part is too much, found by cores and deletion."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from services.scheduling.domain.demands import SHARED, Demand, demands_on, held
from services.scheduling.domain.placement import Term
from services.scheduling.domain.placement_greedy import Greedy
from services.scheduling.domain.placement_grid import Grid
from services.scheduling.domain.placement_spans import Axis
from services.scheduling.plugins.year_demands import DemandModel, Ways
from services.scheduling.plugins.year_run import Run
from services.scheduling.plugins.year_shortage import shortage

_FEW = (2, 3, 5, 8)
_MANY = (13, 21, 34, 55, 89)
_A_LOOK, _LEAST = 3.0, 1.0
_FIGURES = 300
"""From how many ways on adding up is tried before branching."""
_FOR_TABLES = 0.2
"""The share of the time in which a table is looked for that holds more than the quick one."""
_FOR_TERMS = 0.7
"""The share of the time in which terms are spared; the rest is for their rules."""


@dataclass(frozen=True, slots=True)
class Found:
    """Conflicts with no term in common, and whether what they leave is known to fit (``complete``).

    ``minimal`` says of each whether none of its demands can be spared: where the time was too short, some may be.
    """

    conflicts: tuple[tuple[Demand, ...], ...]
    complete: bool
    minimal: tuple[bool, ...] = ()


class Conflicts:
    """Looks for conflicts of a year, for so many seconds."""

    def __init__(self, grid: Grid, seconds: float, most: int = 12) -> None:
        self._grid, self._most = grid, most
        self._end = time.monotonic() + seconds
        self._half = self._end - (1.0 - _FOR_TERMS) * seconds
        self._doubtful = False
        self._placed = self._as_many_as_can_be(grid, seconds * _FOR_TABLES)
        self.ways = Ways(grid)

    def _as_many_as_can_be(self, grid: Grid, seconds: float) -> Collection[str]:
        """Return the terms of a table with as many as could be placed in the time."""
        board = Greedy(grid).best()
        if len(board.placed) < sum(bool(slots) for slots in grid.slots.values()):
            run = Run(Grid(Axis(dataclasses.replace(grid.problem, seconds=seconds))), lambda _: None, workers=1)
            run.place()
            board = run.board
        return board.placed.keys()

    def find(self) -> Found:
        """Return the conflicts, those of single terms first."""
        conflicts: list[tuple[Demand, ...]] = []
        minimal: list[bool] = []

        def found(complete: bool) -> Found:
            return Found(tuple(conflicts), complete, tuple(minimal))

        for term_id, slots in self._grid.slots.items():
            if not slots and len(conflicts) < self._most:
                self._doubtful = False
                conflicts.append(self._alone(term_id))
                minimal.append(not self._doubtful)
        while len(conflicts) < self._most:
            gone = {demand.subject for conflict in conflicts for demand in conflict if demand.rule == "held"}
            self._doubtful = False
            crowd = self._crowd([id for id, slots in self._grid.slots.items() if slots and id not in gone])
            if not crowd:
                return found(complete=crowd is not None)
            conflicts.append(self._minimal(crowd))
            minimal.append(not self._doubtful)
        return found(complete=False)

    def _crowd(self, term_ids: list[str]) -> tuple[str, ...] | None:
        """Return terms that cannot all be held, as few as time allows; empty: all can; ``None``: it is not known.

        First a few terms that crowd one another, then the whole year by figures, then more and more of it.
        """
        left = [id for id in term_ids if id not in self._placed]
        if not left:
            return ()
        known = True
        few = [size for size in _FEW if size < len(term_ids)]
        for size in (*few, 0, *(size for size in _MANY if size < len(term_ids)), len(term_ids)):
            for seed in left[:3] if size else left[:1]:
                crowd = self._near(seed, term_ids)[: size or len(term_ids)]
                core = self._core(crowd) if size else self._short(crowd)
                if core:
                    return self._spared(core)
                known = core is not None
            if self._left() <= 0:
                return None
        return () if known else None

    def _short(self, term_ids: Iterable[str]) -> tuple[str, ...] | None:
        """Return terms that cannot all be held, by figures alone; ``None`` where these do not tell.

        The last are spared first.
        """
        terms, smaller = tuple(term_ids), None
        while self._left() > 0:
            model = DemandModel(self.ways, demands_on(self._grid.axis, terms), [held(id) for id in terms])
            core = shortage(model, self._left(), terms[::-1])
            if core is None or len(core) == len(terms):
                return smaller if core is None else terms
            # The fewer terms there are, the better the prices suit them, so that more can be spared.
            terms = smaller = tuple(id for id in terms if held(id) in core)
        return smaller

    def _core(self, term_ids: Iterable[str]) -> tuple[str, ...] | None:
        """Return terms that cannot all be held among these; empty: all can; ``None``: no time."""
        terms = list(term_ids)
        model = DemandModel(self.ways, demands_on(self._grid.axis, terms), [held(id) for id in terms])
        if len(model.ways) > _FIGURES:
            short = shortage(model, max(_A_LOOK, self._left()), terms[::-1])
            if short is not None:
                return tuple(id for id in terms if held(id) in short)
        answer = model.solve(max(_LEAST, min(_A_LOOK, self._left())))
        if answer.core is not None:
            return tuple(id for id in terms if held(id) in answer.core)
        return () if answer.chosen is not None else None

    def _spared(self, core: tuple[str, ...]) -> tuple[str, ...]:
        """Spare every term that can be spared: many at a time at first, then one by one."""
        size = max(1, len(core) // 4)
        while True:
            at = 0
            while at < len(core) and len(core) > size:
                if time.monotonic() > self._half:
                    self._doubtful = True
                    return core
                smaller = self._core((*core[:at], *core[at + size :]))
                self._doubtful |= smaller is None and size == 1
                if smaller:
                    at, core = sum(id in smaller for id in core[:at]), smaller
                else:
                    at += size
            if size == 1:
                return core
            size = max(1, size // 2)

    def _alone(self, term_id: str) -> tuple[Demand, ...]:
        """Return the demands that leave one term nowhere to go."""
        term, found = self._grid.terms[term_id], self.ways.of(term_id)
        broken = [set(way.breaks) for way in found]
        for each, way in zip(broken, found, strict=True):
            each |= {
                Demand("beds", way.campus_id, kind=kind) for kind in _short_of_beds(self._grid, term, way.campus_id)
            }
        asked = demands_on(self._grid.axis, (term_id,))
        if not all(not each.isdisjoint(asked) for each in broken):
            return self._minimal((term_id,))
        for demand in _easiest_to_spare(asked):
            fewer = set(asked) - {demand}
            if all(not each.isdisjoint(fewer) for each in broken):
                asked = list(fewer)
        return tuple(sorted((held(term_id), *asked), key=_said_first))

    def _minimal(self, term_ids: tuple[str, ...]) -> tuple[Demand, ...]:
        """Return the demands that are too much for terms that cannot all be held, as few as time allows."""
        needed = [held(id) for id in term_ids]
        everything = demands_on(self._grid.axis, term_ids)
        asked = self._asked(needed, everything)
        open_ = set(everything if asked is None else asked)
        for demand in _easiest_to_spare(open_):
            if demand in open_ and self._left() <= 0:
                self._doubtful = True
                needed += open_
                break
            if demand in open_:
                smaller = self._asked(needed, open_ - {demand})
                if smaller is None:
                    needed.append(demand)
                    open_.remove(demand)
                else:
                    open_ = set(smaller)
        return tuple(sorted(needed, key=_said_first))

    def _asked(self, needed: Collection[Demand], demands: Collection[Demand]) -> list[Demand] | None:
        """Return those of some demands that are too much beside the needed ones; ``None``: they are not known to be."""
        model = DemandModel(self.ways, needed, demands)
        if len(model.ways) > _FIGURES:
            short = shortage(model, max(_A_LOOK, self._left()))
            if short is not None:
                return sorted(short)
        answer = model.solve(max(_LEAST, min(2 * _A_LOOK, self._left())))
        self._doubtful |= answer.core is None and answer.chosen is None
        return None if answer.core is None else sorted(answer.core)

    def _near(self, seed: str, term_ids: list[str]) -> list[str]:
        """Return terms by how much they crowd one of them: it first, then those bound to the same days."""
        slots = {id: self._grid.slots[id] for id in term_ids}
        wanted = {day for slot in slots[seed] for day in range(slot.reports, slot.ends + 1)}
        mine = self._grid.terms[seed]

        def strangeness(id: str) -> tuple[bool, float, int, str]:
            term = self._grid.terms[id]
            related = term.programme_id == mine.programme_id or bool(
                {need.lecturer_id for need in term.needs} & {need.lecturer_id for need in mine.needs}
            )
            within = sum(slot.opens in wanted for slot in slots[id]) / len(slots[id])
            return id != seed, -within - (0.2 if related else 0.0), -term.trainees, id

        return sorted(term_ids, key=strangeness)

    def _left(self) -> float:
        return self._end - time.monotonic()


def _short_of_beds(grid: Grid, term: Term, campus_id: str) -> list[str]:
    """Return the kinds of beds of which a campus has too few for one term alone."""
    campus = grid.axis.campuses[campus_id]
    kinds = {"", term.bed_kind or ""} if term.boards else set()
    return [kind for kind in kinds if campus.beds_of(kind or None) < term.trainees]


def _easiest_to_spare(demands: Iterable[Demand]) -> Iterator[Demand]:
    """Yield what says least about a conflict first, so that it is the first to go."""
    order = ("gap", "sequence", "lecturer", "order", "absence", "lead", "barred-room", "ban", "unbroken")
    rank = {rule: number for number, rule in enumerate(order)}
    yield from sorted(demands, key=lambda demand: (rank.get(demand.rule, len(order)), demand.rule in SHARED, demand))


def _said_first(demand: Demand) -> tuple[int, Demand]:
    return (0 if demand.rule == "held" else 1 if demand.rule not in SHARED else 2), demand
