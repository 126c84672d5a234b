"""Demands that cannot hold together, thinned out until none can be spared, with a table for each that shows it.

Terms go first, as long as all rules make it easy to say that the others are too many; then whole kinds of rules, or
else those on a programme, and so on. A table that keeps all but one demand shows that this one is needed; from it come
tables for others at little cost: the missing term takes the place of another, or lies where it breaks one rule of its
own ("model rotation", Belov and Marques-Silva 2011).
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Mapping

from services.scheduling.domain.demands import SHARED, Demand, Way, demands_on, held
from services.scheduling.plugins.year_demands import DemandModel, Ways

_A_LOOK, _LEAST, _GLANCE = 6.0, 1.0, 0.5
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

    @property
    def doubtful(self) -> bool:
        """Whether some of the demands may be spared, for all that is known."""
        return not self._demands <= self._needed

    def smallest(self) -> tuple[Demand, ...]:
        """Return the demands that are left: terms to be held first, then their rules, then what is shared."""
        if time.monotonic() < self._end:
            self._cut_to_core()
        for demand in easiest_to_spare({each for each in self._demands if each.rule == "held"}):
            self._spare([demand])
        for rule in dict.fromkeys(each.rule for each in easiest_to_spare(self._demands)):
            self._spare_many([each for each in easiest_to_spare(self._demands) if each.rule == rule])
        for demand in easiest_to_spare(self._demands - self._needed):
            self._spare([demand])
        return tuple(sorted(self._demands, key=said_first))

    def _spare_many(self, some: list[Demand]) -> None:
        """Spare all at once, or else those on each programme, or else one half of them after the other."""
        some = [each for each in some if each not in self._needed]
        if self._spare(some) or len(some) < 2:
            return
        programmes: dict[str, list[Demand]] = {}
        for each in some:
            programme_id = self._ways.grid.terms[each.subject].programme_id if each.of_term else ""
            programmes.setdefault(programme_id, []).append(each)
        parts = list(programmes.values())
        for part in parts if len(parts) > 1 else (some[: len(some) // 2], some[len(some) // 2 :]):
            self._spare_many(part)

    def _cut_to_core(self) -> None:
        model = DemandModel(self._ways, self._needed, self._demands - self._needed)
        if len(model.ways) <= _SMALL:
            core = model.solve(self._look()).core
            if core is not None:
                self._demands = self._needed | core

    def _spare(self, some: Collection[Demand]) -> bool:
        """Leave some demands out if the others are too much by themselves; one that is needed is found to be so."""
        some = [each for each in some if each in self._demands and each not in self._needed]
        if not some or time.monotonic() > self._end:
            return not some
        rest = self._without(some)
        answer = DemandModel(self._ways.different(rest), rest, ()).solve(self._look(len(some)))
        if answer.core is not None:
            self._demands = rest
        elif len(some) == 1 and answer.chosen is not None:
            self._needed.add(some[0])
            self._turn({way.term.id: way for way in answer.chosen}, some[0])
        return answer.core is not None

    def _without(self, some: Collection[Demand]) -> set[Demand]:
        """Return the other demands, without the rules on terms that are not to be held any more."""
        rest = self._demands.difference(some)
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
            against = [each for each in way.breaks if each in self._demands]
            if len(against) == 1 and against[0] not in self._needed:
                alone.setdefault(against[0], []).append(way)
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

    def _look(self, spared: int = 1) -> float:
        """Return the seconds for one question; one about many demands at once is followed by others anyway."""
        return max(_LEAST, min(_A_LOOK if spared == 1 else _A_LOOK / 3, self._end - time.monotonic()))


def _within(way: Way, other: Way) -> bool:
    return other.span.starts_on <= way.span.starts_on and way.span.ends_on <= other.span.ends_on


def easiest_to_spare(demands: Collection[Demand]) -> Iterator[Demand]:
    """Yield what says least about a conflict first, so that it is the first to go."""
    rank = {rule: number for number, rule in enumerate(_VAGUE)}
    yield from sorted(demands, key=lambda demand: (rank.get(demand.rule, len(rank)), demand.rule in SHARED, demand))


def said_first(demand: Demand) -> tuple[int, Demand]:
    """Order the demands of a conflict as they are said."""
    return (0 if demand.rule == "held" else 1 if demand.rule not in SHARED else 2), demand
