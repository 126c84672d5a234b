"""Reading which records may be of one person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from services.enrollment.store import NOMINATIONS, PERSON_MATCHES
from shared.storage import View

_SHOWN = ("kind", "state", "score", "reasons", "found_at", "decision", "version")
_SIDE = ("term_id", "unit_id", "name", "sex", "post", "rank", "workplace", "phone_masked", "state")


def list_person_matches(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List the questions of a state, in the order of their identifiers."""
    rows = view.rows(PERSON_MATCHES)
    found, cursor = rows.page({"state": request["state"]}, request.get("cursor"), request["limit"])
    return {"items": shown_matches(view, found), "next_cursor": cursor}


def get_person_match(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show one question."""
    [shown] = shown_matches(view, [view.rows(PERSON_MATCHES).get(request["match_id"])])
    return shown


def shown_matches(view: View, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return questions as the contract shows them, with both records."""
    matches = list(rows)
    ids = sorted({each for match in matches for each in match["nomination_ids"]})
    nominations = {row["_id"]: row for row in view.rows(NOMINATIONS).find({"_id": {"$in": ids}})} if ids else {}
    return [
        {
            "match_id": match["_id"],
            **{key: match[key] for key in _SHOWN},
            "sides": [
                _side(person_id, nominations[nomination_id])
                for person_id, nomination_id in zip(match["person_ids"], match["nomination_ids"], strict=True)
            ],
        }
        for match in matches
    ]


def _side(person_id: str, row: dict[str, Any]) -> dict[str, Any]:
    shown = {"person_id": person_id, "nomination_id": row["_id"], "born_on": date.fromisoformat(row["born_on"])}
    return shown | {key: row[key] for key in _SIDE}
