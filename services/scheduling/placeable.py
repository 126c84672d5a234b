"""Whether a plan's terms can be placed at all, for whoever places them and whoever only tries."""

from __future__ import annotations

from typing import Any

from services.scheduling.contract.parts import NothingToPlaceIn, PlanNotApproved
from services.scheduling.store import ROOMS
from shared.storage import View


def refuse_unplaceable(view: View, plan: dict[str, Any]) -> None:
    """Raise ``PlanNotApproved`` where the plan is not approved, ``NothingToPlaceIn`` where no room is registered."""
    if plan["state"] != "approved":
        raise PlanNotApproved(
            f"计划“{plan['title'] or plan['_id']}”尚未批准，批准后才能排期",
            f"the plan {plan['title'] or plan['_id']!r} is not approved yet; approve it before placing its terms",
            plan_id=plan["_id"],
        )
    if view.rows(ROOMS).count() == 0:
        raise NothingToPlaceIn(
            "还没有登记任何教室，请先登记校区、床位和教室",
            "no room is registered yet; register a campus and its rooms first",
        )
