"""The orders of plans as placements know them: between the terms that are there to be placed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from services.scheduling.domain.placement import Order
from services.scheduling.domain.plan_orders import PlanOrder, ordered_terms
from services.scheduling.domain.wire import from_wire
from services.scheduling.store import PLANS
from shared.storage import View

Document = dict[str, Any]


def orders_for(view: View, docs: Iterable[Document]) -> tuple[Order, ...]:
    """Return the orders of every plan that these term documents are of; terms that are not among them are passed over.

    A plan written before orders were kept has none.
    """
    by_plan: dict[str, dict[tuple[int, int], str]] = {}
    for doc in docs:
        by_plan.setdefault(doc["plan_id"], {})[doc["programme_ordinal"], doc["ordinal"]] = doc["_id"]
    plans = view.rows(PLANS).find({"_id": {"$in": sorted(by_plan)}}, sort=[("_id", 1)], fields=("_id", "orders"))
    found: list[Order] = []
    for plan in plans:
        asked = [from_wire(PlanOrder, each) for each in plan.get("orders", ())]
        pairs = ordered_terms(asked, by_plan[plan["_id"]])
        found += [Order(before, after, delay) for (before, after), delay in sorted(pairs.items())]
    return tuple(found)
