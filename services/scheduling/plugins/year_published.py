"""A published table beside the rules of a problem: where its terms were, which may stay there, whom a move tells."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable

from services.scheduling.domain.placement import Placed, Problem
from services.scheduling.domain.placement_board import Board
from services.scheduling.domain.placement_greedy import Greedy, at, worth
from services.scheduling.domain.placement_grid import Grid, Slot
from services.scheduling.domain.placement_spans import Axis
from services.scheduling.domain.replan import people_told, stays
from services.scheduling.domain.table_objections import strangers
from services.scheduling.plugins.year_program import Choice
from services.scheduling.plugins.year_rows import Groups


class Published:
    """``was`` is where each term of the problem lies in the table, ``slots`` what it may have now, ``own`` its own one.

    The grid has the published day of each term as its target. Raises ``ValueError`` for terms and rooms of a table that
    the problem does not have: whom they tell cannot be known.
    """

    def __init__(self, problem: Problem, before: Iterable[Placed]) -> None:
        before = tuple(before)
        for strange in strangers(problem, before):
            raise ValueError(f"{strange.path}: {strange.zh} / {strange.en}")
        self.rooms = {room.id: room for room in problem.rooms}
        known = {term.id for term in problem.terms}
        self.was = {each.term_id: each for each in before if each.term_id in known}
        targets = {id: each.starts_on for id, each in self.was.items()}
        terms = tuple(dataclasses.replace(term, target=targets.get(term.id, term.target)) for term in problem.terms)
        self.grid = Grid(Axis(dataclasses.replace(problem, terms=terms)))
        self.slots = {term_id: slots for term_id, slots in self.grid.slots.items() if slots}
        self.own = {term_id: own for term_id in self.was if (own := self._own(term_id)) is not None}
        self.people = {id: people_told(term) if id in self.was else 0 for id, term in self.grid.terms.items()}
        self._lost = 1 + sum(self.people.values())

    def _own(self, term_id: str) -> Slot | None:
        """Return the slot in which a term stays where it is, with the rooms of its campus; ``None`` when it may not."""
        was = self.was[term_id]
        campus_id, days = self.rooms[was.room_id].campus_id, (was.starts_on, was.ends_on, was.reports_on)
        for slot in self.slots.get(term_id, ()):
            if (slot.span.starts_on, slot.span.ends_on, slot.span.reports_on) == days:
                rooms = tuple(room for room in slot.rooms if room.campus_id == campus_id)
                return dataclasses.replace(slot, rooms=rooms) if rooms else None
        return None

    @property
    def certain(self) -> int:
        """How many people are told whatever the table: those of terms that may not stay."""
        return sum(self.people[id] for id in self.was if id not in self.own)

    @property
    def lapsed(self) -> int:
        """How many of these have a term that may lie nowhere now, so that no programme of the year knows of it."""
        return sum(self.people[id] for id in self.was if id not in self.slots)

    def slots_with(self, free: Collection[str]) -> dict[str, list[Slot]]:
        """Return the slots of the year in which only ``free`` terms, and those that may not stay, can move."""
        return {id: [self.own[id]] if id in self.own and id not in free else all for id, all in self.slots.items()}

    def told(self, choice: Choice) -> int:
        """Return how many people a choice tells."""
        was = self.was.get(choice.term.id)
        if was is not None and stays(self.rooms, was, at(choice.term, choice.slot, choice.rooms[0])):
            return 0
        return self.people[choice.term.id]

    def missing(self, term_id: str) -> int:
        """Return what it weighs to leave a term out: more than telling everybody, and its people."""
        return self._lost * worth(self.grid, term_id) + self.people[term_id]

    def lost(self, table: Iterable[Choice]) -> int:
        """Return what the terms that a table leaves out weigh, their people not counted."""
        return sum(self._lost * worth(self.grid, id) for id in self.slots.keys() - {each.term.id for each in table})

    def weight(self, table: Iterable[Choice]) -> int:
        """Return what a table weighs: what it leaves out, then how many people it tells; the less, the better."""
        lies = {each.term.id: each for each in table}
        told = sum(self.told(lies[id]) if id in lies else self.people[id] for id in self.was)
        return self.lost(lies.values()) + told

    def quick(self) -> Board:
        """Return the published table without what may not stay, and the rest wherever there is room for it."""
        return self.filled((id, slot, slot.rooms[0].campus_id) for id, slot in self.own.items())

    def filled(self, places: Iterable[tuple[str, Slot, str]]) -> Board:
        """Return a board of terms with their slots and campuses, as far as there are rooms, and the rest where it fits.

        What stays keeps its room.
        """
        board, others = Board(self.grid), []
        for term_id, slot, campus_id in places:
            term, was = self.grid.terms[term_id], self.was.get(term_id)
            room = None if was is None else self.rooms[was.room_id]
            stay = was is not None and room in slot.rooms and stays(self.rooms, was, at(term, slot, room))
            if was is not None and room is not None and stay and not board.obstacles(term, slot, room):
                board.put(was, slot)
            else:
                others.append((term, slot, campus_id))
        for term, slot, campus_id in others:
            rooms = [] if board.siblings(term, slot.span) else board.rooms_for(term, slot)
            room = next((room for room in rooms if room.campus_id == campus_id), None)
            if room is not None:
                board.put(at(term, slot, room), slot)
        Greedy(self.grid).fill(board)
        return board

    def table(self, board: Board, groups: Groups) -> list[Choice]:
        """Return what is on a board as choices."""
        return [
            Choice(term, slot, groups.of[room.id], tuple(groups.rooms[groups.of[room.id]]), 0)
            for term, slot, room in board.entries()
        ]
