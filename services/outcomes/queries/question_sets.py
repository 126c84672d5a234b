"""Reading question sets."""

from __future__ import annotations

from typing import Any

from services.outcomes.store.question_sets import QUESTION_SETS, from_row
from shared.storage import View, subtree


def list_question_sets(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List question sets of the units the caller reaches, without the texts; a unit brings those below it too."""
    rows = view.rows(QUESTION_SETS)
    wanted = {name: request[name] for name in ("term_id", "roster_complete") if name in request}
    below = subtree(request["unit_id"]) if "unit_id" in request else {}
    items, cursor = rows.page({"$and": [wanted, rows.reach(), below]}, request.get("cursor"), request["limit"])
    return {"items": [shown(row, with_items=False) for row in items], "next_cursor": cursor}


def get_question_set(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show one question set with its texts."""
    return shown(view.rows(QUESTION_SETS).get_within_reach(request["question_set_id"]), with_items=True)


def shown(row: dict[str, Any], *, with_items: bool) -> dict[str, Any]:
    """Return a stored question set as the contract shows it."""
    questions = from_row(row)
    summary = {
        "question_set_id": row["_id"],
        "term_id": questions.term_id,
        "unit_id": questions.unit_id,
        "questions": questions.count("question"),
        "cases": questions.count("case"),
        "roster_complete": row["roster_complete"],
        "version": row["version"],
    }
    return {**summary, "items": row["items"]} if with_items else summary
