"""Making a table better piece by piece: some terms are lifted off, and put back as well as can be, exactly."""

from __future__ import annotations

import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from services.scheduling.domain.placement import Term
from services.scheduling.domain.placement_board import Board
from services.scheduling.domain.placement_cost import table_cost
from services.scheduling.domain.placement_greedy import weight, worth
from services.scheduling.domain.placement_grid import Grid, Slot
from services.scheduling.plugins.year_model import Effort, YearModel
from services.scheduling.plugins.year_outlook import Outlook
from services.scheduling.plugins.year_program import Program
from services.scheduling.plugins.year_rooms import settle
from services.scheduling.plugins.year_rows import Groups, Rows, Slots
from services.scheduling.plugins.year_wishes import add_wishes

LOST = 10_000_000
"""What a term without a place costs beside all else."""
_FEWEST, _MOST = 8, 80
_SLOTS = 10
_COUNTED = 3.0


@dataclass(frozen=True, slots=True)
class Piece:
    """Terms that are lifted off, the slots they may go back to, and how the search for them begins."""

    slots: Slots
    seed: int

    @property
    def size(self) -> int:
        """How many terms it has."""
        return len(self.slots)


@dataclass(frozen=True, slots=True)
class Answer:
    """Where the terms of a piece should go: slot and campus of each; ``None``: nothing better was found."""

    places: tuple[tuple[Term, Slot, str], ...] | None
    ended: bool


class Search:
    """A search from a board on, several pieces at a time; the same for the same seed and number of rounds."""

    def __init__(self, grid: Grid, board: Board, outlook: Outlook, seed: int, workers: int = 1) -> None:
        self.board, self.rounds = board, 0
        self.workers = workers
        self._grid, self._outlook = grid, outlook
        self._groups = Groups(grid, "campus")
        self._chance = random.Random(seed)  # noqa: S311
        self._size = 16
        self._regret = {
            term_id: {view.slot.opens: view.regret for view in views} for term_id, views in outlook.views.items()
        }
        self.cost = table_cost(grid.axis, board.placed.values())

    def round(self, seconds: float, pool: ThreadPoolExecutor) -> bool:
        """Work on a few pieces side by side; return whether the table is better now."""
        self.rounds += 1
        pieces = self._pieces()
        board = self.board
        answers = list(pool.map(lambda piece: self._solve(board, piece, seconds), pieces))
        better = [self._adopt(piece, answer) for piece, answer in zip(pieces, answers, strict=True)]
        if all(answer.ended for answer in answers) and not any(better):
            self._size = min(_MOST, self._size + 2)
        if not all(answer.ended for answer in answers):
            self._size = max(_FEWEST, self._size - 2)
        return any(better)

    def _solve(self, board: Board, piece: Piece, seconds: float) -> Answer:
        rest = Board(self._grid)
        for term, slot, _ in board.entries():
            if term.id not in piece.slots:
                rest.put(board.placed[term.id], slot)
        rows = Rows(self._grid, self._groups, piece.slots, rest)
        add_wishes(rows)
        now = self._columns(rows.program, board)
        missing = {term_id: LOST * worth(self._grid, term_id) for term_id in piece.slots if term_id not in board.placed}
        model = YearModel(rows.program, missing)
        model.minimise(model.total)
        model.hint(now)
        model.keep_below(model.total, rows.program.value(now) + sum(missing.values()) - 1)
        outcome = model.solve(Effort(seconds, _COUNTED, seed=piece.seed))
        if outcome.chosen is None:
            return Answer(None, outcome.ended)
        chosen = [rows.program.choices[column] for column in outcome.chosen]
        return Answer(tuple((each.term, each.slot, each.rooms[0].campus_id) for each in chosen), outcome.ended)

    def _columns(self, program: Program, board: Board) -> list[int]:
        """Return the columns of what the board has; a term's own slot is always among its columns."""
        found = []
        for term_id, columns in program.terms.items():
            at = board.placed.get(term_id)
            if at is not None:
                group = self._groups.of[at.room_id]
                for column in columns:
                    choice = program.choices[column]
                    if choice.group == group and choice.slot.span.starts_on == at.starts_on:
                        found.append(column)
        return found

    def _adopt(self, piece: Piece, answer: Answer) -> bool:
        if answer.places is None:
            return False
        before = self.board
        after = settle(before, piece.slots.keys(), answer.places)
        if after is None:
            return False
        cost = table_cost(self._grid.axis, after.placed.values())
        if (weight(after), -cost) <= (weight(before), -self.cost):
            return False
        self.board, self.cost = after, cost
        return True

    def _pieces(self) -> list[Piece]:
        taken: set[str] = set()
        found = []
        for _ in range(self.workers):
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
        slots = self._outlook.slots_within(term.id, max(1.0, self.cost - self._outlook.bound.value), _SLOTS)
        opens = self.board.opens(term.id)
        if opens is None:
            return self._grid.slots[term.id]
        if all(slot.opens != opens for slot in slots):
            slots += [slot for slot in self._grid.slots[term.id] if slot.opens == opens]
        return slots

    def _regret_of(self, term: Term) -> float:
        opens = self.board.opens(term.id)
        return 0.0 if opens is None else self._regret[term.id].get(opens, 0.0)
