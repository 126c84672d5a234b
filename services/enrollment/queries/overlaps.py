"""Reading who is engaged twice on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    pairs = Pairs(view, found)
    return {"items": [_shown(row, pairs) for row in found], "next_cursor": cursor}


def engaged_twice(view: View, nomination_ids: Sequence[str]) -> set[str]:
    """Return which of the nominations were found to overlap with another one and still do."""
    found = view.rows(OVERLAPS).find({"nomination_id": {"$in": list(nomination_ids)}})
    if not found:
        return set()
    pairs = Pairs(view, found)
    return {row["nomination_id"] for row in found if pairs.stands(row)}


class Pairs:
    """The nominations and terms that overlaps are about, as they are now."""

    def __init__(self, view: View, overlaps: Iterable[dict[str, Any]]) -> None:
        ids = {row[key] for row in overlaps for key in ("nomination_id", "other_nomination_id")}
        self.nominations = {row["_id"]: row for row in view.rows(NOMINATIONS).find({"_id": {"$in": sorted(ids)}})}
        held = {row["term_id"] for row in self.nominations.values()}
        terms = view.rows(TERMS).find({"_id": {"$in": sorted(held)}, "cancelled": False})
        self._terms = {row["_id"]: term_facts(row) for row in terms}

    def stands(self, overlap: dict[str, Any]) -> bool:
        """Return whether both still have their places in terms that still overlap."""
        both = [self.nominations[overlap[key]] for key in ("nomination_id", "other_nomination_id")]
        first, second = (self._terms.get(each["term_id"]) for each in both)
        seated = all(each["state"] in LIVE for each in both)
        return seated and first is not None and second is not None and first.overlaps(second)


def _shown(row: dict[str, Any], pairs: Pairs) -> dict[str, Any]:
    name = pairs.nominations[row["nomination_id"]]["name"]
    return {"name": name, "standing": pairs.stands(row), **{key: row[key] for key in _SHOWN}}
