"""Reading replacements, their proof and their deadline."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.enrollment.commands.deadlines import replacement_deadline
from services.enrollment.commands.proofs import stored_proof
from services.enrollment.domain.replacement import is_late
from services.enrollment.limits import policy_table
from services.enrollment.store import NOMINATIONS, REPLACEMENTS, TERMS
from shared.city_calendar import calendar_of
from shared.storage import View, subtree

_SHOWN = (
    "term_id", "unit_id", "old_nomination_id", "new_nomination_id", "new_person", "reason_code", "reason", "state",
    "day_kind", "late", "requested_at", "requested_by", "signer", "signer_post", "proof_filename", "verdicts",
    "decision", "refusal", "version",
)  # fmt: skip


def shown_replacement(view: View, row: dict[str, Any]) -> dict[str, Any]:
    """Return a replacement as the contract shows it."""
    return _shown(row, {row["old_nomination_id"]: view.rows(NOMINATIONS).get(row["old_nomination_id"])["name"]})


def get_replacement(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show one replacement."""
    return shown_replacement(view, view.rows(REPLACEMENTS).get_within_reach(request["replacement_id"]))


def list_replacements(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List replacements within reach; a unit brings those below it too."""
    rows = view.rows(REPLACEMENTS)
    given = {key: request[key] for key in ("term_id", "state", "late") if key in request}
    below = subtree(request["unit_id"]) if request.get("unit_id") else {}
    found, cursor = rows.page({"$and": [rows.reach(), given, below]}, request.get("cursor"), request["limit"])
    olds = [row["old_nomination_id"] for row in found]
    names = {
        row["_id"]: row["name"]
        for row in view.rows(NOMINATIONS).find({"_id": {"$in": sorted(set(olds))}}, fields=("_id", "name"))
    }
    return {"items": [_shown(row, names) for row in found], "next_cursor": cursor}


def get_replacement_proof(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Return the proof file."""
    return stored_proof(view, view.rows(REPLACEMENTS).get_within_reach(request["replacement_id"]))


def get_replacement_deadline(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show until when a replacement of a term is in time."""
    term = view.rows(TERMS).get(request["term_id"])
    deadline = replacement_deadline(term, policy_table().on(view.today), calendar_of(view))
    return {
        "term_id": term["_id"],
        "starts_on": date.fromisoformat(term["starts_on"]),
        "notice_days": deadline.notice_days,
        "day_kind": deadline.day_kind,
        "deadline_on": deadline.on,
        "in_time": not is_late(view.today, deadline.on),
        "source": deadline.source,
    }


def _shown(row: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    return {
        "replacement_id": row["_id"],
        "old_name": names[row["old_nomination_id"]],
        "deadline_on": date.fromisoformat(row["deadline_on"]),
        **{key: row[key] for key in _SHOWN},
    }
