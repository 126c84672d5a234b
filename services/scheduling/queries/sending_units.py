"""The register of units that send people."""

from __future__ import annotations

from typing import Any

from services.scheduling.store import SENDING_UNITS
from shared.storage import View

Document = dict[str, Any]


def get_sending_unit(view: View, request: Document) -> Document:
    """Return a unit."""
    return unit_reply(view.rows(SENDING_UNITS).get(request["unit_id"]))


def list_sending_units(view: View, request: Document) -> Document:
    """Return one page of units."""
    docs, cursor = view.rows(SENDING_UNITS).page(None, request.get("cursor"), request["limit"])
    return {"items": [unit_reply(doc) for doc in docs], "next_cursor": cursor}


def unit_reply(doc: Document) -> Document:
    """Return a unit document as the reply of an operation."""
    return {**doc, "unit_id": doc["_id"]}
