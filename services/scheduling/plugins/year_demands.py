"""Whether some demands of a year can hold together: a CP-SAT model in which each demand is an assumption."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import cast

from ortools.sat.python import cp_model

from services.scheduling.domain.demands import Demand, Way, held, ways
from services.scheduling.domain.placement import Room, Term
from services.scheduling.domain.placement_grid import Grid
from services.scheduling.plugins.year_program import worst_days
from services.scheduling.plugins.year_time import NEVER, Until

Key = Callable[[Way], Iterable[tuple[object, int, int, int]]]
"""What a way uses: a resource, from which day to which, and how much of it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """``chosen``: how the terms can be held; ``core``: demands that cannot hold together; neither: no time left."""

    chosen: tuple[Way, ...] | None = None
    core: frozenset[Demand] | None = None


@dataclass(frozen=True, slots=True)
class Least:
    """The least of something, no less than ``bound``, in a table (``chosen``); none of both: no time left.

    ``impossible``: there is no table at all.
    """

    chosen: tuple[Way, ...] | None = None
    amount: int = 0
    bound: int = 0
    impossible: bool = False


class Ways:
    """Every way to hold each term of a year, made when it is first asked for."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self._found: dict[str, list[Way]] = {}

    def of(self, term_id: str) -> list[Way]:
        """Return the ways of a term."""
        if term_id not in self._found:
            self._found[term_id] = list(ways(self.grid.axis, self.grid.terms[term_id]))
        return self._found[term_id]

    def but(self, term: Term, grid: Grid) -> Ways:
        """Return the same ways with those of one term made anew, on the grid of a changed problem."""
        other = Ways(grid)
        other._found = {id: found for id, found in self._found.items() if id != term.id}
        return other

    def different(self, demands: Collection[Demand], spared: Demand | None = None) -> Ways:
        """Return the ways of the terms to be held that break none of some demands, without those that are alike.

        Where rooms are not asked for, one of each campus does; what they break of a ``spared`` demand tells them apart,
        and where rooms are what is spared, each kind of them counts.
        """
        other, kept = Ways(self.grid), frozenset(demands)
        counted = kept | {spared}
        for demand in kept:
            if demand.rule == "held":
                ways = dict[object, Way]()
                for way in self.of(demand.subject):
                    if kept.isdisjoint(way.breaks):
                        rooms = way.rooms if Demand("rooms", way.campus_id) in counted else ()
                        broken = way.breaks.get(spared) if spared else None
                        ways.setdefault((way.span.starts_on, way.campus_id, rooms, broken), way)
                other._found[demand.subject] = list(ways.values())
        return other

    def among(self, found: dict[str, list[Way]]) -> Ways:
        """Return no more than these ways of these terms."""
        other = Ways(self.grid)
        other._found = found
        return other


@dataclass(frozen=True, slots=True)
class Limit:
    """What some ways use together is no more than ``most``, as long as a demand holds."""

    users: dict[int, int]
    most: int
    demand: Demand


class DemandModel:
    """Some terms under some demands: ``fixed`` ones hold, ``open`` ones are assumed; all others are given up.

    A term is held when ``held`` of it is among them, and left out otherwise. Raises ``TimeIsUp`` where ``until`` is too
    soon to write all of it.
    """

    def __init__(self, found: Ways, fixed: Collection[Demand], open_: Collection[Demand], until: Until = NEVER) -> None:
        self.grid, self.model, self._until = found.grid, cp_model.CpModel(), until
        self._fixed = frozenset(fixed)
        self.assumed = {demand: self.model.new_bool_var("") for demand in sorted(open_)}
        asked = {demand.subject for demand in (*fixed, *open_) if demand.rule == "held"}
        self.terms = [term for term in self.grid.problem.terms if term.id in asked]
        self.ways: list[Way] = []
        self.chosen: list[cp_model.IntVar] = []
        self.of_term: dict[str, list[int]] = {}
        self.limits: list[Limit] = []
        for term in self.terms:
            self._hold(term, found)
        self._rooms()
        self._beds()
        self._lecturers()
        self._programmes()
        self._orders()

    def solve(self, seconds: float, seed: int = 1) -> Answer:
        """Say whether the demands can hold together."""
        self.model.clear_assumptions()
        self.model.add_assumptions(list(self.assumed.values()))
        solver = _solver(seconds)
        solver.parameters.random_seed = seed
        status = solver.solve(self.model)
        if status == cp_model.INFEASIBLE:
            literals = set(solver.sufficient_assumptions_for_infeasibility())
            return Answer(core=frozenset(d for d, literal in self.assumed.items() if literal.index in literals))
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Answer(tuple(w for w, x in zip(self.ways, self.chosen, strict=True) if solver.boolean_value(x)))
        return Answer()

    def least(self, what: cp_model.LinearExprT, seconds: float) -> Least:
        """Return the least that ``what`` can be while every demand holds."""
        self.model.add_bool_and(list(self.assumed.values()))
        self.model.minimize(what)
        solver = _solver(seconds)
        status = solver.solve(self.model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Least(impossible=status == cp_model.INFEASIBLE)
        chosen = tuple(w for w, x in zip(self.ways, self.chosen, strict=True) if solver.boolean_value(x))
        return Least(chosen, round(solver.objective_value), round(solver.best_objective_bound))

    def wanted(self, demand: Demand) -> bool:
        """Return whether a demand holds in this model, for certain or by assumption."""
        return demand in self._fixed or demand in self.assumed

    def enforce(self, constraint: cp_model.Constraint, *demands: Demand) -> None:
        """Let a constraint hold as long as its demands do."""
        literals = [self.assumed[demand] for demand in demands if demand in self.assumed]
        if literals:
            constraint.only_enforce_if(*literals)

    def daily(self, key: Key, every: bool = False) -> dict[object, list[dict[int, int]]]:
        """Return, for each resource, the days with the ways that use it then and how much of it.

        Days that say nothing new are left out, unless ``every`` day is wanted.
        """
        days: defaultdict[object, defaultdict[int, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
        for number, way in enumerate(self.ways):
            for resource, first, last, amount in key(way):
                for day in range(first, last + 1):
                    days[resource][day][number] = amount
        if every:
            return {resource: list(found.values()) for resource, found in days.items()}
        return {resource: [users for users, _ in worst_days(found, {})] for resource, found in days.items()}

    def used(self, users: dict[int, int]) -> cp_model.LinearExprT:
        """Return how much some ways use together."""
        return cp_model.LinearExpr.weighted_sum([self.chosen[number] for number in users], list(users.values()))

    def room_days(self, campus_id: str) -> list[tuple[tuple[Room, ...], list[dict[int, int]]]]:
        """Return the rooms that a campus has of each kind and size, with the days on which they are used."""

        def key(way: Way) -> list[tuple[object, int, int, int]]:
            return [(way.rooms, *self._span(way), 1)] if way.campus_id == campus_id else []

        return [(cast("tuple[Room, ...]", rooms), days) for rooms, days in self.daily(key).items()]

    def bed_days(self, campus_id: str, kind: str) -> list[dict[int, int]]:
        """Return the days of a campus's beds of a kind."""

        def key(way: Way) -> list[tuple[object, int, int, int]]:
            if way.campus_id != campus_id or not way.term.boards or kind not in ("", way.term.bed_kind):
                return []
            first = self.grid.number(way.span.reports_on)
            return [("", first, self.grid.number(way.span.ends_on), way.term.trainees)]

        return self.daily(key).get("", [])

    def lecturer_days(self, lecturer_id: str, every: bool = False) -> list[dict[int, int]]:
        """Return the days on which terms need a lecturer (``daily``)."""

        def key(way: Way) -> list[tuple[object, int, int, int]]:
            needed = {day for id, day in self.grid.axis.needed(way.term, way.span) if id == lecturer_id}
            return [("", self.grid.number(day), self.grid.number(day), 1) for day in needed]

        return self.daily(key, every).get("", [])

    def opens(self, term: Term) -> cp_model.LinearExprT:
        """Return the number of the day a term opens on."""
        return self._weighted(term, lambda way: self.grid.number(way.span.starts_on))

    def ends(self, term: Term) -> cp_model.LinearExprT:
        """Return the number of a term's last day."""
        return self._weighted(term, lambda way: self.grid.number(way.span.ends_on))

    def siblings(self, programme_id: str) -> list[Term]:
        """Return the terms of a programme in their order."""
        found = [term for term in self.terms if term.programme_id == programme_id]
        return sorted(found, key=lambda term: (term.ordinal, term.id))

    def in_sequence(self, programme_id: str) -> list[tuple[Term, Term]]:
        """Return the pairs of a programme of which the first opens no later than the second."""
        pairs = combinations(self.siblings(programme_id), 2)
        return [(first, second) for first, second in pairs if not (first.pin and second.pin)]

    def is_held(self, *terms: Term) -> tuple[Demand, ...]:
        """Return the demands that some terms be held."""
        return tuple(held(term.id) for term in terms)

    def _hold(self, term: Term, found: Ways) -> None:
        columns = []
        self._until.require()
        for way in found.of(term.id):
            if self._fixed.isdisjoint(way.breaks):
                literal = self.model.new_bool_var("")
                for demand in way.breaks:
                    if demand in self.assumed:
                        self.model.add_implication(literal, self.assumed[demand].negated())
                columns.append(len(self.ways))
                self.ways.append(way)
                self.chosen.append(literal)
        self.of_term[term.id] = columns
        literals = [self.chosen[column] for column in columns]
        self.model.add_at_most_one(literals)
        self.enforce(self.model.add_bool_or(literals), held(term.id))

    def _rooms(self) -> None:
        for campus in self.grid.problem.campuses:
            demand = Demand("rooms", campus.id)
            for rooms, days in self.room_days(campus.id) if self.wanted(demand) else ():
                for users in days:
                    self._limit(users, len(rooms), demand)

    def _beds(self) -> None:
        for campus in self.grid.problem.campuses:
            for kind in sorted({term.bed_kind or "" for term in self.terms if term.boards} | {""}):
                demand = Demand("beds", campus.id, kind=kind)
                for users in self.bed_days(campus.id, kind) if self.wanted(demand) else ():
                    self._limit(users, campus.beds_of(kind or None), demand)

    def _lecturers(self) -> None:
        for lecturer_id in dict.fromkeys(need.lecturer_id for term in self.terms for need in term.needs):
            demand = Demand("lecturer", lecturer_id)
            for users in self.lecturer_days(lecturer_id) if self.wanted(demand) else ():
                self._limit(users, 1, demand)

    def _programmes(self) -> None:
        for programme_id in dict.fromkeys(term.programme_id for term in self.terms):
            terms = self.siblings(programme_id)
            gap, demand = self.grid.axis.gap(terms[0]), Demand("gap", programme_id)
            if gap is not None and self.wanted(demand):
                mine = {term.id for term in terms}
                days = self.daily(
                    lambda way, mine=mine, gap=gap: (  # type: ignore[misc]
                        [("", *self._span(way, gap), 1)] if way.term.id in mine else []
                    )
                )
                for users in days.get("", []):
                    self._limit(users, 1, demand)
            demand = Demand("sequence", programme_id)
            if self.wanted(demand):
                for first, second in self.in_sequence(programme_id):
                    rule = self.model.add(self.opens(first) <= self.opens(second))
                    self.enforce(rule, demand, *self.is_held(first, second))

    def _orders(self) -> None:
        terms = {term.id: term for term in self.terms}
        for order in self.grid.problem.orders:
            demand = Demand("order", f"{order.before}>{order.after}")
            if order.before in terms and order.after in terms and self.wanted(demand):
                before, after = terms[order.before], terms[order.after]
                rule = self.model.add(self.ends(before) + order.delay < self.opens(after))
                self.enforce(rule, demand, *self.is_held(before, after))

    def _limit(self, users: dict[int, int], most: int, demand: Demand) -> None:
        self._until.require()
        self.limits.append(Limit(users, most, demand))
        self.enforce(self.model.add(self.used(users) <= most), demand)

    def _span(self, way: Way, more: int = 0) -> tuple[int, int]:
        return self.grid.number(way.span.starts_on), self.grid.number(way.span.ends_on) + more

    def _weighted(self, term: Term, day: Callable[[Way], int]) -> cp_model.LinearExprT:
        columns = self.of_term[term.id]
        return cp_model.LinearExpr.weighted_sum(
            [self.chosen[column] for column in columns], [day(self.ways[column]) for column in columns]
        )


def _solver(seconds: float) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.max_time_in_seconds = seconds
    return solver
