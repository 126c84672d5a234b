"""Reading the timetable in force, and what leave covers of it."""

from __future__ import annotations

from typing import Any

from services.compliance.contract.parts import TimetableMissing
from services.compliance.domain.timetable import Timetable
from services.compliance.store.leave import LEAVES, leave_of
from services.compliance.store.timetable import TIMETABLES, timetable_of
from shared.storage import View


def timetable_now(view: View, term_id: str) -> Timetable:
    """Return the timetable in force. Raises ``TimetableMissing``."""
    row = view.rows(TIMETABLES).one({"_id": term_id})
    if row is None:
        raise TimetableMissing(
            f"班次 {term_id} 的日程表尚未下达，暂无课次与学时，请待日程表下达后办理",
            f"no timetable of term {term_id} was issued yet; there are no sessions and hours",
            term_id=term_id,
        )
    return timetable_of(row)


def covered(view: View, timetable: Timetable, *nomination_ids: str) -> dict[str, frozenset[str]]:
    """Return the sessions that granted leave covers, by person; of everybody in the term when nobody is named."""
    condition: dict[str, Any] = {"term_id": timetable.term_id}
    if nomination_ids:
        condition["nomination_id"] = {"$in": list(nomination_ids)}
    found: dict[str, frozenset[str]] = {}
    for row in view.rows(LEAVES).find(condition):
        before = found.get(row["nomination_id"], frozenset())
        found[row["nomination_id"]] = before | leave_of(row).covers(timetable)
    return found
