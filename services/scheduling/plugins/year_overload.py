"""Terms that need more than there is between two dates, by adding up: the fewest that prove it, with the figures.

Energetic reasoning (Erschler and Lopez 1990): wherever a term lies, it takes at least so much of the days from one date
to another, and what all of them take together must not exceed what there is. Where groups do not pack evenly, counting
terms proves more than counting people: of groups of 45 only one at a time sleeps in 85 beds. Everything is whole.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from services.scheduling.domain.demands import SHARED, Demand, Way, demands_on, held
from services.scheduling.domain.overload import Overload
from services.scheduling.domain.placement import Room, Term
from services.scheduling.domain.placement_grid import Grid
from services.scheduling.plugins.year_demands import Ways
from services.scheduling.plugins.year_time import NEVER, TimeIsUp, Until

Whole = NDArray[np.int64]
_AT_ONCE = 8
"""Up to how many terms at once are counted; more than that pack evenly enough to count people."""
_FINE = 150
"""Up to how many terms every first and last day of a term begins and ends a stretch; weeks do for more."""
_FREE = 5


@dataclass(frozen=True, slots=True)
class _Pool:
    """What some terms share: ``amounts`` of each on a day, of ``most``."""

    resource: Literal["beds", "rooms"]
    campus_ids: tuple[str, ...]
    kind: str
    counted: bool
    most: int
    members: list[int]
    amounts: Whole
    demands: frozenset[Demand]


def added_up(grid: Grid, term_ids: Collection[str], until: Until = NEVER) -> Overload | None:
    """Return an overload of terms that keep every rule on single terms, quickly; ``None``: there is none, or no time.

    Its demands are all of these rules: many have no part in it.
    """
    free = [id for id in term_ids if grid.terms[id].stands is None]
    shared = [each for each in demands_on(grid.axis, free) if each.rule in ("beds", "rooms")]
    with suppress(TimeIsUp):
        over = Overloads(_Slots(grid), free, shared, until).fewest()
        if over is not None:
            alone = {each for each in demands_on(grid.axis, over.term_ids) if each.rule not in SHARED}
            return dataclasses.replace(over, demands=over.demands | alone | _too_small(grid, over.term_ids, shared))
    return None


def _too_small(grid: Grid, term_ids: Collection[str], beds: Iterable[Demand]) -> frozenset[Demand]:
    """Return the demands on beds that keep one of the terms off a campus even by itself."""
    largest: dict[str, int] = {}
    for term in (grid.terms[id] for id in term_ids if grid.terms[id].boards):
        for kind in {"", term.bed_kind or ""}:
            largest[kind] = max(term.trainees, largest.get(kind, 0))
    return frozenset(
        each
        for each in beds
        if each.rule == "beds"
        and grid.axis.campuses[each.subject].beds_of(each.kind or None) < largest.get(each.kind, 0)
    )


class _Slots(Ways):
    """What terms may have by themselves, as ways that break nothing: one for each campus."""

    def of(self, term_id: str) -> list[Way]:
        """Return the ways of a term."""
        term, found = self.grid.terms[term_id], list[Way]()
        campuses: dict[int, list[tuple[Room, ...]]] = {}
        for slot in self.grid.slots[term_id]:
            if id(slot.rooms) not in campuses:
                here = dict.fromkeys(room.campus_id for room in slot.rooms)
                campuses[id(slot.rooms)] = [tuple(r for r in slot.rooms if r.campus_id == each) for each in here]
            found += [Way(term, slot.span, rooms, {}) for rooms in campuses[id(slot.rooms)]]
        return found


class Overloads:
    """Adds up what some terms take at the least, each kept to its places by some demands.

    Raises ``TimeIsUp`` where ``until`` is too soon to look at every way; what is found by then is what there is.
    """

    def __init__(self, ways: Ways, term_ids: Collection[str], kept: Collection[Demand], until: Until = NEVER) -> None:
        self._grid, self._kept, self._until = ways.grid, frozenset(kept), until
        self._terms, self._ways = list[Term](), list[list[Way]]()
        self._broken = list[set[Demand]]()
        for term in self._grid.problem.terms:
            if term.id not in term_ids:
                continue
            until.require()
            free, broken = list[Way](), set[Demand]()
            for way in ways.of(term.id):
                against = [each for each in way.breaks if each in self._kept]
                broken.update(against)
                if not against:
                    free.append(way)
            if free:
                self._terms.append(term)
                self._ways.append(free)
                self._broken.append(broken)
        working = np.array([day.works for day in self._grid.problem.days], np.int64)
        weekdays = np.array([day.day.weekday() for day in self._grid.problem.days], np.int64)
        self._counted: dict[int | None, Whole] = {None: working}
        self._counted |= {each: working * (weekdays == each) for each in range(_FREE)}
        self._firsts, self._lasts = self._stretches(weekdays)
        self._known = dict[str, list[Whole]]()

    def fewest(self) -> Overload | None:
        """Return an overload of as few terms as can be found, on as few days; ``None``: there is none."""
        best: tuple[tuple[int, bool, int], Overload] | None = None
        for pool, weekday, least, days in self._sums():
            amounts = least * pool.amounts[:, None, None]
            over = amounts.sum(axis=0) > pool.most * days
            if not over.any():
                continue
            sums = -np.sort(-amounts[:, over], axis=0).cumsum(axis=0)
            counts = (sums > pool.most * days[over]).argmax(axis=0) + 1
            shortest = np.lexsort((days[over], counts))[0]
            rank = int(counts[shortest]), weekday is not None, int(days[over][shortest])
            if best is None or rank < best[0]:
                at = np.argwhere(over)[shortest]
                takes = amounts[:, at[0], at[1]]
                chosen = np.argsort(-takes, kind="stable")[: rank[0]]
                best = rank, self._overload(pool, weekday, at, takes, chosen)
        return best[1] if best else None

    def tightest(self) -> Overload | None:
        """Return the days on which the terms together need most of what there is, all of them taking part."""
        best: tuple[float, Overload] | None = None
        for pool, weekday, least, days in self._sums():
            if len(pool.members) < len(self._terms):
                continue
            amounts = least * pool.amounts[:, None, None]
            all_there = (amounts > 0).all(axis=0) & (days > 0)
            ratio = np.where(all_there, amounts.sum(axis=0) / np.maximum(1, pool.most * days), 0.0)
            at = np.unravel_index(int(ratio.argmax()), ratio.shape)
            much = float(ratio[at])
            if much > 0 and (best is None or much > best[0] + 1e-9):
                takes = amounts[:, at[0], at[1]]
                best = much, self._overload(pool, weekday, np.array(at), takes, np.arange(len(takes)))
        return best[1] if best else None

    def _overload(self, pool: _Pool, weekday: int | None, at: Whole, takes: Whole, chosen: Whole) -> Overload:
        days = self._grid.problem.days
        first, last = int(self._firsts[at[0]]), int(self._lasts[at[1]])
        counted = [number for number in range(first, last + 1) if self._counted[weekday][number]]
        members = [pool.members[each] for each in chosen.tolist()]
        rules = set(pool.demands).union(*(self._broken[each] for each in members))
        ids = tuple(self._terms[each].id for each in members)
        return Overload(
            pool.resource,
            pool.campus_ids,
            pool.kind,
            pool.counted,
            pool.most,
            days[counted[0]].day,
            days[counted[-1]].day,
            len(counted),
            weekday,
            int(takes[chosen].sum()),
            ids,
            frozenset(rules.union(held(id) for id in ids)),
        )

    def _stretches(self, weekdays: Whole) -> tuple[Whole, Whole]:
        """Return the days on which stretches begin and on which they end, no farther than anything may lie."""
        begin = [min(self._grid.number(way.span.starts_on) for way in ways) for ways in self._ways]
        end = [max(self._grid.number(way.span.ends_on) for way in ways) for ways in self._ways]
        first, last = max(0, min(begin, default=0) - 1), max(end, default=0)
        firsts = {day for day in np.flatnonzero(weekdays == 6).tolist() if first < day <= last} | {first}
        lasts = {day for day in np.flatnonzero(weekdays == _FREE - 1).tolist() if first <= day < last} | {last}
        if len(self._terms) <= _FINE:
            firsts, lasts = firsts.union(begin), lasts.union(end)
        return np.array(sorted(firsts), np.int64), np.array(sorted(lasts), np.int64)

    def _sums(self) -> Iterator[tuple[_Pool, int | None, Whole, Whole]]:
        """Yield each pool with each way to count days: the fewest days of each member, and all days there are."""
        pools = list(self._pools())
        for weekday, counted in self._counted.items():
            if self._until.over:
                return
            until = np.concatenate((np.zeros(1, np.int64), np.cumsum(counted)))
            days = np.maximum(0, until[self._lasts + 1][None, :] - until[self._firsts][:, None])
            for resource in ("beds", "rooms"):
                mine = [pool for pool in pools if pool.resource == resource]
                least = self._least(resource, until) if mine else None
                for pool in mine:
                    assert least is not None
                    yield pool, weekday, least[pool.members], days

    def _least(self, resource: str, until: Whole) -> Whole:
        """Return on how many counted days of each stretch each term is there, wherever it lies."""
        known: dict[bytes, Whole] = {}
        found = []
        for places in self._places(resource):
            key = places.tobytes()
            if key not in known:
                begins = until[np.maximum(places[:, :1], self._firsts[None, :])]
                ends = until[np.minimum(places[:, 1:], self._lasts[None, :]) + 1]
                fewest = np.full((len(self._firsts), len(self._lasts)), np.iinfo(np.int64).max)
                for begin, end in zip(begins, ends, strict=True):
                    np.minimum(fewest, end[None, :] - begin[:, None], out=fewest)
                known[key] = np.maximum(0, fewest)
            found.append(known[key])
        return np.stack(found)

    def _places(self, resource: str) -> list[Whole]:
        """Return for each term the first and last days of the places it may have."""
        if resource not in self._known:
            found = ({self._taken(way, resource) for way in ways} for ways in self._ways)
            self._known[resource] = [np.array(sorted(each), np.int64) for each in found]
        return self._known[resource]

    def _taken(self, way: Way, resource: str) -> tuple[int, int]:
        begins = way.span.reports_on if resource == "beds" else way.span.starts_on
        return self._grid.number(begins), self._grid.number(way.span.ends_on)

    def _pools(self) -> Iterator[_Pool]:
        places = [frozenset(way.campus_id for way in ways) for ways in self._ways]
        for where in sorted({*places, frozenset[str]().union(*places)}, key=lambda each: (-len(each), sorted(each))):
            members = [number for number, mine in enumerate(places) if mine <= where]
            yield from self._beds(tuple(sorted(where)), members)
            yield from self._rooms(tuple(sorted(where)), members)

    def _beds(self, where: tuple[str, ...], members: list[int]) -> Iterator[_Pool]:
        for kind in sorted({self._terms[each].bed_kind or "" for each in members} | {""}):
            demands = frozenset(Demand("beds", id, kind=kind) for id in where)
            mine = [
                each
                for each in members
                if self._terms[each].boards and kind in ("", self._terms[each].bed_kind) and demands <= self._kept
            ]
            sizes = np.array([self._terms[each].trainees for each in mine], np.int64)
            beds = [self._grid.axis.campuses[id].beds_of(kind or None) for id in where]
            if not mine:
                continue
            yield _Pool("beds", where, kind, False, sum(beds), mine, sizes, demands)
            for most, people in _at_once(beds):
                counted = [each for each in mine if self._terms[each].trainees >= people]
                if counted:
                    yield _Pool("beds", where, kind, True, most, counted, np.ones(len(counted), np.int64), demands)

    def _rooms(self, where: tuple[str, ...], members: list[int]) -> Iterator[_Pool]:
        demands = frozenset(Demand("rooms", id) for id in where)
        if not demands <= self._kept:
            return
        rooms = {each: {room.id for way in self._ways[each] for room in way.rooms} for each in members}
        seen = set[tuple[int, ...]]()
        for kind in sorted({self._terms[each].room_kind or "" for each in members} | {""}):
            of_kind = [each for each in members if kind in ("", self._terms[each].room_kind)]
            for people in sorted({self._terms[each].trainees for each in of_kind}):
                mine = [each for each in of_kind if self._terms[each].trainees >= people]
                if tuple(mine) not in seen:
                    seen.add(tuple(mine))
                    most = len(set[str]().union(*(rooms[each] for each in mine)))
                    yield _Pool("rooms", where, kind, True, most, mine, np.ones(len(mine), np.int64), demands)


def _at_once(beds: Iterable[int]) -> list[tuple[int, int]]:
    """Return how many groups can sleep at once, with the people of the smallest group of which it is so."""
    all_beds, found = list(beds), dict[int, int]()
    for people in sorted({each // (most + 1) + 1 for each in all_beds for most in range(_AT_ONCE + 1)}):
        found.setdefault(sum(each // people for each in all_beds), people)
    return list(found.items())
