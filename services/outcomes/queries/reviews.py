"""Reading reviews; a reviewer sees their own, and nothing that leads to an author."""

from __future__ import annotations

import base64
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

from services.outcomes.limits import policy_table, rubric_of
from services.outcomes.queries.people import is_lecturer
from services.outcomes.reportfiles.findings import MEDIA_TYPES
from services.outcomes.store.reports import PREPARATIONS, copy_of
from services.outcomes.store.reviews import PANELS, REVIEWS
from services.outcomes.store.terms import TERMS
from shared.errors import NotFound
from shared.security.caller import Role
from shared.storage import View


def get_review_panel(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show the reviewers of a term and what they have to do."""
    return shown_panel(view, view.rows(TERMS).get(request["term_id"])["_id"])


def list_reviews(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List reviews; a reviewer's own."""
    wanted: dict[str, Any] = {name: request[name] for name in ("term_id", "state") if name in request}
    if is_lecturer(view):
        wanted["lecturer_id"] = view.caller.own_id(Role.LECTURER)
    elif "report_id" in request:
        wanted["report_id"] = request["report_id"]
    found, cursor = view.rows(REVIEWS).page(wanted, request.get("cursor"), request["limit"])
    return {"items": [shown(view, row) for row in found], "next_cursor": cursor}


def get_review(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show a review with its rubric."""
    return shown_whole(view, own_review(view, request["review_id"]))


def get_review_file(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Return the copy without its author; its name says nothing either."""
    row = own_review(view, request["review_id"])
    prepared = view.rows(PREPARATIONS).get(row["report_id"])
    content = copy_of(view, row["report_id"], f"{prepared['number']}/blind", "盲审 / blind review")
    kind = prepared["blind_kind"]
    return {
        "filename": f"{row['_id']}.{kind}",
        "media_type": MEDIA_TYPES[kind],
        "content": base64.b64encode(content).decode(),
    }


def own_review(view: View, review_id: str) -> dict[str, Any]:
    """Return a review the caller may see. Raises ``NotFound``, also for that of another reviewer."""
    row = view.rows(REVIEWS).get(review_id)
    if is_lecturer(view) and view.caller.own_id(Role.LECTURER) != row["lecturer_id"]:
        raise NotFound(
            f"没有编号为“{review_id}”的评审，请核对编号",
            f"there is no review {review_id!r}; check the identifier",
            id=review_id,
        )
    return row


def shown_panel(view: View, term_id: str) -> dict[str, Any]:
    """Return the panel of a term, empty before it is set."""
    row = view.rows(PANELS).one({"_id": term_id})
    counted = Counter((each["lecturer_id"], each["state"]) for each in view.rows(REVIEWS).find({"term_id": term_id}))
    members = [
        {**seat, "open": counted[seat["lecturer_id"], "open"], "returned": counted[seat["lecturer_id"], "returned"]}
        for seat in (row["members"] if row else [])
    ]
    return {"term_id": term_id, "members": members}


def shown(view: View, row: dict[str, Any]) -> dict[str, Any]:
    """Return a stored review as a list shows it."""
    due_on = date.fromisoformat(row["due_on"])
    return {
        "review_id": row["_id"],
        "report_id": None if is_lecturer(view) else row["report_id"],
        **{key: row[key] for key in ("term_id", "lecturer_id", "title", "state", "version")},
        "due_on": due_on,
        "overdue": row["state"] == "open" and due_on < view.today,
        "total": None if row["total"] is None else Decimal(row["total"]),
    }


def shown_whole(view: View, row: dict[str, Any]) -> dict[str, Any]:
    """Return a stored review with the rubric."""
    criteria = [
        {
            "criterion": each.key,
            "zh": each.zh,
            "en": each.en,
            "weight": each.weight,
            "score": row["scores"].get(each.key),
        }
        for each in rubric_of(policy_table().on(view.today)).criteria
    ]
    return {**shown(view, row), "topic": row["topic"], "criteria": criteria, "comment": row["comment"]}
