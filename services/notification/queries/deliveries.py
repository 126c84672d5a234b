"""Reading the delivery ledger, the channels of recipients and the issuers."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from services.notification.queries.letters import in_subtree
from services.notification.store import DELIVERIES, ISSUERS, PREFERENCES
from shared.storage import View

DEFAULT_CHANNELS = [{"channel": "outbox_folder", "address": None}]
_DEFAULT_ISSUERS = Path(__file__).parents[1] / "issuers.json"


def list_deliveries(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List deliveries of the units the caller reaches."""
    wanted = {name: request[name] for name in ("letter_id", "term_id", "channel", "state") if name in request}
    narrowed = {"$and": [wanted, view.rows(DELIVERIES).reach(), in_subtree(request)]}
    items, cursor = view.rows(DELIVERIES).page(narrowed, request.get("cursor"), request["limit"])
    return {"items": [shown(row) for row in items], "next_cursor": cursor}


def list_channel_preferences(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List the defaults and what was set."""
    rows = {row["_id"]: row for row in view.rows(PREFERENCES).find(sort=[("_id", 1)])}
    for kind in ("trainee", "unit"):
        rows.setdefault(kind, {"_id": kind, "channels": DEFAULT_CHANNELS, "version": 0})
    return {"items": [shown_preference(rows[key]) for key in sorted(rows)]}


def list_issuers(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List who issues each kind of letter."""
    return {"items": [shown_issuer(row) for row in issuer_rows(view).values()]}


def channels_of(view: View, unit_id: str) -> dict[str, list[dict[str, Any]]]:
    """Return the channels of a unit and of its trainees: those of the unit itself, else of the kind, else the default.

    The keys are the kinds of recipients, ``unit`` and ``trainee``.
    """
    choices = {"unit": (f"unit:{unit_id}", "unit"), "trainee": ("trainee",)}
    keys = [key for each in choices.values() for key in each]
    rows = {row["_id"]: row["channels"] for row in view.rows(PREFERENCES).find({"_id": {"$in": keys}})}
    return {kind: next((rows[key] for key in each if key in rows), DEFAULT_CHANNELS) for kind, each in choices.items()}


def issuer_rows(view: View) -> dict[str, dict[str, Any]]:
    """Return who issues each kind of letter: what was set, else the default of the box."""
    found = {row["_id"]: row for row in view.rows(ISSUERS).find()}
    return {kind: found.get(kind) or {"_id": kind, "version": 0, **row} for kind, row in default_issuers().items()}


@lru_cache(maxsize=1)
def default_issuers() -> dict[str, dict[str, Any]]:
    """Return the issuers of the sample city, by kind."""
    rows = json.loads(_DEFAULT_ISSUERS.read_text(encoding="utf-8"))
    return {row["kind"]: {name: value for name, value in row.items() if name != "kind"} for row in rows}


def shown(row: dict[str, Any]) -> dict[str, Any]:
    """Return a stored delivery as the contract shows it."""
    names = (
        "letter_id kind number term_id unit_id recipient_kind recipient channel address state attempts retry_at "
        "reason receipt delivered_at version"
    )
    return {"delivery_id": row["_id"], **{name: row[name] for name in names.split()}}


def shown_preference(row: dict[str, Any]) -> dict[str, Any]:
    """Return stored channels as the contract shows them; secrets stay sealed."""
    channels = [{**choice, "signed": choice.get("signed", False)} for choice in row["channels"]]
    return {"recipient": row["_id"], "channels": channels, "version": row["version"]}


def shown_issuer(row: dict[str, Any]) -> dict[str, Any]:
    """Return a stored issuer as the contract shows it."""
    names = ("name", "signature", "series", "document", "contact", "version")
    return {"kind": row["_id"], "sign_off": row.get("sign_off", False), **{name: row[name] for name in names}}
