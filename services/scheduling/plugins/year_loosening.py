"""What settling a conflict would cost: for each of its demands, the least that has to be given up of it."""

from __future__ import annotations

import dataclasses
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from services.scheduling.domain.conflict import Asked, Conflict, Loosening, cheapest
from services.scheduling.domain.conflict_words import conflict_words
from services.scheduling.domain.demand_words import DemandWords
from services.scheduling.domain.demands import SHARED, Demand, demands_on
from services.scheduling.domain.loosening_words import beside_the_rest
from services.scheduling.domain.overload import Overload
from services.scheduling.domain.placement import Term
from services.scheduling.plugins.year_demands import Ways
from services.scheduling.plugins.year_giving import PLACES, Ask, Given, Giving, Reply
from services.scheduling.plugins.year_overload import Overloads

_FEW = 8
"""Up to how many terms each demand is asked by itself, and every rule on the terms kept."""
_FOR_AMOUNTS = 0.6
"""Of many terms, the share of the time in which amounts are looked for; then it is asked whether they are enough."""
_TIGHT = 0.9
_WISHES = ("window", "lead", "pin", "campus", "room-kind", "barred-room")
"""What is kept, if it can be, by a way out that cannot keep all: where and when a term is wanted."""


@dataclass(frozen=True, slots=True)
class _WayOut:
    """``how``: what was asked (``Giving.asks``); ``alone``: every other rule is kept; ``None``: that is not known."""

    demand: Demand
    how: str
    given: Given
    alone: bool | None

    def said(self) -> Loosening:
        """Return it in words."""
        zh, en = beside_the_rest(self.given.zh, self.given.en, self.alone)
        return Loosening(self.given.amount, self.given.unit, self.given.proven, zh, en, self.alone is True)


class Loosenings:
    """Says a conflict, with what each of its demands would have to give, as far as so many seconds suffice.

    What is shared is asked first: there a little more often settles it for all. A way out keeps every rule on the terms
    of the conflict, not only those that make it; failing that, at least where and when they are wanted, or their
    windows, or else what makes the conflict, and then it says that others have to give way as well.
    """

    def __init__(self, ways: Ways, seconds: float) -> None:
        self._ways, self._grid = ways, ways.grid
        self._giving = Giving(ways, time.monotonic() + seconds)

    def conflict(self, demands: tuple[Demand, ...], minimal: bool = True, over: Overload | None = None) -> Conflict:
        """Return the conflict in words; ``minimal``: none of its demands can be spared; ``over``: figures that say it.

        Of many terms, those that are alike give way alike, so that one of each kind is asked.
        """
        term_ids = tuple(demand.subject for demand in demands if demand.rule == "held")
        terms = [self._grid.terms[id] for id in term_ids]
        every = tuple(dict.fromkeys((*demands, *demands_on(self._grid.axis, term_ids))))
        ask, self._giving.parts = self._of_many if len(terms) > _FEW else self._of_few, 3
        ways_out = list(ask(demands, every, minimal))
        words = DemandWords(self._grid.axis, term_ids)
        said = {demand: [each.said() for each in ways_out if each.demand == demand] for demand in demands}
        asked = tuple(Asked(each.rule, each.subject, *words.say(each), tuple(said[each])) for each in demands)
        over = over or (_overload(self._ways, demands) if len(terms) > 1 else None)
        more = any(each.alone is False for each in ways_out)
        zh, en = conflict_words(self._grid.axis, terms, demands, minimal, over, more)
        return Conflict(term_ids, zh, en, asked, minimal, cheapest(asked))

    def _of_few(self, demands: tuple[Demand, ...], every: Sequence[Demand], minimal: bool) -> Iterator[_WayOut]:
        wishes = tuple(dict.fromkeys((*demands, *(each for each in every if each.rule in _WISHES))))
        in_time = tuple(dict.fromkeys((*demands, *(each for each in every if each.rule == "window"))))
        for demand in sorted(demands, key=_asked_first):
            levels = (every, wishes, in_time) if demand.rule == "held" else (every, wishes, in_time, demands)
            for how, ask in self._giving.asks(demand, narrow=False).items():
                found = self._first(demand, how, ask, levels)
                if found is None and minimal and how == "leave":
                    by_itself = sum(each.rule == "held" for each in demands) == 1
                    found = _WayOut(demand, how, self._giving.left_out(demand), by_itself or None)
                if found is not None:
                    yield found

    def _first(self, demand: Demand, how: str, ask: Ask, levels: Iterable[Sequence[Demand]]) -> _WayOut | None:
        """Return the way out that keeps most: from the first of some sets of demands from which there is one."""
        alone: bool | None = True
        for level in {frozenset(each): each for each in levels}.values():
            if self._giving.over:
                return None
            given, sure = ask(level)
            if given is not None:
                return _WayOut(demand, how, given, alone)
            if alone is True:
                alone = False if sure else None
        return None

    def _of_many(self, demands: tuple[Demand, ...], every: Sequence[Demand], minimal: bool) -> Iterator[_WayOut]:
        """Yield what can be said in time: what is shared first, then rules on single terms, then the terms."""
        giving, end = self._giving, self._giving.end
        giving.end, giving.parts = time.monotonic() + _FOR_AMOUNTS * (end - time.monotonic()), 6
        found, asked = list[_WayOut](), set[object]()
        for demand in sorted(demands, key=lambda each: (each.rule == "held", _asked_first(each))):
            alike = self._alike(demand, demands)
            for how, ask in giving.asks(demand, narrow=True).items():
                given = giving.left_out(demand) if minimal and how == "leave" else None
                if given is None and alike not in asked and not giving.over:
                    given, _ = ask(demands)
                if given is not None:
                    found.append(_WayOut(demand, how, given, None))
            asked.add(alike)
        giving.end, giving.parts = end, 2
        return self._with_all_rules(found, demands, every)

    def _with_all_rules(
        self, found: list[_WayOut], demands: tuple[Demand, ...], every: Sequence[Demand]
    ) -> Iterator[_WayOut]:
        """Yield ways out with whether they are enough; the cheapest of each kind are asked first."""
        known: dict[object, Reply] = {}
        for number in _cheapest_first(found):
            each = found[number]
            alike = self._alike(each.demand, demands), each.how
            if alike not in known:
                ask = self._giving.asks(each.demand, narrow=True)[each.how]
                known[alike] = (None, False) if self._giving.over else ask(every)
                if (given := known[alike][0]) is not None:
                    proven = given.proven or (each.given.proven and given.amount == each.given.amount)
                    each = dataclasses.replace(each, given=dataclasses.replace(given, proven=proven))
            given, sure = known[alike]
            found[number] = dataclasses.replace(each, alone=given is not None or (False if sure else None))
        yield from found

    def _alike(self, demand: Demand, demands: tuple[Demand, ...]) -> object:
        """Return what demands have in common that give way alike."""
        if not demand.of_term:
            return demand
        term = self._grid.terms[demand.subject]
        orders = [each for each in self._grid.problem.orders if term.id in (each.before, each.after)]
        held = [self._grid.terms[each.subject] for each in demands if each.rule == "held"]
        siblings = {_kind(each) for each in held if each.programme_id == term.programme_id}
        # In the order of their numbers terms are alike only beside others of their kind.
        return demand.rule, demand.number, _kind(term), term.id if orders or len(siblings) > 1 else ""


def _cheapest_first(found: Sequence[_WayOut]) -> list[int]:
    """Return the numbers of ways out: of each kind the cheapest, then the second of each, and so on."""
    kinds, ranks = Counter[tuple[str, str, str]](), dict[int, int]()
    for number in sorted(range(len(found)), key=lambda number: found[number].given.amount):
        each = found[number]
        kind = each.demand.rule, each.how, each.given.unit
        ranks[number] = kinds[kind]
        kinds[kind] += 1
    return sorted(ranks, key=lambda number: (ranks[number], number))


def _kind(term: Term) -> Term:
    return dataclasses.replace(term, id="", ordinal=0, target=None, shares=(), months=())


def _overload(ways: Ways, demands: tuple[Demand, ...]) -> Overload | None:
    """Return the overload to say of a conflict: one that proves it, or the days that leave next to nothing over."""
    term_ids = [each.subject for each in demands if each.rule == "held"]
    sums = Overloads(ways, term_ids, demands)
    fewest = sums.fewest()
    if fewest is not None and len(fewest.term_ids) == len(term_ids):
        return fewest
    tightest = sums.tightest() if len(term_ids) > _FEW else None
    return tightest if tightest is not None and tightest.need >= _TIGHT * tightest.have else None


def _asked_first(demand: Demand) -> tuple[bool, bool, Demand]:
    return demand.rule not in PLACES, demand.rule not in SHARED, demand
