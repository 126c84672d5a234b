"""Reading briefings."""

from __future__ import annotations

from typing import Any

from services.compliance.store.briefing import BRIEFINGS, from_row
from services.compliance.store.term import TERMS
from shared.storage import View, subtree


def list_briefings(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List briefings of the units the caller reaches; a unit brings those below it too."""
    wanted = {name: request[name] for name in ("term_id", "state") if name in request}
    below = subtree(request["unit_id"]) if "unit_id" in request else {}
    narrowed = {"$and": [wanted, view.rows(BRIEFINGS).reach(), below]}
    items, cursor = view.rows(BRIEFINGS).page(narrowed, request.get("cursor"), request["limit"])
    return {"items": [shown(view, row) for row in items], "next_cursor": cursor}


def get_briefing(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show one briefing."""
    return shown(view, view.rows(BRIEFINGS).get_within_reach(request["briefing_id"]))


def shown(view: View, row: dict[str, Any]) -> dict[str, Any]:
    """Return a stored briefing as the contract shows it."""
    briefing = from_row(row)
    term = view.rows(TERMS).one({"_id": briefing.term_id}) or {}
    return {
        "briefing_id": row["_id"],
        "term_id": briefing.term_id,
        "unit_id": briefing.unit_id,
        "programme_title": term.get("programme_title"),
        "term_ordinal": term.get("term_ordinal"),
        "starts_on": briefing.starts_on,
        "due_on": briefing.due_on,
        "trainees": len(briefing.to_brief),
        "briefed": len(briefing.briefed),
        "state": briefing.state,
        "acknowledged_by": briefing.acknowledged_by,
        "acknowledged_at": briefing.acknowledged_at,
        "late": briefing.late,
        "version": row["version"],
    }
