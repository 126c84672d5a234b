"""Reading hand-overs; a lecturer comes by personal link and sees their own."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.outcomes.queries.clusters import is_overdue, sessions_of, title_of
from services.outcomes.store.clusters import CLUSTERS, HANDOVERS
from shared.errors import NotFound
from shared.security.caller import Role
from shared.storage import View

_ROW = (
    "term_id", "lecturer_id", "session_ids", "questions", "state", "due_on", "handed_over_at", "receipted_at",
    "closed_reason", "version",
)  # fmt: skip


def list_handovers(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List hand-overs, the latest first; a lecturer's own only."""
    wanted: dict[str, Any] = {name: request[name] for name in ("term_id", "lecturer_id", "state") if name in request}
    if Role.LECTURER in view.caller.roles:
        own = view.caller.own_id(Role.LECTURER)
        if wanted.setdefault("lecturer_id", own) != own:
            return {"items": [], "next_cursor": None}
    found, cursor = view.rows(HANDOVERS).page(wanted, request.get("cursor"), request["limit"], sort="-_id")
    return {"items": [shown(view, row) for row in found], "next_cursor": cursor}


def get_handover(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show a hand-over with what its lecturer still has of it."""
    return shown_with_items(view, own_handover(view, request["handover_id"]))


def own_handover(view: View, handover_id: str) -> dict[str, Any]:
    """Return a hand-over the caller may see. Raises ``NotFound``, also for that of another lecturer."""
    row = view.rows(HANDOVERS).get(handover_id)
    if Role.LECTURER in view.caller.roles and view.caller.own_id(Role.LECTURER) != row["lecturer_id"]:
        raise NotFound(
            f"没有编号为“{handover_id}”的转交，请核对编号",
            f"there is no hand-over {handover_id!r}; check the identifier",
            id=handover_id,
        )
    return row


def shown(view: View, row: dict[str, Any]) -> dict[str, Any]:
    """Return a stored hand-over as a list shows it."""
    kept = {key: row[key] for key in _ROW}
    due_on = date.fromisoformat(row["due_on"])
    return {"handover_id": row["_id"], **kept, "due_on": due_on, "overdue": is_overdue(row, view.today)}


def shown_with_items(view: View, row: dict[str, Any]) -> dict[str, Any]:
    """Return a stored hand-over with its clusters; who asked is left out."""
    sessions = sessions_of(view, row["term_id"])
    clusters = view.rows(CLUSTERS).find({"handover_id": row["_id"]}, sort=(("_id", 1),))
    return {**shown(view, row), "items": [_shown_item(cluster, sessions) for cluster in clusters]}


def _shown_item(row: dict[str, Any], sessions: dict[str, dict[str, Any]]) -> dict[str, Any]:
    session = sessions.get(row["session_id"])
    answer = row["answer"] or {}
    texts = dict.fromkeys(member["text"] for member in row["members"])
    return {
        "cluster_id": row["_id"],
        "kind": row["kind"],
        "wording": row["wording"],
        "variants": [text for text in texts if text != row["wording"]],
        "asked": len(row["members"]),
        "session_id": row["session_id"],
        "session_title": title_of(sessions, row["session_id"]),
        "session_on": date.fromisoformat(session["on"]) if session else None,
        "outcome": answer.get("outcome"),
        "answer": answer.get("text"),
    }
