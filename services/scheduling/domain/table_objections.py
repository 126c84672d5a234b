"""What is wrong with a table as the published one of a year: rows of other terms or rooms, or two for one term.

Who knows the old place of a term can be told only by the year: its people, and the campus of its room.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services.scheduling.domain.objections import Objection, doubled, stretch_objections
from services.scheduling.domain.placement import Placed, Problem


def table_objections(problem: Problem, placed: Sequence[Placed]) -> list[Objection]:
    """Return everything wrong with a table of a year; empty when its terms and rooms are those of the year."""
    rows = [(f"placed[{index}]", at) for index, at in enumerate(placed)]
    found = [*strangers(problem, placed), *doubled((f"{path}.term_id", at.term_id) for path, at in rows)]
    for path, at in rows:
        found += stretch_objections(f"{path}.ends_on", at.starts_on, at.ends_on)
        found += stretch_objections(f"{path}.reports_on", at.reports_on, at.starts_on)
    return found


def strangers(problem: Problem, placed: Sequence[Placed]) -> Iterator[Objection]:
    """Yield the terms and rooms of a table that the year does not have; terms that it drops it does have."""
    terms = {term.id for term in (*problem.terms, *problem.dropped)}
    rooms = {room.id for room in problem.rooms}
    for index, at in enumerate(placed):
        if at.term_id not in terms:
            yield Objection(
                f"placed[{index}].term_id",
                f"年度题目中没有“{at.term_id}”；该期若不办，请留在题目中用 drop 取消，或移入 dropped，才算得出通知谁",
                f"the year has no {at.term_id!r}; if the term is not held, keep it in the year and drop it, or put it "
                "into its dropped, so that those who know its place are told",
            )
        if at.room_id not in rooms:
            yield Objection(
                f"placed[{index}].room_id",
                f"年度题目中没有“{at.room_id}”；教室若停用，请留在题目中，并把座位数 capacity 改为0",
                f"the year has no {at.room_id!r}; if the room is closed, keep it in the year with a capacity of 0",
            )
