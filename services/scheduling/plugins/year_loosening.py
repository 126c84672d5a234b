"""What settling a conflict would cost: for each of its demands, the least that has to be given up of it."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterable, Iterator

from ortools.sat.python import cp_model

from services.scheduling.domain.conflict import Asked, Conflict, Loosening, cheapest
from services.scheduling.domain.conflict_words import conflict_words
from services.scheduling.domain.demand_words import DemandWords, days_en
from services.scheduling.domain.demands import SHARED, Demand, Way, demands_on
from services.scheduling.domain.loosening_words import loosening_words
from services.scheduling.domain.overload import Overload
from services.scheduling.domain.placement import Need, Term
from services.scheduling.domain.placement_grid import Grid
from services.scheduling.domain.placement_spans import Axis
from services.scheduling.plugins.year_demands import DemandModel, Ways
from services.scheduling.plugins.year_overload import Overloads

_A_LOOK = 3.0
_FEW = 8
"""Up to how many terms each demand is asked by itself, and every rule on the terms kept."""
_TIGHT = 0.9
_PLACES = ("beds", "rooms")


class Loosenings:
    """Says a conflict, with what each of its demands would have to give, as far as so many seconds suffice.

    What is shared is asked first: there a little more often settles it for all. Where it can be, a way out keeps every
    rule on the terms of the conflict, not only those that make it; failing that, at least their windows.
    """

    def __init__(self, ways: Ways, seconds: float) -> None:
        self._ways, self._grid = ways, ways.grid
        self._end = time.monotonic() + seconds

    def conflict(self, demands: tuple[Demand, ...], minimal: bool = True, over: Overload | None = None) -> Conflict:
        """Return the conflict in words; ``minimal``: none of its demands can be spared; ``over``: figures that say it.

        Of many terms, those that are alike give way alike, so that one of each kind is asked.
        """
        term_ids = tuple(demand.subject for demand in demands if demand.rule == "held")
        terms = [self._grid.terms[id] for id in term_ids]
        words = DemandWords(self._grid.axis, term_ids)
        found = self._of_many(demands, minimal) if len(term_ids) > _FEW else self._of_few(demands, term_ids, minimal)
        asked = tuple(Asked(each.rule, each.subject, *words.say(each), found.get(each, ())) for each in demands)
        over = over or (_overload(self._ways, demands) if len(term_ids) > 1 else None)
        zh, en = conflict_words(self._grid.axis, terms, demands, minimal, over)
        return Conflict(term_ids, zh, en, asked, minimal, cheapest(asked))

    def _of_few(
        self, demands: tuple[Demand, ...], term_ids: tuple[str, ...], minimal: bool
    ) -> dict[Demand, tuple[Loosening, ...]]:
        every = dict.fromkeys((*demands, *demands_on(self._grid.axis, term_ids)))
        in_time = dict.fromkeys((*demands, *(each for each in every if each.rule == "window")))
        found = {}
        for demand in sorted(demands, key=_asked_first):
            if demand.rule == "held":
                found[demand] = (*self._without(demand, demands, minimal), *self._held(demand, list(every)))
            else:
                rests = [[each for each in kept if each != demand] for kept in (every, in_time, demands)]
                found[demand] = tuple(self._rule(demand, rests))
        return found

    def _of_many(self, demands: tuple[Demand, ...], minimal: bool) -> dict[Demand, tuple[Loosening, ...]]:
        """Return what can be said in time: what is shared first, then rules on single terms, then the terms."""
        found: dict[Demand, tuple[Loosening, ...]] = {}
        asked = set[tuple[object, ...]]()
        held_last = sorted(demands, key=lambda each: (each.rule == "held", _asked_first(each)))
        for demand in held_last:
            term = self._grid.terms.get(demand.subject)
            alike = (demand.rule, demand.number, _kind(term)) if term else (demand,)
            new, rest = alike not in asked, [each for each in demands if each != demand]
            asked.add(alike)
            if term is not None and demand.rule == "held":
                found[demand] = tuple(self._without(demand, demands, minimal)) if minimal or new else ()
                if new:
                    found[demand] += tuple(self._held(demand, list(demands)))
            elif new:
                found[demand] = tuple(self._rule(demand, [rest], narrow=True))
        return found

    @property
    def _over(self) -> bool:
        return time.monotonic() > self._end

    def _without(self, demand: Demand, demands: tuple[Demand, ...], minimal: bool) -> Iterator[Loosening]:
        """Yield that a term is left out; where some demands may be spared that need not settle it: it is tried."""
        if minimal or (not self._over and self._can_hold([each for each in demands if each != demand])):
            yield _left_out(self._grid.terms[demand.subject])

    def _held(self, demand: Demand, demands: list[Demand]) -> Iterator[Loosening]:
        """Yield how a term would have to shrink: in people, in days."""
        term = self._grid.terms[demand.subject]
        if self._over:
            return
        if people := self._largest(term, demands):
            yield Loosening(
                term.trainees - people,
                "people",
                True,
                f"{term.name}减少{term.trainees - people}人，办{people}人",
                f"make {term.label_en} smaller by {term.trainees - people}, to {people} people",
            )
        for days in range(term.days - 1, 0, -1):
            if self._over:
                return
            if self._fits(dataclasses.replace(term, days=days, needs=_within(term, days)), demands):
                yield Loosening(
                    term.days - days,
                    "days",
                    True,
                    f"{term.name}缩短{term.days - days}天，办{days}天",
                    f"shorten {term.label_en} by {days_en(term.days - days)}, to {days_en(days)}",
                )
                return

    def _largest(self, term: Term, demands: list[Demand]) -> int | None:
        """Return the most people with whom a term fits; ``None`` when not even one does."""
        least, most = 0, term.trainees - 1
        while least < most:
            middle = (least + most + 1) // 2
            if self._fits(dataclasses.replace(term, trainees=middle), demands):
                least = middle
            else:
                most = middle - 1
        return least or None

    def _fits(self, term: Term, demands: list[Demand]) -> bool:
        problem = self._grid.problem
        terms = tuple(term if each.id == term.id else each for each in problem.terms)
        ways = self._ways.but(term, Grid(Axis(dataclasses.replace(problem, terms=terms))))
        return DemandModel(ways.different(demands), demands, ()).solve(_A_LOOK).chosen is not None

    def _can_hold(self, demands: list[Demand]) -> bool:
        return DemandModel(self._ways.different(demands), demands, ()).solve(_A_LOOK).chosen is not None

    def _rule(self, demand: Demand, rests: list[list[Demand]], narrow: bool = False) -> Iterator[Loosening]:
        answer = None
        while rests and answer is None and not self._over:
            rest = rests.pop(0)
            model = DemandModel(self._ways.different(rest, demand) if narrow else self._ways, rest, ())
            what = self._shared(model, demand) if demand.rule in SHARED else _broken(model, demand)
            look = (
                max(_A_LOOK, (self._end - time.monotonic()) / (6 if narrow else 3))
                if demand.rule in _PLACES
                else _A_LOOK
            )
            answer = model.least(what, look)
        if answer is not None:
            amount, bound, chosen = answer
            days = [self._grid.problem.days[number].day for number in _crowded(self._grid, demand, chosen)]
            unit, zh, en = loosening_words(self._grid.axis, demand, amount, chosen, days)
            yield Loosening(amount, unit, bound >= amount, zh, en)

    def _shared(self, model: DemandModel, demand: Demand) -> cp_model.LinearExprT:
        new, add = model.model.new_int_var, model.model.add
        most = 100_000
        match demand.rule:
            case "beds":
                more = new(0, most, "")
                beds = self._grid.axis.campuses[demand.subject].beds_of(demand.kind or None)
                for users in model.bed_days(demand.subject, demand.kind):
                    add(model.used(users) <= beds + more)
                return more
            case "rooms":
                extra = []
                for rooms, days in model.room_days(demand.subject):
                    more = new(0, most, "")
                    extra.append(more)
                    for users in days:
                        add(model.used(users) <= rooms + more)
                return cp_model.LinearExpr.sum(extra)
            case "lecturer":
                extra = []
                for users in model.lecturer_days(demand.subject, every=True):
                    more = new(0, most, "")
                    extra.append(more)
                    add(model.used(users) <= 1 + more)
                return cp_model.LinearExpr.sum(extra)
            case "gap":
                return _nearer(model, demand.subject, self._grid.axis.gap(model.siblings(demand.subject)[0]) or 0)
            case "sequence":
                late = []
                for first, second in model.in_sequence(demand.subject):
                    turned = model.model.new_bool_var("")
                    late.append(turned)
                    add(model.opens(first) <= model.opens(second)).only_enforce_if(turned.negated())
                return cp_model.LinearExpr.sum(late)
            case _:
                before_id, after_id = demand.subject.split(">")
                terms = {term.id: term for term in model.terms}
                order = next(o for o in self._grid.problem.orders if (o.before, o.after) == (before_id, after_id))
                short = new(0, most, "")
                add(model.ends(terms[before_id]) + order.delay < model.opens(terms[after_id]) + short)
                return short


def _left_out(term: Term) -> Loosening:
    return Loosening(
        term.trainees,
        "people",
        True,
        f"不办{term.name}，{term.trainees}人另行安排",
        f"leave {term.label_en} out; its {term.trainees} people go elsewhere",
    )


def _kind(term: Term) -> Term:
    """Return what terms have in common that give way alike."""
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
    return demand.rule not in _PLACES, demand.rule not in SHARED, demand


def _broken(model: DemandModel, demand: Demand) -> cp_model.LinearExprT:
    """Return how many of the days, seats or rooms are given up that a demand asks for."""
    units: dict[object, list[int]] = {}
    for number, way in enumerate(model.ways):
        for unit in way.breaks.get(demand, ()):
            units.setdefault(unit, []).append(number)
    given = []
    for numbers in units.values():
        literal = model.model.new_bool_var("")
        given.append(literal)
        for number in numbers:
            model.model.add_implication(model.chosen[number], literal)
    return cp_model.LinearExpr.sum(given)


def _nearer(model: DemandModel, programme_id: str, gap: int) -> cp_model.LinearExprT:
    """Return by how many days the terms of a programme lie nearer than they should, at the worst."""
    short = model.model.new_int_var(0, 100_000, "")
    terms = model.siblings(programme_id)
    for index, one in enumerate(terms):
        for other in terms[index + 1 :]:
            first = model.model.new_bool_var("")
            rule = model.model.add(model.ends(one) + gap < model.opens(other) + short)
            rule.only_enforce_if(first)
            rule = model.model.add(model.ends(other) + gap < model.opens(one) + short)
            rule.only_enforce_if(first.negated())
    return short


def _within(term: Term, days: int) -> tuple[Need, ...]:
    kept = []
    for need in term.needs:
        wanted = tuple(day for day in need.days if day <= days)
        if wanted or not need.days:
            kept.append(dataclasses.replace(need, days=wanted))
    return tuple(kept)


def _crowded(grid: Grid, demand: Demand, chosen: Iterable[Way]) -> Iterator[int]:
    """Yield the days on which a table needs more beds, or a lecturer more often, than there is."""
    used: dict[int, int] = {}
    most = 1
    for way in chosen:
        if demand.rule == "beds":
            most = grid.axis.campuses[demand.subject].beds_of(demand.kind or None)
            if way.term.boards and way.campus_id == demand.subject and demand.kind in ("", way.term.bed_kind):
                for day in range(grid.number(way.span.reports_on), grid.number(way.span.ends_on) + 1):
                    used[day] = used.get(day, 0) + way.term.trainees
        elif demand.rule == "lecturer":
            for needed in {needed for id, needed in grid.axis.needed(way.term, way.span) if id == demand.subject}:
                used[grid.number(needed)] = used.get(grid.number(needed), 0) + 1
    yield from (day for day, much in sorted(used.items()) if much > most)
