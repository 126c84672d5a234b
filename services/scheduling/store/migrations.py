"""Steps forward of the scheduling database."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from services.scheduling.store.year_versions import year_row
from shared.storage import Migration


def _begin_year_versions(database: Any) -> None:
    for plan_id in database["terms"].distinct("plan_id", {"state": "placed"}):
        if database["year_versions"].find_one({"plan_id": plan_id}) is not None:
            continue
        placed = [year_row(doc) for doc in database["terms"].find({"plan_id": plan_id, "state": "placed"})]
        database["year_versions"].insert_one(
            {
                "_id": f"{plan_id}.000001",
                "version": 1,
                "plan_id": plan_id,
                "number": 1,
                "terms": placed,
                "placed": len(placed),
                "changed_at": datetime.now(UTC),
                "changed_by": "service:scheduling",
                "reason": "自此保留年度排期的历次版本 / versions of the year are kept from here on",
            }
        )


MIGRATIONS = (Migration(1, "versions of a plan's placed year are kept, from how it lies now", _begin_year_versions),)
