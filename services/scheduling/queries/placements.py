"""Placements and how far they are."""

from __future__ import annotations

from typing import Any

from services.scheduling.commands.placements import placement_reply
from services.scheduling.store import PLACEMENTS, PLANS
from shared.storage import View, exactly

Document = dict[str, Any]


def get_placement(view: View, request: dict[str, Any]) -> Document:
    """Return a placement with its progress or result."""
    return placement_reply(view.rows(PLACEMENTS).get(request["placement_id"]))


def list_placements(view: View, request: dict[str, Any]) -> Document:
    """Return one page of a plan's placements, newest first."""
    view.rows(PLANS).get(request["plan_id"])
    wanted = {"plan_id": exactly(request["plan_id"])}
    docs, cursor = view.rows(PLACEMENTS).page(wanted, request.get("cursor"), request["limit"], sort="-_id")
    return {"items": [placement_reply(doc) for doc in docs], "next_cursor": cursor}
