"""What a trainee sees of themselves, and the limits everybody is judged by."""

from __future__ import annotations

from typing import Any

from services.compliance.limits import policy_table
from services.compliance.queries.attendance import attendance_of
from services.compliance.queries.incident import shown_incident
from services.compliance.store.completion import COMPLETIONS
from services.compliance.store.incident import INCIDENTS
from services.compliance.store.term import TERMS
from services.compliance.store.trainee import TRAINEES
from shared.security.caller import Role
from shared.storage import View


def get_my_standing(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show where one stands in one's own term."""
    trainee = view.rows(TRAINEES).get(view.caller.own_id(Role.TRAINEE))
    term = view.rows(TERMS).one({"_id": trainee["term_id"]}) or {}
    files = view.rows(INCIDENTS).find({"term_id": trainee["term_id"], "nomination_id": trainee["_id"]})
    completion = view.rows(COMPLETIONS).one({"_id": trainee["_id"], "confirmed": True})
    return {
        "nomination_id": trainee["_id"],
        "term_id": trainee["term_id"],
        "programme_title": term.get("programme_title"),
        "state": trainee["state"],
        "checked_in_at": trainee["checked_in_at"],
        "attendance": attendance_of(view, trainee["term_id"], [trainee])[0],
        "incidents": [shown_incident(view, row) for row in files],
        "report_grade": trainee["report_grade"],
        "completion": completion and completion["outcome"],
    }


def list_compliance_limits(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List every limit with its dates, its source and whether that was verified."""
    fields = ("key", "value", "effective_from", "effective_to", "source", "basis")
    return {"items": [{name: getattr(row, name) for name in fields} for row in policy_table().rows()]}
