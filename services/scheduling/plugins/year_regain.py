"""Making a table beside a published one lighter, piece by piece, where the whole is too large for its best.

A term that was left out, or that moved from days it could keep, is put where it would lie, and some around it are
lifted off and put back as well as can be, exactly; what weighs less is kept.
"""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Collection, Sequence
from contextlib import suppress

from services.scheduling.domain.placement import Term
from services.scheduling.domain.placement_board import Board
from services.scheduling.domain.placement_grid import Slot
from services.scheduling.domain.replan import stays
from services.scheduling.plugins.year_model import Effort, YearModel
from services.scheduling.plugins.year_published import Published
from services.scheduling.plugins.year_rooms import Place, settle
from services.scheduling.plugins.year_rows import Groups, Rows
from services.scheduling.plugins.year_time import TimeIsUp, Until

_FEWEST, _MOST = 40, 160
_NEAR, _WIDE = 12, 36
"""How many slots a term of a piece may go to: the nearest; what was left out may go to any, its programme far."""
_COUNTED = 2.0


class Regaining:
    """``board``: the lightest table found so far, with ``weight`` (``Published.weight``)."""

    def __init__(self, published: Published, board: Board, seed: int) -> None:
        self._published, self.board = published, board
        self._campuses, self._rooms = Groups(published.grid, "campus"), Groups(published.grid, "room")
        self._chance = random.Random(seed)  # noqa: S311
        self.weight = self._weight(board)

    def run(self, seconds: float, bound: int) -> None:
        """Go on for so long, or until nothing can be lighter, or nothing was found about any term."""
        until, size = Until.within(seconds), _FEWEST
        while size <= _MOST and self.weight > bound:
            before = self.weight
            for term in self._wanting():
                if until.over or self.weight <= bound:
                    return
                with suppress(TimeIsUp):
                    self._try(term, size, until)
            size = size if self.weight < before else size * 2

    def _wanting(self) -> list[Term]:
        """Return what was left out, the heaviest first, then what tells people though it could stay."""
        terms, published = self._published.grid.terms, self._published
        lost = sorted(published.slots.keys() - self.board.placed.keys(), key=lambda id: (-published.missing(id), id))
        moved = [id for id in sorted(published.own) if id in self.board.placed and not self._stays(id)]
        self._chance.shuffle(moved)
        return [terms[id] for id in (*lost, *moved)]

    def _stays(self, term_id: str) -> bool:
        return stays(self._published.rooms, self._published.was[term_id], self.board.placed[term_id])

    def _try(self, term: Term, size: int, until: Until) -> None:
        """Lift a term and those around the days it would lie on; keep what weighs less. Raises ``TimeIsUp``."""
        lost = term.id not in self.board.placed
        slots = {
            # Terms of a programme lie in order: where one finds no place, the others may have to make way for it.
            each.id: self._slots(each, _WIDE if lost and each.programme_id == term.programme_id else _NEAR)
            for each in self._around(term, size)
        }
        lifted = {id: (self.board.slot(id), self.board.take(id)) for id in slots if id in self.board.placed}
        try:
            program = Rows(self._published.grid, self._campuses, slots, self.board, until=until).program
        finally:
            for slot, placed in lifted.values():
                self.board.put(placed, slot)
        program.choices = [dataclasses.replace(each, cost=self._published.told(each)) for each in program.choices]
        missing = {id: self._published.missing(id) for id in slots}
        now = {(id, at.starts_on, self._campuses.of[at.room_id]) for id, (_, at) in lifted.items()}
        hint = [
            column
            for column, each in enumerate(program.choices)
            if (each.term.id, each.slot.span.starts_on, each.group) in now
        ]
        weight = program.value(hint) + sum(amount for id, amount in missing.items() if id not in lifted)
        model = YearModel(program, missing)
        model.minimise(model.total)
        model.hint(hint)
        model.keep_below(model.total, weight - 1)
        until.require()
        outcome = model.solve(Effort(until.left, _COUNTED, seed=self._chance.randrange(1 << 30)))
        if outcome.chosen is not None:
            chosen = [program.choices[column] for column in outcome.chosen]
            self._adopt(slots.keys(), [(each.term, each.slot, each.rooms[0].campus_id) for each in chosen])

    def _around(self, term: Term, size: int) -> list[Term]:
        """Return a term with its programme, and those that lie nearest to where it would."""
        own = self._published.own.get(term.id)
        anywhere = own is None or (term.id not in self.board.placed and self._chance.random() < 0.5)
        wanted = self._chance.choice(self._published.slots[term.id]) if anywhere or own is None else own
        others = [each for each, _, _ in self.board.entries() if each.id != term.id and not each.pin]
        siblings = [each for each in others if each.programme_id == term.programme_id]
        near = sorted(others, key=lambda each: (abs(self.board.slot(each.id).opens - wanted.opens), each.id))
        return list({each.id: each for each in (term, *siblings, *near[:size])}.values())

    def _slots(self, term: Term, most: int) -> Sequence[Slot]:
        found, opens = self._published.slots[term.id], self.board.opens(term.id)
        if opens is None:
            return found
        near = sorted(found, key=lambda slot: abs(slot.opens - opens))[:most]
        own = self._published.own.get(term.id)
        if own is not None and all(slot.opens != own.opens for slot in near):
            near += [slot for slot in found if slot.opens == own.opens]
        return near

    def _adopt(self, lifted: Collection[str], places: list[Place]) -> None:
        after = settle(self.board, lifted, places)
        if after is not None and (weight := self._weight(after)) < self.weight:
            self.board, self.weight = after, weight

    def _weight(self, board: Board) -> int:
        return self._published.weight(self._published.table(board, self._rooms))
