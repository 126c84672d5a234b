"""Reading returns to post."""

from __future__ import annotations

from typing import Any

from services.compliance.limits import policy_table
from services.compliance.store.return_to_post import RETURNS
from shared.storage import View, subtree

_SHOWN = (
    "term_id", "unit_id", "ended_on", "due_on", "state", "escalated", "people", "confirmed_by", "confirmed_at",
    "late", "version",
)  # fmt: skip


def shown_return(view: View, row: dict[str, Any]) -> dict[str, Any]:
    """Return a stored return as the contract shows it."""
    source = policy_table().on(view.today)["return.working_days"].source
    return {"return_id": row["_id"], **{name: row[name] for name in _SHOWN}, "source": source}


def list_returns(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List returns within reach, the latest first; a unit brings those below it too."""
    rows = view.rows(RETURNS)
    wanted = {name: request[name] for name in ("term_id", "state") if name in request}
    below = subtree(request["unit_id"]) if "unit_id" in request else {}
    narrowed = {"$and": [wanted, rows.reach(), below]}
    found, cursor = rows.page(narrowed, request.get("cursor"), request["limit"], sort="-_id")
    return {"items": [shown_return(view, row) for row in found], "next_cursor": cursor}
