"""Reading units and quotas."""

from __future__ import annotations

from typing import Any

from services.enrollment.domain.nomination import LIVE
from services.enrollment.domain.organisation import lies_in
from services.enrollment.store import NOMINATIONS, SEATS, UNITS, release_day, seats_from
from shared.storage import View, subtree


def shown_unit(row: dict[str, Any]) -> dict[str, Any]:
    """Return a unit as the contract shows it."""
    return {key: row[key] for key in ("unit_id", "parent_id", "title", "kind", "credit_code", "contact", "version")}


def list_units(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List units within reach, of one subtree when it is given."""
    rows = view.rows(UNITS)
    conditions: list[dict[str, Any]] = [rows.reach()]
    if request.get("under"):
        conditions.append(subtree(request["under"]))
    if request.get("kind"):
        conditions.append({"kind": request["kind"]})
    found, cursor = rows.page({"$and": conditions}, request.get("cursor"), request["limit"])
    return {"items": [shown_unit(row) for row in found], "next_cursor": cursor}


def get_unit(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show one unit."""
    return shown_unit(view.rows(UNITS).get_within_reach(request["unit_id"]))


def list_quotas(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show the places of a term and their use."""
    return shown_quotas(view, view.rows(SEATS).get(request["term_id"]))


def shown_quotas(view: View, row: dict[str, Any]) -> dict[str, Any]:
    """Return the quotas of a term as the contract shows them; a unit sees its own and those below."""
    seats = seats_from(row)
    titles = titles_of(view, [item.unit_id for item in seats.allotments])
    nominated = nominated_by_unit(view, [seats.term_id]).get(seats.term_id, {})
    return {
        "term_id": seats.term_id,
        "capacity": seats.capacity,
        "allotted": seats.capacity - seats.unallotted,
        "admitted": seats.admitted,
        "pool": seats.pool,
        "release_on": release_day(row),
        "items": [
            {
                "unit_id": item.unit_id,
                "unit_title": titles.get(item.unit_id),
                "places": item.places,
                "nominated": sum(count for unit, count in nominated.items() if lies_in(unit, item.unit_id)),
                "admitted": item.admitted,
                "held": seats.held_in(item.unit_id),
                "free": max(0, seats.free_in(item.unit_id)),
            }
            for item in seats.allotments
            if view.caller.reaches(item.unit_id)
        ],
        "version": row["version"],
    }


def titles_of(view: View, unit_ids: list[str]) -> dict[str, str]:
    """Return the titles of units by id, in one look-up."""
    found = view.rows(UNITS).find({"_id": {"$in": sorted(set(unit_ids))}}, fields=("_id", "title"))
    return {row["_id"]: row["title"] for row in found}


def nominated_by_unit(view: View, term_ids: list[str]) -> dict[str, dict[str, int]]:
    """Return how many nominations of each unit still count, by term and unit."""
    groups = view.rows(NOMINATIONS).aggregate(
        [
            {"$match": {"term_id": {"$in": term_ids}, "state": {"$in": sorted(LIVE)}}},
            {"$group": {"_id": {"term": "$term_id", "unit": "$unit_id"}, "count": {"$sum": 1}}},
        ]
    )
    counts: dict[str, dict[str, int]] = {}
    for group in groups:
        counts.setdefault(group["_id"]["term"], {})[group["_id"]["unit"]] = group["count"]
    return counts
