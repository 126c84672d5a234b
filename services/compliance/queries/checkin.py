"""Reading who has checked in."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from services.compliance.domain.checkin import CheckInWindow
from services.compliance.domain.leave import LeaveState
from services.compliance.limits import policy_table
from services.compliance.store.leave import LEAVES, leave_of
from services.compliance.store.term import TERMS, check_in_window
from services.compliance.store.trainee import TRAINEES
from shared.clock import CITY_ZONE
from shared.storage import View, subtree


class CheckInWindows:
    """When each of a term's people may check in: by the limits in force, and by the leave they were granted."""

    def __init__(self, view: View, term: dict[str, Any]) -> None:
        self._term, self._policies = term, policy_table().on(view.today)
        self._leave: dict[str, list[tuple[date, date]]] = defaultdict(list)
        for row in view.rows(LEAVES).find({"term_id": term["_id"], "state": LeaveState.GRANTED.value}):
            self._leave[row["nomination_id"]].append(leave_of(row).days(CITY_ZONE))

    def of(self, trainee: dict[str, Any]) -> CheckInWindow:
        """Return the window of a stored trainee."""
        admitted_on = date.fromisoformat(trainee["admitted_on"])
        return check_in_window(self._term, admitted_on, self._policies, self._leave[trainee["_id"]])


def list_check_ins(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List the admitted people of a term within reach; a unit brings those below it too."""
    rows = view.rows(TRAINEES)
    wanted = {name: request[name] for name in ("term_id", "state") if name in request}
    below = subtree(request["unit_id"]) if "unit_id" in request else {}
    found, cursor = rows.page({"$and": [wanted, rows.reach(), below]}, request.get("cursor"), request["limit"])
    term = view.rows(TERMS).one({"_id": request["term_id"]})
    windows = None if term is None else CheckInWindows(view, term)
    return {"items": [_shown(row, windows) for row in found], "next_cursor": cursor}


def _shown(row: dict[str, Any], windows: CheckInWindows | None) -> dict[str, Any]:
    return {
        "nomination_id": row["_id"],
        "term_id": row["term_id"],
        "unit_id": row["unit_id"],
        "state": row["state"],
        "checked_in_at": row["checked_in_at"],
        "late": row["checked_in_late"],
        "last_on": None if windows is None else windows.of(row).last_on,
        "version": row["version"],
    }
