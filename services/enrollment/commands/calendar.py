"""What follows the city's own calendar days: deadlines counted in working days, of requests and of offers."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from services.enrollment.commands import standby
from services.enrollment.commands.hall import Hall
from services.enrollment.commands.replacements import follow_deadline
from services.enrollment.domain.replacement import State
from services.enrollment.domain.standby import State as StandbyState
from services.enrollment.store import REPLACEMENTS, STANDBY, TERMS
from shared.calendar import CalendarUnknown
from shared.city_calendar import keep_calendar
from shared.storage import Transaction


def on_calendar(tx: Transaction, news: dict[str, Any]) -> None:
    """Keep the city's own days, unless newer ones are known; what waits is due by them then."""
    if keep_calendar(tx, news):
        _follow_requests(tx)
        _follow_offers(tx)


def _follow_requests(tx: Transaction) -> None:
    asked = tx.rows(REPLACEMENTS).find({"state": State.REQUESTED.value}, fields=("term_id",))
    waited_for = {"_id": {"$in": sorted({row["term_id"] for row in asked})}, "cancelled": False}
    for term in tx.rows(TERMS).find(waited_for, sort=(("_id", 1),)):
        with suppress(CalendarUnknown):  # a day cleared beyond the published table: what was counted stands
            follow_deadline(tx, term)


def _follow_offers(tx: Transaction) -> None:
    offered = tx.rows(STANDBY).find({"state": StandbyState.OFFERED.value}, fields=("term_id",))
    for term_id in sorted({row["term_id"] for row in offered}):
        hall = Hall(tx, term_id)
        standby.follow_days(hall, "本市工作日调整 / the city's working days changed")
        standby.settle(hall)
