"""The fewest people told, with a proof: only terms that give way are looked at closely.

A term that may move has all of its slots; any other stays, or vanishes at the price of its people. To vanish is never
dearer than to move, so no table weighs less than the best of these. Where nothing vanishes there it is a table; else
the terms that vanish may move as well, and it is looked again: soon only those that crowd each other are among them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from contextlib import suppress

from services.scheduling.plugins.year_model import Effort, YearModel
from services.scheduling.plugins.year_program import Choice, Program
from services.scheduling.plugins.year_published import Published
from services.scheduling.plugins.year_rows import Grain, Groups, Rows
from services.scheduling.plugins.year_time import TimeIsUp, Until


class Fewest:
    """``bound``: no table weighs less (``Published.weight``). ``free``: the terms found to give way so far.

    ``best`` is the lightest table seen on the way, with its rooms.
    """

    def __init__(self, published: Published, seed: int) -> None:
        self._published, self._seed = published, seed
        self._rooms = Groups(published.grid, "room")
        self.free = published.slots.keys() - published.own.keys()
        self.bound = published.certain
        self.best = published.table(published.quick(), self._rooms)

    def table(self, grain: Grain, seconds: float) -> list[Choice] | None:
        """Return the choices of the lightest table, if rooms are told apart so finely; ``None``: time was too short."""
        with suppress(TimeIsUp):
            return self._table(Groups(self._published.grid, grain), Until.within(seconds))
        return None

    def _table(self, groups: Groups, until: Until) -> list[Choice] | None:
        while not until.over:
            program = self._program(groups, until)
            model = YearModel(program, self._missing(program))
            model.minimise(model.total)
            model.hint(self._hint(program, groups))
            until.require()
            outcome = model.solve(Effort(until.left, seed=self._seed, prepared=False))
            self.bound = round(max(self.bound, outcome.bound + self._published.lapsed))
            table = [program.choices[column] for column in outcome.chosen or ()]
            vanished = program.terms.keys() - self.free - {each.term.id for each in table}
            if outcome.ended and not vanished:
                return table
            if outcome.chosen is not None:
                self._see(table)
                self.free |= vanished
            if not outcome.ended:
                return None
        return None

    def _see(self, table: Iterable[Choice]) -> None:
        """Find places for what vanished, beside the rest."""
        board = self._published.filled((each.term.id, each.slot, each.rooms[0].campus_id) for each in table)
        self.best = min(self.best, self._published.table(board, self._rooms), key=self._published.weight)

    def _hint(self, program: Program, groups: Groups) -> Iterator[int]:
        places = {(each.term.id, each.slot.opens, groups.of[each.rooms[0].id]) for each in self.best}
        for column, each in enumerate(program.choices):
            if (each.term.id, each.slot.opens, each.group) in places:
                yield column

    def _program(self, groups: Groups, until: Until) -> Program:
        program = Rows(self._published.grid, groups, self._published.slots_with(self.free), until=until).program
        program.choices = [dataclasses.replace(each, cost=self._published.told(each)) for each in program.choices]
        return program

    def _missing(self, program: Program) -> dict[str, int]:
        found = self._published
        return {id: found.missing(id) if id in self.free else found.people[id] for id in program.terms}
