"""Drafts of solved timetables, kept from one preview to the next: reading one takes longer than the preview does."""

from __future__ import annotations

from collections import OrderedDict

from services.scheduling.commands.timetable_solves import solve_problem
from services.scheduling.domain.wire import from_wire
from services.scheduling.store import TIMETABLE_SOLVES
from services.scheduling.timetable.editing import Draft
from services.scheduling.timetable.problem import Timetable
from shared.storage import View, exactly

_MOST = 4
"""Drafts kept in one process; one of 400 lectures takes about a megabyte."""


class SolvedDrafts:
    """The drafts that were asked for last, by solve and version of its document.

    The version is read each time; of another one nothing kept is used. A solve's problem never changes.
    """

    def __init__(self, most: int = _MOST) -> None:
        self._kept: OrderedDict[tuple[str, int], Draft] = OrderedDict()
        self._most = most

    def of(self, view: View, solve_id: str) -> Draft | None:
        """Return the best timetable of a solve as a draft, ``None`` while there is none. Raises ``NotFound``."""
        rows = view.rows(TIMETABLE_SOLVES)
        for doc in rows.find({"_id": exactly(solve_id)}, fields=("version",)):
            draft = self._kept.get((solve_id, doc["version"]))
            if draft is not None:
                self._keep(solve_id, doc["version"], draft)
                return draft
        doc = rows.get(solve_id)
        if not doc["timetable"]:
            return None
        draft = Draft(solve_problem(view, solve_id), from_wire(Timetable, {"lectures": doc["timetable"]}))
        self._keep(solve_id, doc["version"], draft)
        return draft

    def _keep(self, solve_id: str, version: int, draft: Draft) -> None:
        self._kept[solve_id, version] = draft
        self._kept.move_to_end((solve_id, version))
        for old in [key for key in self._kept if key[0] == solve_id and key[1] < version]:
            self._kept.pop(old, None)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
