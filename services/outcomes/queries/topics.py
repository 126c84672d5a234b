"""Reading topics."""

from __future__ import annotations

from typing import Any

from services.outcomes.queries.people import is_trainee, own_place
from services.outcomes.store.reports import TOPICS
from shared.security.caller import Role
from shared.storage import View

_SHOWN = ("term_id", "title", "description", "state", "reason", "places", "chosen", "version")


def list_topics(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List topics; a trainee gets those of their term that may be chosen, and their own."""
    conditions: list[dict[str, Any]] = [{name: request[name] for name in ("term_id", "state") if name in request}]
    if is_trainee(view):
        own = own_place(view)
        conditions.append({"term_id": own.term_id})
        conditions.append({"$or": [{"state": "approved"}, {"nomination_id": own.nomination_id}]})
    found, cursor = view.rows(TOPICS).page({"$and": conditions}, request.get("cursor"), request["limit"])
    return {"items": [shown(view, row) for row in found], "next_cursor": cursor}


def shown(view: View, row: dict[str, Any]) -> dict[str, Any]:
    """Return a stored topic; who proposed it is told to nobody else."""
    proposer = row["nomination_id"]
    return {
        "topic_id": row["_id"],
        **{key: row[key] for key in _SHOWN},
        "proposed_by": "trainee" if proposer else "organisers",
        "own": is_trainee(view) and view.caller.own_id(Role.TRAINEE) == proposer,
    }
