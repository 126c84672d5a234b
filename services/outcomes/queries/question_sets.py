"""Reading question sets."""

from __future__ import annotations

from typing import Any

from services.outcomes.store.clusters import CLUSTERS
from services.outcomes.store.question_sets import QUESTION_SETS, from_row
from shared.storage import View, subtree

_Fate = dict[str, Any]


def list_question_sets(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List question sets of the units the caller reaches, without the texts; a unit brings those below it too."""
    rows = view.rows(QUESTION_SETS)
    wanted = {name: request[name] for name in ("term_id", "roster_complete") if name in request}
    below = subtree(request["unit_id"]) if "unit_id" in request else {}
    items, cursor = rows.page({"$and": [wanted, rows.reach(), below]}, request.get("cursor"), request["limit"])
    return {"items": [shown(row) for row in items], "next_cursor": cursor}


def get_question_set(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show one question set with its texts and what became of each."""
    return shown_with_items(view, view.rows(QUESTION_SETS).get_within_reach(request["question_set_id"]))


def shown(row: dict[str, Any]) -> dict[str, Any]:
    """Return a stored question set as a list shows it."""
    questions = from_row(row)
    return {
        "question_set_id": row["_id"],
        "term_id": questions.term_id,
        "unit_id": questions.unit_id,
        "questions": questions.count("question"),
        "cases": questions.count("case"),
        "roster_complete": row["roster_complete"],
        "version": row["version"],
    }


def shown_with_items(view: View, row: dict[str, Any]) -> dict[str, Any]:
    """Return a stored question set with its questions and their fate."""
    fates = _fates(view, row)
    return {**shown(row), "items": [{**item, **fates.get(item["question_id"], _fate(item))} for item in row["items"]]}


def _fates(view: View, row: dict[str, Any]) -> dict[str, _Fate]:
    found: dict[str, _Fate] = {}
    for cluster in view.rows(CLUSTERS).find({"term_id": row["term_id"]}, fields=("members", "state", "answer")):
        answer = cluster["answer"] or {}
        fate = {"state": cluster["state"], "answer": answer.get("text"), "answered_at": answer.get("given_at")}
        found |= {member["question_id"]: fate for member in cluster["members"] if member["unit_id"] == row["unit_id"]}
    return found


def _fate(item: dict[str, Any]) -> _Fate:
    open_state = "unmatched" if item["screened"] else "pending"
    return {"state": "withheld" if item["withheld"] else open_state, "answer": None, "answered_at": None}
