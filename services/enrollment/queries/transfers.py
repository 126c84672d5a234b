"""Reading transfers of places."""

from __future__ import annotations

from typing import Any

from services.enrollment.store import PLACE_TRANSFERS
from shared.storage import View

_SHOWN = (
    "term_id", "kind", "state", "from_unit_id", "to_unit_id", "places", "cause_code", "note", "consent_of",
    "asked_at", "asked_by", "decided_at", "decided_by", "decision_note", "version",
)  # fmt: skip


def shown_transfer(row: dict[str, Any]) -> dict[str, Any]:
    """Return a transfer as the contract shows it."""
    return {"transfer_id": row["_id"], **{key: row[key] for key in _SHOWN}}


def list_place_transfers(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List the transfers of a term that concern units within reach; either side counts."""
    rows = view.rows(PLACE_TRANSFERS)
    given = {key: request[key] for key in ("state", "kind") if request.get(key)}
    either = {"$or": [rows.reach("from_unit_id"), rows.reach("to_unit_id"), rows.reach("consent_of")]}
    reach = {} if view.caller.reaches_whole_city() else either
    condition = {"$and": [{"term_id": request["term_id"]}, given, reach]}
    found, cursor = rows.page(condition, request.get("cursor"), request["limit"])
    return {"items": [shown_transfer(row) for row in found], "next_cursor": cursor}
