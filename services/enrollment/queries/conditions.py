"""Reading conditions and the table of ranks."""

from __future__ import annotations

from typing import Any

from services.enrollment.limits import policy_table
from services.enrollment.store import CONDITIONS, closing_day
from shared.storage import View

_SHOWN = ("scope", "lowest", "highest", "posts", "head_cap", "source", "set_by", "set_at", "version")


def shown_conditions(row: dict[str, Any]) -> dict[str, Any]:
    """Return conditions as the contract shows them."""
    return {"scope_id": row["_id"], "nominations_close_on": closing_day(row), **{key: row[key] for key in _SHOWN}}


def get_conditions(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show the conditions of a programme or a term."""
    return shown_conditions(view.rows(CONDITIONS).get(request["scope_id"]))


def list_rank_levels(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List the levels of ranks with the names read as each."""
    policy = policy_table().on(view.today)["rank.levels"]
    items = [
        {"code": row["code"], "title": {"zh": row["zh"], "en": row["en"]}, "names": row["names"]}
        for row in policy.value
    ]
    return {"items": items, "source": policy.source, "basis": policy.basis}
