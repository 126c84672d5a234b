"""Reading evaluations: sums only, and only where enough people answered."""

from __future__ import annotations

from typing import Any

from services.outcomes.limits import policy_table
from services.outcomes.queries.clusters import sessions_of, title_of
from services.outcomes.queries.people import is_lecturer
from services.outcomes.store.evaluations import EVALUATIONS, tally_from
from services.outcomes.store.terms import TERMS
from shared.policies import Policies
from shared.security.caller import Role
from shared.storage import View


def get_session_evaluations(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show the sessions of a term; a lecturer's own."""
    term = view.rows(TERMS).get(request["term_id"])
    own = view.caller.own_id(Role.LECTURER) if is_lecturer(view) else None
    policies = policy_table().on(view.today)
    sessions = sessions_of(view, term["_id"])
    shown = [
        _shown(row, sessions, policies)
        for row in view.rows(EVALUATIONS).find({"term_id": term["_id"]}, sort=(("session_id", 1),))
    ]
    seen = [each for each in shown if own is None or each["lecturer_id"] == own]
    return {"term_id": term["_id"], "least": policies.number("evaluation.least_answers"), "sessions": seen}


def _shown(row: dict[str, Any], sessions: dict[str, dict[str, Any]], policies: Policies) -> dict[str, Any]:
    tally = tally_from(row)
    enough = tally.answers >= policies.number("evaluation.least_answers")
    criteria = [
        {
            "criterion": each["key"],
            "zh": each["zh"],
            "en": each["en"],
            "mean": tally.mean(each["key"]) if enough else None,
        }
        for each in policies["evaluation.criteria"].value
    ]
    return {
        "session_id": row["session_id"],
        "session_title": title_of(sessions, row["session_id"]),
        "lecturer_id": sessions.get(row["session_id"], {}).get("lecturer_id"),
        "answers": tally.answers,
        "shown": enough,
        "criteria": criteria,
        "comments": list(tally.comments) if enough else [],
    }
