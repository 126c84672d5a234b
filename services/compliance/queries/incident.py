"""Reading incident files and objections; their words are opened one at a time, audited."""

from __future__ import annotations

from typing import Any

from services.compliance.domain.incident import Ladder
from services.compliance.limits import policy_table
from services.compliance.store.incident import INCIDENTS, OBJECTIONS
from shared.storage import View, subtree

_SHOWN = (
    "nomination_id", "term_id", "unit_id", "kind", "occurred_on", "state", "opened_at", "opened_by", "dismissed_for",
    "version",
)  # fmt: skip
_OBJECTION = (
    "incident_id", "nomination_id", "term_id", "unit_id", "step", "state", "filed_at", "approver", "answer",
    "decided_at", "version",
)  # fmt: skip


def ladder_now(view: View) -> Ladder:
    """Return the ladder of sanctions in force."""
    policies = policy_table().on(view.today)
    return Ladder.of(policies["conduct.ladder"].value, policies["conduct.kinds"].value)


def shown_incident(view: View, row: dict[str, Any]) -> dict[str, Any]:
    """Return a stored file as the contract shows it."""
    policy = policy_table().on(view.today)["conduct.kinds"]
    kind = next((each for each in policy.value if each["kind"] == row["kind"]), None)
    ladder = ladder_now(view)
    words = {rung.step: rung.words.plain() for rung in ladder.rungs}
    unknown = {"zh": row["kind"], "en": row["kind"]}
    return {
        "incident_id": row["_id"],
        **{name: row[name] for name in _SHOWN},
        "kind_words": unknown if kind is None else {"zh": kind["zh"], "en": kind["en"]},
        "sanctions": [
            {**each, "words": words.get(each["step"], {"zh": each["step"], "en": each["step"]})}
            for each in row["sanctions"]
        ],
        "may_follow": list(ladder.kinds.get(row["kind"], ())),
        "source": policy.source,
    }


def shown_objection(row: dict[str, Any]) -> dict[str, Any]:
    """Return a stored objection as the contract shows it."""
    return {"objection_id": row["_id"], **{name: row[name] for name in _OBJECTION}}


def list_incidents(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List files within reach, the latest first."""
    rows = view.rows(INCIDENTS)
    wanted = {name: request[name] for name in ("term_id", "nomination_id", "state") if name in request}
    below = subtree(request["unit_id"]) if "unit_id" in request else {}
    narrowed = {"$and": [wanted, rows.reach(), below]}
    found, cursor = rows.page(narrowed, request.get("cursor"), request["limit"], sort="-_id")
    return {"items": [shown_incident(view, row) for row in found], "next_cursor": cursor}


def get_incident(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show one file."""
    return shown_incident(view, view.rows(INCIDENTS).get_within_reach(request["incident_id"]))


def get_narrative(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show what happened; the view is audited."""
    row = view.rows(INCIDENTS).get(request["incident_id"])
    words = view.rows(INCIDENTS).unseal(row, "narrative", "核查违纪情况 / examining an incident")
    return {"incident_id": row["_id"], "narrative": words}


def list_objections(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List objections within reach, the latest first."""
    rows = view.rows(OBJECTIONS)
    wanted = {name: request[name] for name in ("term_id", "state") if name in request}
    narrowed = {"$and": [wanted, rows.reach()]}
    found, cursor = rows.page(narrowed, request.get("cursor"), request["limit"], sort="-_id")
    return {"items": [shown_objection(row) for row in found], "next_cursor": cursor}


def get_objection_text(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show an objection's words; the view is audited."""
    row = view.rows(OBJECTIONS).get(request["objection_id"])
    words = view.rows(OBJECTIONS).unseal(row, "objection", "答复内部异议 / answering an objection")
    return {"objection_id": row["_id"], "objection": words}
