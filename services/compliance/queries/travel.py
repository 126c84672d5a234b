"""Reading travel batches: a caller sees those with people of their own units, and of each only these."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.compliance.store.travel import BATCHES
from shared.errors import NotFound
from shared.storage import View, subtree

_SHOWN = (
    "term_id", "unit_id", "leg", "alone", "reason", "assembly_place", "vehicle", "departs_at", "arrives_by",
    "alarm_at", "cancelled", "cancelled_for", "version",
)  # fmt: skip


def shown_batch(
    view: View, row: dict[str, Any], left_out: Sequence[dict[str, Any]] = (), *, whole: bool = False
) -> dict[str, Any]:
    """Return a stored batch with the people within reach; ``whole`` for somebody who sees their own batch of one."""
    people = [each for each in row["passengers"] if whole or view.caller.reaches(each["unit_id"])]
    shown = {name: row[name] for name in _SHOWN}
    return {"batch_id": row["_id"], **shown, "passengers": people, "left_out": list(left_out)}


def reached_batch(view: View, batch_id: str) -> dict[str, Any]:
    """Return a batch that has people within reach. Raises ``NotFound`` for any other, telling nothing."""
    row = view.rows(BATCHES).get(batch_id)
    if not any(view.caller.reaches(unit_id) for unit_id in row["unit_ids"]):
        raise NotFound(f"没有批次 {batch_id}，请核对编号", f"there is no batch {batch_id!r}", id=batch_id)
    return row


def get_travel_batch(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show one batch."""
    return shown_batch(view, reached_batch(view, request["batch_id"]))


def list_travel(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List batches within reach, the latest first."""
    rows = view.rows(BATCHES)
    wanted: dict[str, Any] = {name: request[name] for name in ("term_id", "leg") if name in request}
    if request["missing"]:
        wanted["missing"] = True
    below = subtree(request["unit_id"], "unit_ids") if "unit_id" in request else {}
    narrowed = {"$and": [wanted, rows.reach("unit_ids"), below]}
    found, cursor = rows.page(narrowed, request.get("cursor"), request["limit"], sort="-_id")
    return {"items": [shown_batch(view, row) for row in found], "next_cursor": cursor}
