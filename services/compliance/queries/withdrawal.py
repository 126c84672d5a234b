"""Reading cases of withdrawal."""

from __future__ import annotations

from typing import Any

from services.compliance.domain.withdrawal import CAUSES
from services.compliance.domain.wording import Sentence
from services.compliance.store.withdrawal import CASES
from shared.storage import View, subtree

_SHOWN = (
    "nomination_id", "term_id", "unit_id", "cause", "incident_id", "state", "reason", "source", "figures",
    "opened_at", "decided_at", "approver", "decision_reason", "version",
)  # fmt: skip


def shown_case(row: dict[str, Any]) -> dict[str, Any]:
    """Return a stored case as the contract shows it."""
    words = CAUSES.get(row["cause"], Sentence(row["cause"], row["cause"]))
    shown = {name: row[name] for name in _SHOWN}
    return {"case_id": row["_id"], **shown, "cause_words": words.plain(), "threshold": row["cause"] != "ordered"}


def list_withdrawal_cases(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List cases within reach, the latest first."""
    rows = view.rows(CASES)
    wanted = {name: request[name] for name in ("term_id", "state") if name in request}
    below = subtree(request["unit_id"]) if "unit_id" in request else {}
    narrowed = {"$and": [wanted, rows.reach(), below]}
    found, cursor = rows.page(narrowed, request.get("cursor"), request["limit"], sort="-_id")
    return {"items": [shown_case(row) for row in found], "next_cursor": cursor}


def get_withdrawal_case(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show one case."""
    return shown_case(view.rows(CASES).get_within_reach(request["case_id"]))
