"""Keeping a plan's placed year in versions, so that any two of them can be compared later."""

from __future__ import annotations

from typing import Any

from services.scheduling.queries.year_versions import versions_of
from services.scheduling.store import PLANS, TERMS, YEAR_VERSIONS
from services.scheduling.store.year_versions import concern_of_row, place_of_row, year_row, year_rows
from shared.storage import Transaction, exactly

Document = dict[str, Any]


def keep_year(tx: Transaction, plan_id: str, reason: str | None, asked_by: str | None = None) -> None:
    """Keep a new version when this transaction ends, if terms of the plan lie elsewhere then: one for all it does.

    It says anew whom the other placed terms concern, where amendments changed that since they last moved. ``asked_by``
    is who wanted it when that is not the caller: what is carried out later is carried out by the service. Of several
    words on one transaction the first counts.
    """
    tx.at_end(f"year of {plan_id}", lambda: _keep(tx, plan_id, reason, asked_by or tx.caller.subject))


def _keep(tx: Transaction, plan_id: str, reason: str | None, changed_by: str) -> None:
    tx.rows(PLANS).hold(plan_id)  # two transactions that each moved something make two versions, one after the other
    versions = versions_of(tx, plan_id)
    before = year_rows(versions)
    docs = tx.rows(TERMS).find({"plan_id": exactly(plan_id)}, sort=[("programme_ordinal", 1), ("ordinal", 1)])
    rows = [year_row(doc) for doc in docs]
    changed = [row for row in rows if place_of_row(row) != place_of_row(before.get(row["term_id"]))]
    if not changed:
        return
    moved = {row["term_id"] for row in changed}
    stays = [row for row in rows if row["lies"] is not None and row["term_id"] not in moved]
    after = {**before, **{row["term_id"]: row for row in changed}}
    number = versions[-1]["number"] + 1 if versions else 1
    tx.rows(YEAR_VERSIONS).insert(
        {
            "_id": f"{plan_id}.{number:06}",
            "plan_id": plan_id,
            "number": number,
            "terms": changed,
            "amended": [row for row in stays if concern_of_row(row) != concern_of_row(before[row["term_id"]])],
            "placed": sum(row["lies"] is not None for row in after.values()),
            "changed_at": tx.now,
            "changed_by": changed_by,
            "reason": reason,
        }
    )
