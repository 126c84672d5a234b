"""Demands that cannot hold together, thinned out until none can be spared, with a table for each that shows it.

Whole kinds of rules go first, then one demand after the other. A table that keeps all but one demand shows that this
one is needed; from it come tables for others at little cost: the missing term takes the place of another, or lies where
it breaks one rule of its own ("model rotation", Belov and Marques-Silva 2011).
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Mapping

from services.scheduling.domain.demands import SHARED, Demand, Way, demands_on, held
from services.scheduling.plugins.year_demands import DemandModel, Ways

_A_LOOK, _QUICK, _LEAST, _GLANCE = 6.0, 3.0, 1.0, 0.5
_SMALL = 6000
"""Up to how many ways the solver is asked for a core; with more it proves faster what is not assumed."""
_VAGUE = ("gap", "sequence", "lecturer", "order", "absence", "lead", "barred-room", "ban", "unbroken")
"""The rules that say least about a conflict, so that they are the first to go."""
_Table = Mapping[str, Way]


class Thinning:
    """Thins out demands that are known to be too much, until ``end`` (``time.monotonic``)."""

    def __init__(self, ways: Ways, demands: Iterable[Demand], needed: Iterable[Demand], end: float) -> None:
        self._ways, self._end = ways, end
        self._demands = set(demands)
        self._needed = set(needed)
        self.doubtful = False
        """Whether some of the demands may be spared, for all that is known."""

    def smallest(self) -> tuple[Demand, ...]:
        """Return the demands that are left: terms to be held first, then their rules, then what is shared."""
        self._cut_to_core()
        for rule in dict.fromkeys(each.rule for each in easiest_to_spare(self._demands)):
            several = {each for each in self._demands - self._needed if each.rule == rule}
            if rule != "held" and len(several) > 1:
                self._spare(several)
        for demand in sorted(easiest_to_spare(self._demands), key=lambda each: each.rule != "held"):
            if demand in self._demands and demand not in self._needed:
                self._spare({demand})
        return tuple(sorted(self._demands, key=said_first))

    def _cut_to_core(self) -> None:
        model = DemandModel(self._ways, self._needed, self._demands - self._needed)
        if len(model.ways) <= _SMALL:
            core = model.solve(self._look()).core
            if core is not None:
                self._demands = self._needed | core

    def _spare(self, some: set[Demand]) -> None:
        """Leave some demands out if the others are too much by themselves; one that is needed is found to be so."""
        if time.monotonic() > self._end:
            self.doubtful = True
            return
        rest = self._without(some)
        model = DemandModel(self._ways.different(rest), rest, ())
        answer = model.solve(min(self._look(), _QUICK), quick=True)
        if answer.chosen is None and answer.core is None:
            answer = model.solve(self._look())
        if answer.core is not None:
            self._demands = rest
        elif len(some) == 1 and answer.chosen is None:
            self.doubtful = True
        elif len(some) == 1 and answer.chosen is not None:
            (demand,) = some
            self._needed.add(demand)
            self._turn({way.term.id: way for way in answer.chosen}, demand)

    def _without(self, some: set[Demand]) -> set[Demand]:
        """Return the other demands, without the rules on terms that are not to be held any more."""
        rest = self._demands - some
        ids = {each.subject for each in rest if each.rule == "held"}
        return rest & {*(held(id) for id in ids), *demands_on(self._ways.grid.axis, ids)}

    def _turn(self, table: _Table, missing: Demand) -> None:
        """Find out what else is needed, from a table that keeps all but one demand."""
        tables = [(table, missing)]
        while tables and time.monotonic() < self._end:
            table, missing = tables.pop()
            if missing.rule != "held":
                continue
            ways = self._ways.of(missing.subject)
            for demand, found in (*self._elsewhere(table, missing, ways), *self._instead(table, missing, ways)):
                self._needed.add(demand)
                tables.append((found, demand))

    def _elsewhere(self, table: _Table, missing: Demand, ways: list[Way]) -> Iterator[tuple[Demand, _Table]]:
        """Yield tables with the missing term where it breaks one rule of its own."""
        alone: dict[Demand, list[Way]] = {}
        for way in ways:
            against = self._demands & way.breaks.keys()
            if len(against) == 1 and not against <= self._needed:
                alone.setdefault(next(iter(against)), []).append(way)
        for demand, mine in alone.items():
            found = self._fits(table, missing.subject, mine, demand)
            if found is not None:
                yield demand, found

    def _instead(self, table: _Table, missing: Demand, ways: list[Way]) -> Iterator[tuple[Demand, _Table]]:
        """Yield tables with the missing term in the place of another."""
        free = [way for way in ways if self._demands.isdisjoint(way.breaks)]
        for id, there in table.items():
            demand = held(id)
            mine = [way for way in free if _within(way, there)]
            if not mine or demand in self._needed or demand not in self._demands:
                continue
            others = {other: way for other, way in table.items() if other != id}
            found = self._fits(others, missing.subject, mine, demand)
            if found is not None:
                yield demand, found

    def _fits(self, table: _Table, term_id: str, mine: list[Way], spared: Demand) -> _Table | None:
        """Return a table with one term more, the others where they are, ``None`` if it breaks more than a demand."""
        narrow = self._ways.among({**{id: [way] for id, way in table.items()}, term_id: mine})
        answer = DemandModel(narrow, self._demands - {spared}, ()).solve(_GLANCE)
        return None if answer.chosen is None else {way.term.id: way for way in answer.chosen}

    def _look(self) -> float:
        return max(_LEAST, min(_A_LOOK, self._end - time.monotonic()))


def _within(way: Way, other: Way) -> bool:
    return other.span.starts_on <= way.span.starts_on and way.span.ends_on <= other.span.ends_on


def easiest_to_spare(demands: Collection[Demand]) -> Iterator[Demand]:
    """Yield what says least about a conflict first, so that it is the first to go."""
    rank = {rule: number for number, rule in enumerate(_VAGUE)}
    yield from sorted(demands, key=lambda demand: (rank.get(demand.rule, len(rank)), demand.rule in SHARED, demand))


def said_first(demand: Demand) -> tuple[int, Demand]:
    """Order the demands of a conflict as they are said."""
    return (0 if demand.rule == "held" else 1 if demand.rule not in SHARED else 2), demand
