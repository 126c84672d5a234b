"""Reading acknowledgements."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from services.notification.domain.acknowledgement import Acknowledgement
from services.notification.queries.letters import in_subtree
from services.notification.store import LETTERS
from shared.storage import View


def list_acknowledgements(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Count the acknowledgements of a term by unit; only letters that are out and still hold count."""
    holds = {"term_id": request["term_id"], "state": "issued", "superseded_by": None}
    rows = view.rows(LETTERS).find({"$and": [holds, view.rows(LETTERS).reach(), in_subtree(request)]})
    units: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row.get("acknowledgement"):
            units[row["unit_id"]].append(row)
    return {"term_id": request["term_id"], "items": [_counted(unit, units[unit]) for unit in sorted(units)]}


def _counted(unit_id: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    known = [Acknowledgement.of_row(row["acknowledgement"]) for row in rows]
    counts = {state: sum(each.state == state for each in known) for state in ("awaited", "overdue", "received")}
    open_days: list[date] = [each.due_on for each in known if each.outstanding]
    return {
        "unit_id": unit_id,
        "unit_title": rows[0]["unit_title"],
        "due_on": min(open_days, default=None),
        **counts,
        "late": sum(each.late for each in known),
    }
