"""How a year looks to the linear relaxation: a bound, which slots are near the best, and a table to start from."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from services.scheduling.domain.placement import Term
from services.scheduling.domain.placement_board import Board
from services.scheduling.domain.placement_greedy import at
from services.scheduling.domain.placement_grid import Grid, Slot
from services.scheduling.plugins.year_bound import Aim, Bound, Relaxation
from services.scheduling.plugins.year_program import Program
from services.scheduling.plugins.year_rows import Grain, Groups, Rows, Slots
from services.scheduling.plugins.year_time import NEVER, Until
from services.scheduling.plugins.year_wishes import add_wishes

_FINE, _MIDDLING = 15_000, 60_000
"""Up to how many columns rooms, and then campuses, are told apart."""


@dataclass(frozen=True, slots=True)
class View:
    """A slot as the relaxation sees it: how much of the term it gives it, and how much dearer a table with it is."""

    slot: Slot
    share: float
    regret: float
    campuses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """``bound`` and the ``views`` of each term, the most promising first."""

    bound: Bound
    views: Mapping[str, tuple[View, ...]]

    def slots_within(self, term_id: str, gap: float, most: int = 1_000_000) -> list[Slot]:
        """Return the slots of a term that a table no dearer than the bound and ``gap`` could have."""
        return [view.slot for view in self.views[term_id] if view.regret <= gap][:most]


def grain_for(grid: Grid) -> Grain:
    """Return how finely the relaxation of a year can tell rooms apart within reasonable time."""
    if columns_at(grid, "room", grid.slots) <= _FINE:
        return "room"
    return "campus" if columns_at(grid, "campus", grid.slots) <= _MIDDLING else "city"


def columns_at(grid: Grid, grain: Grain, slots: Slots) -> int:
    """Return how many columns the programme would have."""
    groups = Groups(grid, grain)
    return sum(len({groups.of[room.id] for room in slot.rooms}) for found in slots.values() for slot in found)


def programme_of(grid: Grid, grain: Grain, slots: Slots, ordered: bool, until: Until = NEVER) -> Program:
    """Return the programme of a whole year, with its costs. Raises ``TimeIsUp``."""
    rows = Rows(grid, Groups(grid, grain), slots, ordered=ordered, until=until)
    add_wishes(rows)
    return rows.program


class Looking:
    """A look at a programme: a first outlook soon, and a closer one with cuts."""

    def __init__(self, program: Program, aim: Aim) -> None:
        self._program, self._relaxation = program, Relaxation(program, aim)

    def first(self, seconds: float) -> Outlook | None:
        """Return an outlook; ``None`` when the time was too short, or no table keeps the rules."""
        bound = self._relaxation.first(seconds)
        return None if bound is None else Outlook(bound, _views(self._program, bound))

    def closer(self, first: Outlook, seconds: float) -> Outlook:
        """Return the outlook with cuts, for which up to about half of the seconds are taken."""
        bound = self._relaxation.closer(first.bound, seconds, seconds / 2)
        return first if bound is first.bound else Outlook(bound, _views(self._program, bound))


def _views(program: Program, bound: Bound) -> dict[str, tuple[View, ...]]:
    views = {}
    for term_id, columns in program.terms.items():
        found: defaultdict[int, list[int]] = defaultdict(list)
        for column in columns:
            found[program.choices[column].slot.opens].append(column)
        seen = []
        for alike in found.values():
            ranked = sorted(
                alike, key=lambda column: (-round(float(bound.shares[column]), 3), bound.reduced[column], column)
            )
            seen.append(
                View(
                    program.choices[ranked[0]].slot,
                    float(sum(bound.shares[column] for column in alike)),
                    float(min(bound.reduced[column] for column in alike)),
                    tuple(dict.fromkeys(program.choices[column].rooms[0].campus_id for column in ranked)),
                )
            )
        views[term_id] = tuple(sorted(seen, key=lambda view: (view.regret, view.slot.opens)))
    return views


def start_from(grid: Grid, outlook: Outlook) -> Board:
    """Return a board with every term where the relaxation sees most of it, as far as the rules let it."""
    board = Board(grid)
    views = {
        term_id: sorted(found, key=lambda view: (-round(view.share, 3), view.regret, view.slot.opens))
        for term_id, found in outlook.views.items()
    }

    def settled(term: Term) -> tuple[bool, float, str]:
        found = views[term.id]
        return term.pin is None, -round(found[0].share, 3) if found else 0.0, term.id

    for term in sorted((grid.terms[term_id] for term_id in views), key=settled):
        for view in views[term.id]:
            if not board.siblings(term, view.slot.span):
                wanted = {campus_id: rank for rank, campus_id in enumerate(view.campuses)}
                rooms = sorted(board.rooms_for(term, view.slot), key=lambda room: wanted.get(room.campus_id, math.inf))
                if rooms:
                    board.put(at(term, view.slot, rooms[0]), view.slot)
                    break
    return board
