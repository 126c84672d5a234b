"""Reading who is engaged twice on a day."""

from __future__ import annotations

from typing import Any

from services.enrollment.domain.nomination import LIVE
from services.enrollment.store import NOMINATIONS, OVERLAPS, TERMS, term_facts
from shared.storage import View

_SHOWN = (
    "term_id", "nomination_id", "unit_id", "other_term_id", "other_nomination_id", "other_unit_id", "both_admitted",
    "found_at",
)  # fmt: skip


def list_overlaps(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List what concerns units within reach; either nomination counts."""
    rows = view.rows(OVERLAPS)
    given = {"term_id": request["term_id"]} if request.get("term_id") else {}
    either = {"$or": [rows.reach(), rows.reach("other_unit_id")]}
    reach: dict[str, Any] = {} if view.caller.reaches_whole_city() else either
    found, cursor = rows.page({"$and": [given, reach]}, request.get("cursor"), request["limit"])
    ids = {row[key] for row in found for key in ("nomination_id", "other_nomination_id")}
    nominations = {row["_id"]: row for row in view.rows(NOMINATIONS).find({"_id": {"$in": sorted(ids)}})}
    terms = {row["_id"]: row for row in view.rows(TERMS).find({"cancelled": False})}
    return {"items": [_shown(row, nominations, terms) for row in found], "next_cursor": cursor}


def _shown(row: dict[str, Any], nominations: dict[str, Any], terms: dict[str, Any]) -> dict[str, Any]:
    mine, other = nominations[row["nomination_id"]], nominations[row["other_nomination_id"]]
    both = [terms.get(each["term_id"]) for each in (mine, other)]
    standing = (
        {mine["state"], other["state"]} <= LIVE
        and both[0] is not None
        and both[1] is not None
        and term_facts(both[0]).overlaps(term_facts(both[1]))
    )
    return {"name": mine["name"], "standing": standing, **{key: row[key] for key in _SHOWN}}
