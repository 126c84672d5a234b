"""Versions of a plan's placed year: each says which terms lie elsewhere than in the one before; it never changes.

``amended`` are terms that lie where they lay but concern others; versions written before it was kept have none.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from services.scheduling.store.shapes import ARRAY, COUNT, INSTANT, TEXT, TEXT_OR_NULL, shape
from shared.storage import Collection, Index

YEAR_VERSIONS = Collection(
    "year_versions",
    indexes=(Index((("plan_id", 1), ("number", 1)), unique=True),),
    validator=shape(
        plan_id=TEXT,
        number=COUNT,
        terms=ARRAY,
        placed=COUNT,
        changed_at=INSTANT,
        changed_by=TEXT,
        reason=TEXT_OR_NULL,
    ),
)
_PLACE = ("starts_on", "ends_on", "reports_on", "campus_id", "room_id", "delivery")
_LIES = (
    "starts_on", "ends_on", "reports_on", "room_id", "room_title", "campus_id", "campus_title",
)  # fmt: skip


def year_row(doc: dict[str, Any]) -> dict[str, Any]:
    """Return what a version keeps of a term document."""
    lies = {name: doc[name] for name in _LIES} | {"delivery": doc.get("delivery", "campus")}
    return {
        "term_id": doc["_id"],
        "programme_id": doc["programme_id"],
        "programme_ordinal": doc["programme_ordinal"],
        "ordinal": doc["ordinal"],
        "title": doc["programme_title"],
        "days": doc["days"],
        "trainees": doc["capacity"],
        "shares": [
            {name: each[name] for name in ("unit_id", "people")} for each in doc.get("shares", ()) if each["people"]
        ],
        "lecturer_ids": list(dict.fromkeys(each["lecturer_id"] for each in doc.get("lecturers", ()))),
        "lies": lies if doc["state"] == "placed" else None,
    }


def year_rows(versions: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the year after these versions, in order: the last row of each term."""
    return {row["term_id"]: row for each in versions for row in (*each["terms"], *each.get("amended", ()))}


def concern_of_row(row: dict[str, Any]) -> dict[str, Any]:
    """Return what a row says of its term but for the place: its name, its people, their units and lecturers."""
    return {name: value for name, value in row.items() if name != "lies"}


def place_of_row(row: dict[str, Any] | None) -> tuple[Any, ...] | None:
    """Return where a row says its term lies, but for the names: another name of a place is no other place."""
    lies = row["lies"] if row is not None else None
    return tuple(lies[name] for name in _PLACE) if lies is not None else None
