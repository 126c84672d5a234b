"""Reading phone tasks."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.notification.queries.letters import in_subtree
from services.notification.store import PHONE_TASKS
from shared.storage import View

_SHOWN = (
    "office",
    "recipient",
    "unit_id",
    "term_id",
    "cause",
    "cause_id",
    "subject",
    "urgent",
    "state",
    "assignee",
    "calls",
    "opened_at",
    "version",
)


def list_phone_tasks(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List phone tasks, the newest last; those of no unit belong to whoever reaches the whole city."""
    wanted = {name: request[name] for name in ("office", "state", "term_id", "assignee") if name in request}
    rows = view.rows(PHONE_TASKS)
    narrowed = {"$and": [wanted, rows.reach(), in_subtree(request)]}
    items, cursor = rows.page(narrowed, request.get("cursor"), request["limit"])
    return {"items": [shown(row) for row in items], "next_cursor": cursor}


def shown(row: dict[str, Any]) -> dict[str, Any]:
    """Return a stored phone task as the contract shows it."""
    return {
        "task_id": row["_id"],
        **{name: row[name] for name in _SHOWN},
        "due_on": date.fromisoformat(row["due_on"]),
    }
