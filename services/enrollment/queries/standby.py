"""Reading standby lists."""

from __future__ import annotations

from typing import Any

from services.enrollment.domain.standby import IN_LINE, Line
from services.enrollment.store import NOMINATIONS, REORDERINGS, STANDBY, TERMS, due_day
from shared.storage import View, subtree

_SHOWN = ("term_id", "unit_id", "line", "position", "state", "joined_at", "offered_at", "version")


def shown_entry(view: View, row: dict[str, Any]) -> dict[str, Any]:
    """Return somebody on standby as the contract shows them."""
    return _shown(row, view.rows(NOMINATIONS).get(row["_id"])["name"])


def list_standby(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show the lists of a term within reach, in the order seats are offered."""
    term_id: str = view.rows(TERMS).get(request["term_id"])["_id"]
    rows = view.rows(STANDBY)
    given: dict[str, Any] = {} if request["ended"] else {"state": {"$in": sorted(IN_LINE)}}
    given |= {"line": request["line"]} if request.get("line") else {}
    below = subtree(request["unit_id"]) if request.get("unit_id") else {}
    found = rows.find({"$and": [{"term_id": term_id}, given, below, rows.reach()]})
    found.sort(key=lambda row: (row["line"] == Line.CITY, row["unit_id"], row["position"], row["_id"]))
    names = {
        row["_id"]: row["name"]
        for row in view.rows(NOMINATIONS).find({"_id": {"$in": [row["_id"] for row in found]}}, fields=("_id", "name"))
    }
    moves = view.rows(REORDERINGS)
    changed = moves.find({"$and": [{"term_id": term_id}, below, moves.reach()]}, sort=(("_id", 1),))
    return {
        "term_id": term_id,
        "items": [_shown(row, names[row["_id"]]) for row in found],
        "reorderings": [
            {key: row[key] for key in ("unit_id", "before", "after", "reason", "by", "at")} for row in changed
        ],
    }


def _shown(row: dict[str, Any], name: str) -> dict[str, Any]:
    return {"nomination_id": row["_id"], "name": name, "due_on": due_day(row), **{key: row[key] for key in _SHOWN}}
