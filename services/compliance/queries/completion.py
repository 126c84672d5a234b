"""Reading completions, each with what every rule said."""

from __future__ import annotations

from typing import Any

from services.compliance.store.completion import COMPLETIONS
from shared.storage import View, subtree

_SHOWN = (
    "term_id", "unit_id", "outcome", "confirmed", "hours_attended", "total_hours", "days", "report_grade",
    "verdicts", "decided_at", "confirmed_at", "approver", "version",
)  # fmt: skip


def list_completions(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List completions of the people within reach; a unit brings those below it too."""
    rows = view.rows(COMPLETIONS)
    wanted = {name: request[name] for name in ("term_id", "outcome") if name in request}
    below = subtree(request["unit_id"]) if "unit_id" in request else {}
    found, cursor = rows.page({"$and": [wanted, rows.reach(), below]}, request.get("cursor"), request["limit"])
    items = [{"nomination_id": row["_id"], **{name: row[name] for name in _SHOWN}} for row in found]
    return {"items": items, "next_cursor": cursor}
