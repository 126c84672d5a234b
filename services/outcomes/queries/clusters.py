"""Reading clusters of questions and how far a term's questions are covered."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from services.outcomes.store.clusters import BOARDS, CLUSTERS, HANDOVERS
from services.outcomes.store.question_sets import QUESTION_SETS
from services.outcomes.store.terms import TERMS, TIMETABLES
from shared.storage import View

_ROW = (
    "term_id", "kind", "wording", "by_person", "session_id", "session_by", "likeness", "shared", "lecturer_id",
    "handover_id", "state", "version",
)  # fmt: skip
_GONE = "已调整的课次"


def list_question_clusters(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List the clusters of a term."""
    wanted: dict[str, Any] = {name: request[name] for name in ("term_id", "state", "session_id") if name in request}
    found, cursor = view.rows(CLUSTERS).page(wanted, request.get("cursor"), request["limit"])
    sessions = sessions_of(view, request["term_id"])
    return {"items": [shown(row, sessions) for row in found], "next_cursor": cursor}


def get_question_cluster(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show a cluster with its questions."""
    return shown_with_members(view, view.rows(CLUSTERS).get(request["cluster_id"]))


def get_question_coverage(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Count what became of a term's questions."""
    term = view.rows(TERMS).get(request["term_id"])
    return coverage(view, term["_id"])


def sessions_of(view: View, term_id: str) -> dict[str, dict[str, Any]]:
    """Return the sessions of a term's present timetable by identifier; none while it has not been issued."""
    timetable = view.rows(TIMETABLES).one({"_id": term_id})
    return {session["session_id"]: session for session in timetable["sessions"]} if timetable else {}


def title_of(sessions: dict[str, dict[str, Any]], session_id: str) -> str:
    """Return a session's title, also of one that the present timetable does not have any more."""
    title: str = sessions[session_id]["title"] if session_id in sessions else _GONE
    return title


def shown(row: dict[str, Any], sessions: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return a stored cluster as a list shows it."""
    answer = row["answer"] or {}
    return {
        "cluster_id": row["_id"],
        **{key: row[key] for key in _ROW},
        "questions": len(row["members"]),
        "units": len({member["unit_id"] for member in row["members"]}),
        "session_title": sessions.get(row["session_id"] or "", {}).get("title"),
        "answer": answer.get("text"),
        "answered_at": answer.get("given_at"),
    }


def shown_with_members(view: View, row: dict[str, Any]) -> dict[str, Any]:
    """Return a stored cluster with its questions."""
    return {**shown(row, sessions_of(view, row["term_id"])), "members": row["members"]}


def coverage(view: View, term_id: str) -> dict[str, Any]:
    """Return the figures of a term, by question."""
    board = view.rows(BOARDS).one({"_id": term_id})
    clusters = view.rows(CLUSTERS).find({"term_id": term_id})
    items = [item for row in view.rows(QUESTION_SETS).find({"term_id": term_id}) for item in row["items"]]
    states = Counter[str]()
    for row in clusters:
        states[row["state"]] += len(row["members"])
    counted = ("unmatched", "waiting", "handed_over", "answered", "used", "not_covered")
    return {
        "term_id": term_id,
        "released": bool(board and board["released_at"]),
        "filed": len(items),
        "pending": sum(not item["screened"] for item in items),
        "withheld": sum(item["withheld"] for item in items),
        "clusters": len(clusters),
        **{state: states[state] for state in counted},
        "receipts_overdue": sum(is_overdue(row, view.today) for row in view.rows(HANDOVERS).find({"term_id": term_id})),
        "sessions": _by_session(clusters, sessions_of(view, term_id)),
    }


def is_overdue(handover: dict[str, Any], today: date) -> bool:
    """Return whether a hand-over should have been receipted by now; its last day is still in time."""
    return handover["state"] == "open" and date.fromisoformat(handover["due_on"]) < today


def _by_session(clusters: list[dict[str, Any]], sessions: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    counted: dict[str, Counter[str]] = {}
    for row in clusters:
        if row["session_id"]:
            counted.setdefault(row["session_id"], Counter())[row["state"]] += len(row["members"])
    return [
        {
            "session_id": session_id,
            "session_title": title_of(sessions, session_id),
            "lecturer_id": sessions.get(session_id, {}).get("lecturer_id"),
            "questions": sum(states.values()),
            **{state: states[state] for state in ("handed_over", "answered", "used", "not_covered")},
        }
        for session_id, states in sorted(counted.items())
    ]
