"""Several nominations at once: all of them within reach or none, then row by row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from services.enrollment.commands.refusals import problem_of
from services.enrollment.domain.wording import Refusal
from services.enrollment.store import NOMINATIONS
from shared.errors import NotFound
from shared.storage import Transaction


def read_within_reach(tx: Transaction, nomination_ids: Sequence[str]) -> list[dict[str, Any]]:
    """Return the nominations in the order asked for. Raises ``NotFound`` naming those that are not within reach."""
    rows = tx.rows(NOMINATIONS)
    wanted = list(dict.fromkeys(nomination_ids))
    found = {row["_id"]: row for row in rows.find({"$and": [{"_id": {"$in": wanted}}, rows.reach()]})}
    missing = [nomination_id for nomination_id in wanted if nomination_id not in found]
    if missing:
        raise NotFound(
            f"有{len(missing)}份推荐不存在或不属于本单位（如{missing[0]}），整批未处理，请核对后重试",
            f"{len(missing)} nominations do not exist or are not your unit's ({missing[0]} …); nothing was done",
            nomination_ids=missing[:50],
        )
    return [found[nomination_id] for nomination_id in wanted]


def row_by_row(rows: Sequence[dict[str, Any]], act: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    """Apply ``act`` to each row, which changes it or raises ``Refusal``; return the report."""
    items = []
    for row in rows:
        problem = None
        try:
            act(row)
        except Refusal as refusal:
            problem = problem_of(refusal)
        items.append({"nomination_id": row["_id"], "done": problem is None, "state": row["state"], "problem": problem})
    done = sum(item["done"] for item in items)
    return {"done": done, "left": len(items) - done, "items": items}
