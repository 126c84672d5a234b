"""Why a year cannot be placed whole: demands of which no proper part is too much, found by cores and deletion."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass

from services.scheduling.domain.demands import SHARED, Demand, Rule, demands_on, held
from services.scheduling.domain.overload import Overload
from services.scheduling.domain.placement import Term
from services.scheduling.domain.placement_grid import Grid
from services.scheduling.domain.placement_spans import Axis
from services.scheduling.plugins.year_demands import DemandModel, Ways
from services.scheduling.plugins.year_further import Further
from services.scheduling.plugins.year_overload import Overloads, added_up
from services.scheduling.plugins.year_run import Run
from services.scheduling.plugins.year_shortage import shortage
from services.scheduling.plugins.year_thinning import Thinning, easiest_to_spare, said_first
from services.scheduling.plugins.year_time import TimeIsUp, Until

_FEW = (2, 3, 5, 8)
_MANY = (13, 21, 34, 55, 89)
_A_LOOK, _LEAST, _GLANCE = 3.0, 1.0, 0.1
_TIERS: tuple[frozenset[Rule], ...] = (
    frozenset({"window", "pin", "lead", "beds", "rooms"}),
    frozenset({"window", "pin", "lead", "beds", "rooms", "unbroken"}),
    frozenset(),
)
"""The rules that adding up looks at, one set after the other; the last: every rule but those between terms."""
_BETWEEN = SHARED - {"beds", "rooms"}
_LARGE = 150
"""From how many terms on it takes long to look at all the ways there are to break a rule."""
_FIGURES = 300
"""From how many ways on adding up is tried before branching."""
_FOR_TABLES = 0.2
"""The share of the time in which a table is looked for that holds more than the quick one."""
_FOR_FEW = 0.4
"""The share of the time in which few terms are looked at, before the whole year is added up."""
_FOR_CONFLICTS = 0.5
"""From the first conflict on, the share of what is left for looking; the rest is for what would settle it."""
_FOR_TERMS = 0.7
"""The share of the time in which terms are spared; the rest is for their rules."""


@dataclass(frozen=True, slots=True)
class Found:
    """Conflicts, those that share terms side by side, and whether what they leave is known to fit (``complete``).

    ``minimal`` says of each whether none of its demands can be spared: where the time was too short, some may be.
    ``placed_bound``: no table holds more terms, as each conflict leaves one out.
    """

    conflicts: tuple[tuple[Demand, ...], ...]
    complete: bool
    minimal: tuple[bool, ...] = ()
    placed_bound: int = 0


class Conflicts:
    """Looks for conflicts of a year, for so many seconds, as long as there is none; then part of them is left.

    ``placed``: the terms of a table that holds as many as can be, where one is known.
    """

    def __init__(self, grid: Grid, seconds: float, most: int = 12, placed: Collection[str] | None = None) -> None:
        self._grid, self._most = grid, most
        self._end = time.monotonic() + seconds
        self._any = self._doubtful = False
        self.placed = self._as_many_as_can_be(grid, seconds * _FOR_TABLES) if placed is None else placed
        self.ways = Ways(grid)
        self._over: Overload | None = None

    def _as_many_as_can_be(self, grid: Grid, seconds: float) -> Collection[str]:
        """Return the terms of a table with as many as could be placed in the time."""
        run = Run(Grid(Axis(dataclasses.replace(grid.problem, seconds=seconds))), lambda _: None, workers=1)
        if len(run.board.placed) < sum(bool(slots) for slots in grid.slots.values()):
            run.place()
        return run.board.placed.keys()

    def find(self) -> Found:
        """Return the conflicts, those of single terms first, each with what else stands in the way of its terms."""
        conflicts: list[tuple[Demand, ...]] = []
        minimal: list[bool] = []

        def found(complete: bool) -> Found:
            further = Further(self.ways, self._end)
            firsts = zip(conflicts, minimal, strict=True)
            every = [each for first in firsts for each in (first, *further.beside(first[0]))]
            # The first ones have no term in common, so that each leaves out another.
            most = len(self._grid.slots) - len(conflicts)
            return Found(tuple(each for each, _ in every), complete, tuple(sure for _, sure in every), most)

        for term_id, slots in self._grid.slots.items():
            if not slots and len(conflicts) < self._most:
                self._one_is_found()
                self._doubtful = False
                conflicts.append(self._alone(term_id))
                minimal.append(not self._doubtful)
        while len(conflicts) < self._most:
            gone = {demand.subject for conflict in conflicts for demand in conflict if demand.rule == "held"}
            self._doubtful = False
            crowd = self._crowd([id for id, slots in self._grid.slots.items() if slots and id not in gone])
            if not crowd:
                return found(complete=crowd is not None)
            conflicts.append(self._thin(crowd))
            minimal.append(not self._doubtful)
        return found(complete=False)

    def _one_is_found(self) -> None:
        """Keep time for what would settle a conflict."""
        if not self._any:
            self._any = True
            self._end = self._part(_FOR_CONFLICTS)

    def _part(self, share: float) -> float:
        """Return the moment at which a share of what is left is over."""
        return time.monotonic() + max(0.0, self._left()) * share

    def overload(self, demands: Collection[Demand]) -> Overload | None:
        """Return the figures that made a conflict, as far as it is what they say: nothing was thinned out."""
        over = self._over
        return over if over is not None and over.demands == frozenset(demands) else None

    def _thin(self, demands: Iterable[Demand], needed: Iterable[Demand] = ()) -> tuple[Demand, ...]:
        thinning = Thinning(self.ways, demands, needed, self._end)
        smallest = thinning.smallest()
        self._doubtful |= thinning.doubtful
        return smallest

    def _crowd(self, term_ids: list[str]) -> Collection[Demand] | None:
        """Return demands that cannot hold together, on few terms; empty: all can; ``None``: it is not known.

        First a few terms that crowd one another, then the whole year by figures, then more and more of it.
        """
        left = [id for id in term_ids if id not in self.placed]
        if not left:
            return ()
        known, end_of_few = True, self._part(_FOR_FEW)
        few = [size for size in _FEW if size < len(term_ids)]
        for size in (*few, 0, *(size for size in _MANY if size < len(term_ids)), len(term_ids)):
            if not size:
                if over := self._overload(term_ids) or self._short(self._near(left[0], term_ids)):
                    self._one_is_found()
                    return over
                known = False
            for seed in left[:3] if size else ():
                if self._left() <= 0:
                    return None
                if size in few and time.monotonic() > end_of_few:
                    break
                core = self._core(self._near(seed, term_ids)[:size])
                if core:
                    self._one_is_found()
                    core = self._spared(core)
                    return [*(held(id) for id in core), *demands_on(self._grid.axis, core)]
                known = core is not None
            if self._left() <= 0:
                return None
        return () if known else None

    def _overload(self, term_ids: Collection[str]) -> frozenset[Demand]:
        """Return demands that are too much by adding up, on as few terms as can be; empty: adding up does not tell.

        Windows alone tell most simply, the other rules on single terms only where they have to. Of a large year it is
        asked first whether all of them together tell anything.
        """
        best = at_hand = None
        if len(term_ids) > _LARGE and (at_hand := added_up(self._grid, term_ids, Until(self._end))) is None:
            return frozenset()
        every = demands_on(self._grid.axis, term_ids)
        with suppress(TimeIsUp):
            for rules in _TIERS:
                kept = [each for each in every if each.rule in rules or (not rules and each.rule not in _BETWEEN)]
                if self._left() > 0 and (rules or best is None):
                    found = Overloads(self.ways, term_ids, kept, Until(self._end)).fewest()
                    if found is not None and (best is None or len(found.term_ids) < len(best.term_ids)):
                        best = found
        self._over = best or at_hand
        return self._over.demands if self._over else frozenset()

    def _short(self, term_ids: Iterable[str]) -> frozenset[Demand]:
        """Return demands that are too much by a price for each day; empty: figures do not tell.

        The last terms are spared first.
        """
        terms, core = tuple(term_ids), frozenset[Demand]()
        while self._left() > 0:
            open_ = [*(held(id) for id in terms), *demands_on(self._grid.axis, terms)]
            try:
                model = DemandModel(self.ways, (), open_, Until(self._end))
                found = shortage(model, self._left(), terms[::-1])
            except TimeIsUp:
                return core
            if found is None:
                return core
            core = found
            fewer = tuple(id for id in terms if held(id) in core)
            # The fewer terms there are, the better the prices suit them, so that more can be spared.
            if len(fewer) == len(terms):
                return core
            terms = fewer
        return core

    def _core(self, term_ids: Iterable[str]) -> tuple[str, ...] | None:
        """Return terms that cannot all be held among these; empty: all can; ``None``: no time."""
        with suppress(TimeIsUp):
            return self._core_of(list(term_ids))
        return None

    def _core_of(self, terms: list[str]) -> tuple[str, ...] | None:
        rules, wanted = demands_on(self._grid.axis, terms), [held(id) for id in terms]
        ways = self.ways.different([*rules, *wanted])
        if DemandModel(ways, [*rules, *wanted], (), Until(self._end)).solve(self._look(_LEAST)).chosen is not None:
            return ()
        model = DemandModel(ways, rules, wanted, Until(self._end))
        if len(model.ways) > _FIGURES:
            short = shortage(model, max(_GLANCE, self._left()), terms[::-1])
            if short is not None:
                return tuple(id for id in terms if held(id) in short)
        answer = model.solve(self._look(_A_LOOK))
        if answer.core is not None:
            return tuple(id for id in terms if held(id) in answer.core)
        return () if answer.chosen is not None else None

    def _spared(self, core: tuple[str, ...]) -> tuple[str, ...]:
        """Spare every term that can be spared: many at a time at first, then one by one."""
        size, end = max(1, len(core) // 4), self._part(_FOR_TERMS)
        while True:
            at = 0
            while at < len(core) and len(core) > size:
                if time.monotonic() > end:
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
            return self._thin({held(term_id), *asked}, {held(term_id)})
        for demand in easiest_to_spare(asked):
            fewer = set(asked) - {demand}
            if all(not each.isdisjoint(fewer) for each in broken):
                asked = list(fewer)
        return tuple(sorted((held(term_id), *asked), key=said_first))

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

    def _look(self, most: float) -> float:
        return max(_GLANCE, min(most, self._left()))

    def _left(self) -> float:
        return self._end - time.monotonic()


def _short_of_beds(grid: Grid, term: Term, campus_id: str) -> list[str]:
    """Return the kinds of beds of which a campus has too few for one term alone."""
    campus = grid.axis.campuses[campus_id]
    kinds = {"", term.bed_kind or ""} if term.boards else set()
    return [kind for kind in kinds if campus.beds_of(kind or None) < term.trainees]
