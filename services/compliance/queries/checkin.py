"""Reading who has checked in."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.compliance.limits import policy_table
from services.compliance.store.term import TERMS, check_in_window
from services.compliance.store.trainee import TRAINEES
from shared.storage import View, subtree


def list_check_ins(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List the admitted people of a term within reach; a unit brings those below it too."""
    rows = view.rows(TRAINEES)
    wanted = {name: request[name] for name in ("term_id", "state") if name in request}
    below = subtree(request["unit_id"]) if "unit_id" in request else {}
    found, cursor = rows.page({"$and": [wanted, rows.reach(), below]}, request.get("cursor"), request["limit"])
    term = view.rows(TERMS).one({"_id": request["term_id"]})
    return {"items": [_shown(view, row, term) for row in found], "next_cursor": cursor}


def _shown(view: View, row: dict[str, Any], term: dict[str, Any] | None) -> dict[str, Any]:
    last_on = None
    if term is not None:
        last_on = check_in_window(term, date.fromisoformat(row["admitted_on"]), policy_table().on(view.today)).last_on
    return {
        "nomination_id": row["_id"],
        "term_id": row["term_id"],
        "unit_id": row["unit_id"],
        "state": row["state"],
        "checked_in_at": row["checked_in_at"],
        "late": row["checked_in_late"],
        "last_on": last_on,
        "version": row["version"],
    }
