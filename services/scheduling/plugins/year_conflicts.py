"""Why a year cannot be placed whole: demands of which no proper part is too much, found by cores and deletion."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from services.scheduling.domain.demands import SHARED, Demand, demands_on, held
from services.scheduling.domain.placement import Term
from services.scheduling.domain.placement_greedy import Greedy
from services.scheduling.domain.placement_grid import Grid
from services.scheduling.plugins.year_demands import DemandModel, Ways

_SIZES = (2, 3, 5, 8, 13, 21, 34, 55, 89)
_A_LOOK = 3.0


@dataclass(frozen=True, slots=True)
class Found:
    """Conflicts with no term in common, and whether what they leave is known to fit (``complete``)."""

    conflicts: tuple[tuple[Demand, ...], ...]
    complete: bool


class Conflicts:
    """Looks for conflicts of a year, for so many seconds."""

    def __init__(self, grid: Grid, seconds: float, most: int = 12) -> None:
        self._grid, self._most = grid, most
        self._end = time.monotonic() + seconds
        self._placed = Greedy(grid).best().placed
        self.ways = Ways(grid)

    def find(self) -> Found:
        """Return the conflicts, those of single terms first."""
        conflicts: list[tuple[Demand, ...]] = []
        for term_id, slots in self._grid.slots.items():
            if not slots and len(conflicts) < self._most:
                conflict = self._alone(term_id)
                if conflict is None:
                    return Found(tuple(conflicts), complete=False)
                conflicts.append(conflict)
        while len(conflicts) < self._most:
            gone = {demand.subject for conflict in conflicts for demand in conflict if demand.rule == "held"}
            crowd = self._crowd([id for id, slots in self._grid.slots.items() if slots and id not in gone])
            if crowd is None:
                return Found(tuple(conflicts), complete=False)
            if not crowd:
                return Found(tuple(conflicts), complete=True)
            conflict = self._minimal(crowd)
            if conflict is None:
                return Found(tuple(conflicts), complete=False)
            conflicts.append(conflict)
        return Found(tuple(conflicts), complete=False)

    def _crowd(self, term_ids: list[str]) -> tuple[str, ...] | None:
        """Return terms that cannot all be held, none of which can be spared; empty: all can; ``None``: no time."""
        left = [id for id in term_ids if id not in self._placed]
        if not left:
            return ()
        known = True
        for size in (*(size for size in _SIZES if size < len(term_ids)), len(term_ids)):
            for seed in left[:3]:
                crowd = self._near(seed, term_ids)[:size]
                core = self._core(crowd)
                if core:
                    return self._spared(core)
                known = core is not None
            if self._left() <= 0:
                return None
        return () if known else None

    def _core(self, term_ids: Iterable[str]) -> tuple[str, ...] | None:
        """Return terms that cannot all be held among these; empty: all can; ``None``: no time."""
        terms = list(term_ids)
        model = DemandModel(self.ways, demands_on(self._grid.axis, terms), [held(id) for id in terms])
        answer = model.solve(min(_A_LOOK, self._left()))
        if answer.core is not None:
            return tuple(sorted(demand.subject for demand in answer.core))
        return () if answer.chosen is not None else None

    def _spared(self, core: tuple[str, ...]) -> tuple[str, ...] | None:
        """Spare every term that can be spared."""
        tried: set[str] = set()
        while len(core) > 1 and (rest := [id for id in core if id not in tried]):
            tried.add(rest[0])
            smaller = self._core(id for id in core if id != rest[0])
            if smaller is None:
                return None
            core = smaller or core
        return core

    def _alone(self, term_id: str) -> tuple[Demand, ...] | None:
        """Return the demands that leave one term nowhere to go; ``None``: no time."""
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

    def _minimal(self, term_ids: tuple[str, ...]) -> tuple[Demand, ...] | None:
        """Return the demands that are too much for terms none of which can be spared; ``None``: no time."""
        needed = [held(id) for id in term_ids]
        asked = self._asked(needed, demands_on(self._grid.axis, term_ids))
        if asked is None:
            return None
        open_ = set(asked)
        for demand in _easiest_to_spare(asked):
            if demand in open_:
                smaller = self._asked(needed, open_ - {demand})
                if smaller is None and self._left() <= 0:
                    return None
                if smaller is None:
                    needed.append(demand)
                    open_.remove(demand)
                else:
                    open_ = set(smaller)
        return tuple(sorted(needed, key=_said_first))

    def _asked(self, needed: Collection[Demand], demands: Collection[Demand]) -> list[Demand] | None:
        """Return those of some demands that are too much beside the needed ones; ``None``: they are not."""
        answer = DemandModel(self.ways, needed, demands).solve(max(1.0, min(4 * _A_LOOK, self._left())))
        if answer.core is None and answer.chosen is None:
            self._end = 0.0  # nothing is known of this one, so no set could be called the smallest
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
