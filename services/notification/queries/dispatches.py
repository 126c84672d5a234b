"""Reading messages and their dispatches."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from services.notification.queries.letters import in_subtree
from services.notification.store import DISPATCHES, MESSAGES, PHONE_TASKS
from shared.security.links import PREFIX as LINK_PREFIX
from shared.storage import View

_LINK = re.compile(rf"{LINK_PREFIX}[A-Za-z0-9_.\-]+")
_MESSAGE = (
    "rule",
    "template",
    "recipient",
    "unit_id",
    "term_id",
    "urgent",
    "reminder",
    "state",
    "leaves_at",
    "dispatch_id",
    "created_at",
)
_DISPATCH = ("recipient", "unit_id", "urgent", "state", "task_id", "next_at", "created_at", "version")
_CHANNEL = ("channel", "state", "attempts", "address", "reason", "receipt", "at")


def list_messages(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List messages of the units the caller reaches."""
    wanted = {name: request[name] for name in ("term_id", "rule", "recipient", "state") if name in request}
    rows = view.rows(MESSAGES)
    narrowed = {"$and": [wanted, rows.reach(), in_subtree(request)]}
    items, cursor = rows.page(narrowed, request.get("cursor"), request["limit"], "-created_at")
    return {"items": [shown_message(row) for row in items], "next_cursor": cursor}


def list_dispatches(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List dispatches of the units the caller reaches."""
    wanted: dict[str, Any] = {name: request[name] for name in ("recipient", "state") if name in request}
    rung = {"channel": request.get("channel"), "state": request.get("channel_state")}
    rung = {name: value for name, value in rung.items() if value is not None}
    if rung:
        wanted["rungs"] = {"$elemMatch": rung}
    rows = view.rows(DISPATCHES)
    narrowed = {"$and": [wanted, rows.reach(), in_subtree(request)]}
    items, cursor = rows.page(narrowed, request.get("cursor"), request["limit"], "-created_at")
    return {"items": [shown(row) for row in items], "next_cursor": cursor}


def get_dispatch(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show a dispatch with its words; personal links in them stay secret."""
    row = view.rows(DISPATCHES).get_within_reach(request["dispatch_id"])
    said = words_of(view, row)
    return {**shown(row), "subject": said["subject"], "text": said["body"], "short": said["short"]}


def words_of(view: View, row: dict[str, Any]) -> dict[str, str]:
    """Return the words of a stored dispatch without personal links; empty before it was composed."""
    if row["words"] is None:
        return {"subject": "", "body": "", "short": ""}
    said = view.rows(DISPATCHES).unseal(row, "words", purpose="read a message")
    return {name: _LINK.sub("…", text) for name, text in said.items()}


def messages_summary(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Count messages, dispatches, what reached people by which channel, and phone tasks."""
    dispatches = view.rows(DISPATCHES).find(fields=("state", "rungs"))
    by = Counter(rung["channel"] for row in dispatches for rung in row["rungs"] if rung["state"] == "reached")
    return {
        "messages": _counted(view, MESSAGES),
        "dispatches": dict(Counter(row["state"] for row in dispatches)),
        "reached_by": dict(by),
        "phone_tasks": _counted(view, PHONE_TASKS),
    }


def _counted(view: View, collection: Any) -> dict[str, int]:
    groups = view.rows(collection).aggregate([{"$group": {"_id": "$state", "count": {"$sum": 1}}}])
    return {group["_id"]: group["count"] for group in groups}


def shown_message(row: dict[str, Any]) -> dict[str, Any]:
    """Return a stored message as the contract shows it."""
    return {"message_id": row["_id"], **{name: row[name] for name in _MESSAGE}}


def shown(row: dict[str, Any]) -> dict[str, Any]:
    """Return a stored dispatch as the contract shows it."""
    return {
        "dispatch_id": row["_id"],
        **{name: row[name] for name in _DISPATCH},
        "messages": row["message_ids"],
        "channels": [{name: rung[name] for name in _CHANNEL} for rung in row["rungs"]],
    }
