"""Making a table better piece by piece: some terms are lifted off, and put back as well as can be, exactly."""

from __future__ import annotations

import random
from collections.abc import Sequence

from services.scheduling.domain.placement import Term
from services.scheduling.domain.placement_board import Board
from services.scheduling.domain.placement_cost import table_cost
from services.scheduling.domain.placement_greedy import weight
from services.scheduling.domain.placement_grid import Grid, Slot
from services.scheduling.plugins.year_crew import Crew
from services.scheduling.plugins.year_outlook import Outlook
from services.scheduling.plugins.year_pieces import Answer, Piece
from services.scheduling.plugins.year_rooms import settle

_FEWEST, _MOST = 8, 80
_SLOTS = 0.625
"""Slots a term, for each term of a piece: the more terms, the wider each may go."""
_AHEAD = 3
"""Pieces a worker and round: so that none waits long for the slowest."""


class Search:
    """A search from a board on, several pieces at a time; the same for the same seed and number of rounds."""

    def __init__(self, grid: Grid, board: Board, outlook: Outlook, seed: int) -> None:
        self.board, self.rounds = board, 0
        self._grid = grid
        self._chance = random.Random(seed)  # noqa: S311
        self._size = 16
        self.see(outlook)
        self.cost = table_cost(grid.axis, board.placed.values())

    def see(self, outlook: Outlook) -> None:
        """Go on by another outlook."""
        self._outlook = outlook
        self._regret = {
            term_id: {view.slot.opens: view.regret for view in views} for term_id, views in outlook.views.items()
        }

    def round(self, seconds: float, crew: Crew) -> bool:
        """Work on a few pieces side by side; return whether the table is better now."""
        self.rounds += 1
        pieces = self._pieces(crew.workers * _AHEAD if crew.workers > 1 else 1)
        answers = crew.solve(self.board.placed, pieces, seconds)
        better = [self._adopt(piece, answer) for piece, answer in zip(pieces, answers, strict=True)]
        if all(answer.ended for answer in answers) and not any(better):
            self._size = min(_MOST, self._size + 2)
        if not all(answer.ended for answer in answers):
            self._size = max(_FEWEST, self._size - 2)
        return any(better)

    def _adopt(self, piece: Piece, answer: Answer) -> bool:
        if answer.places is None:
            return False
        before = self.board
        places = [(self._grid.terms[term_id], slot, campus_id) for term_id, slot, campus_id in answer.places]
        after = settle(before, piece.slots.keys(), places)
        if after is None:
            return False
        cost = table_cost(self._grid.axis, after.placed.values())
        if (weight(after), -cost) <= (weight(before), -self.cost):
            return False
        self.board, self.cost = after, cost
        return True

    def _pieces(self, number: int) -> list[Piece]:
        taken: set[str] = set()
        found = []
        for _ in range(number):
            terms = self._terms(taken)
            if terms:
                taken |= {term.id for term in terms}
                slots = {term.id: self._slots(term) for term in terms}
                found.append(Piece(slots, self._chance.randrange(1 << 30)))
        return found

    def _terms(self, taken: set[str]) -> list[Term]:
        movable = [
            term for term in self._grid.problem.terms if self._outlook.views.get(term.id) and term.id not in taken
        ]
        lost = [term for term in movable if term.id not in self.board.placed]
        placed = [term for term in movable if term.id in self.board.placed and not term.pin]
        if lost and self._chance.random() < 0.7:
            first = self._chance.choice(lost)
        elif placed:
            first = self._chance.choices(placed, [1.0 + self._regret_of(term) for term in placed])[0]
        else:
            return lost[:1]
        return self._with_neighbours(first, [term for term in placed if term.id != first.id])

    def _with_neighbours(self, first: Term, others: list[Term]) -> list[Term]:
        """Return a term with those that lie where it would rather be, or where it is, or just any."""
        views, chance = self._outlook.views[first.id], self._chance.random()
        opens = self.board.opens(first.id)
        if chance < 0.5 or opens is None:
            opens = self._chance.choice(views[:5]).slot.opens
        elif chance > 0.85:
            return [first, *self._chance.sample(others, min(len(others), self._size - 1))]
        siblings = [term for term in others if term.programme_id == first.programme_id][:2]
        blur = {term.id: self._chance.random() * 7 for term in others}
        day = opens
        near = sorted(others, key=lambda term: abs((self.board.opens(term.id) or 0) - day) + blur[term.id])
        found = {term.id: term for term in (first, *siblings, *near[: self._size])}
        return list(found.values())[: max(self._size, 1 + len(siblings))]

    def _slots(self, term: Term) -> Sequence[Slot]:
        most = round(self._size * _SLOTS)
        slots = self._outlook.slots_within(term.id, max(1.0, self.cost - self._outlook.bound.value), most)
        opens = self.board.opens(term.id)
        if opens is None:
            return self._grid.slots[term.id]
        if all(slot.opens != opens for slot in slots):
            slots += [slot for slot in self._grid.slots[term.id] if slot.opens == opens]
        return slots

    def _regret_of(self, term: Term) -> float:
        opens = self.board.opens(term.id)
        return 0.0 if opens is None else self._regret[term.id].get(opens, 0.0)
