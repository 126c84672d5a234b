"""Reading contacts, masked, and the ladders of channels."""

from __future__ import annotations

from typing import Any

from services.notification.queries.letters import in_subtree
from services.notification.store import CONTACTS, LADDERS
from shared.storage import View

# What a city has before it sets anything: the channels that need its own configuration are skipped until they have it.
DEFAULT_LADDERS = {
    "unit": ["smtp", "sms_gateway", "fax_folder"],
    "office": ["smtp", "sms_gateway"],
    "lecturer": ["smtp", "sms_gateway"],
    "trainee": ["sms_gateway", "smtp"],
}


def list_contacts(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List contacts; a unit sees its own and those below it."""
    wanted = {"recipient_kind": request["kind"]} if "kind" in request else {}
    rows = view.rows(CONTACTS)
    narrowed = {"$and": [wanted, rows.reach(), in_subtree(request)]}
    items, cursor = rows.page(narrowed, request.get("cursor"), request["limit"])
    return {"items": [shown_contact(row) for row in items], "next_cursor": cursor}


def list_ladders(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List the default of each kind of recipient, and what was set."""
    rows = {row["_id"]: row for row in view.rows(LADDERS).find(sort=[("_id", 1)])}
    for kind, channels in DEFAULT_LADDERS.items():
        rows.setdefault(kind, {"_id": kind, "channels": channels, "version": 0})
    return {"items": [shown_ladder(rows[key]) for key in sorted(rows)]}


def ladders_of(view: View, recipients: list[str]) -> dict[str, list[str]]:
    """Return the channels of each recipient: its own, else those of its kind, else the default."""
    kinds = {recipient: recipient.partition(":")[0] for recipient in recipients}
    wanted = sorted({*recipients, *kinds.values()})
    rows = {row["_id"]: row["channels"] for row in view.rows(LADDERS).find({"_id": {"$in": wanted}})}
    return {each: rows.get(each) or rows.get(kind) or DEFAULT_LADDERS[kind] for each, kind in kinds.items()}


def shown_contact(row: dict[str, Any]) -> dict[str, Any]:
    """Return a stored contact as the contract shows it."""
    return {"recipient": row["_id"], "person": row["person_shown"], **row["shown"], "version": row["version"]}


def shown_ladder(row: dict[str, Any]) -> dict[str, Any]:
    """Return a stored ladder as the contract shows it."""
    return {"recipient": row["_id"], "channels": row["channels"], "version": row["version"]}
