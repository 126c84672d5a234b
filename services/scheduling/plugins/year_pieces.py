"""Pieces of a year: some terms are lifted off a table, and put back as well as can be, exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.scheduling.domain.placement import Placed
from services.scheduling.domain.placement_board import Board
from services.scheduling.domain.placement_greedy import worth
from services.scheduling.domain.placement_grid import Grid, Slot
from services.scheduling.plugins.year_model import Effort, YearModel
from services.scheduling.plugins.year_program import Program
from services.scheduling.plugins.year_rows import Groups, Rows
from services.scheduling.plugins.year_wishes import add_wishes

LOST = 10_000_000
"""What a term without a place costs beside all else."""
_COUNTED = 3.0


@dataclass(frozen=True, slots=True)
class Piece:
    """Terms that are lifted off, the slots they may go back to, and how the search for them begins."""

    slots: Mapping[str, Sequence[Slot]]
    seed: int


@dataclass(frozen=True, slots=True)
class Answer:
    """Where the terms of a piece should go: slot and campus of each; ``None``: nothing better was found."""

    places: tuple[tuple[str, Slot, str], ...] | None
    ended: bool


class Pieces:
    """Solves pieces of one year."""

    def __init__(self, grid: Grid) -> None:
        self._grid, self._groups = grid, Groups(grid, "campus")

    def solve(self, placed: Mapping[str, Placed], piece: Piece, seconds: float) -> Answer:
        """Return where a piece's terms should go beside the others of a table."""
        rest = Board(self._grid, (at for term_id, at in placed.items() if term_id not in piece.slots))
        rows = Rows(self._grid, self._groups, piece.slots, rest)
        add_wishes(rows)
        now = self._columns(rows.program, placed)
        missing = {term_id: LOST * worth(self._grid, term_id) for term_id in piece.slots if term_id not in placed}
        model = YearModel(rows.program, missing)
        model.minimise(model.total)
        model.hint(now)
        model.keep_below(model.total, rows.program.value(now) + sum(missing.values()) - 1)
        outcome = model.solve(Effort(seconds, _COUNTED, seed=piece.seed))
        if outcome.chosen is None:
            return Answer(None, outcome.ended)
        chosen = [rows.program.choices[column] for column in outcome.chosen]
        return Answer(tuple((each.term.id, each.slot, each.rooms[0].campus_id) for each in chosen), outcome.ended)

    def _columns(self, program: Program, placed: Mapping[str, Placed]) -> list[int]:
        """Return the columns of what the table has; a term's own slot is always among its columns."""
        found = []
        for term_id, columns in program.terms.items():
            at = placed.get(term_id)
            if at is not None:
                group = self._groups.of[at.room_id]
                for column in columns:
                    choice = program.choices[column]
                    if choice.group == group and choice.slot.span.starts_on == at.starts_on:
                        found.append(column)
        return found
