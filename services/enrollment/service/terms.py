"""What scheduling announces of terms."""

from __future__ import annotations

from typing import Any

from services.enrollment import contract
from services.enrollment.commands import calendar, fee_reactions, following, terms
from services.enrollment.fee_standards import FeeStandards
from services.enrollment.queries import overlaps as overlap_queries
from services.enrollment.service.desk import Desk
from services.scheduling.contract import CALENDAR_CHANGED, RETIMING_ANNOUNCED, TERM_CANCELLED, TERM_MOVED, TERM_PLACED
from shared.messaging import Call, Delivery, handles, serves


class TermEntrypoints(Desk):
    """What scheduling announces of terms."""

    @handles(TERM_PLACED)
    def on_term_placed(self, delivery: Delivery) -> None:
        """Keep a placed term, and charge for it again if it was cancelled."""
        standards = FeeStandards(self.kit.plugins)
        self.kit.react(delivery, lambda tx, news: fee_reactions.on_placed(tx, news, standards))

    @handles(TERM_MOVED)
    def on_term_moved(self, delivery: Delivery) -> None:
        """Keep a moved term, and charge for it again if it was cancelled."""
        standards = FeeStandards(self.kit.plugins)
        self.kit.react(delivery, lambda tx, news: fee_reactions.on_placed(tx, news, standards))

    @handles(TERM_CANCELLED)
    def on_term_cancelled(self, delivery: Delivery) -> None:
        """Close a cancelled term."""
        self.kit.react(delivery, terms.cancel_term)

    @handles(RETIMING_ANNOUNCED, name="places")
    def on_retiming_announced(self, delivery: Delivery) -> None:
        """End what waited for cancelled terms, give units their released places back."""
        self.kit.react(delivery, following.on_retiming)

    @handles(CALENDAR_CHANGED)
    def on_calendar_changed(self, delivery: Delivery) -> None:
        """Keep the city's own days, and count by them."""
        self.kit.react(delivery, calendar.on_calendar)

    @serves(contract.LIST_OVERLAPS)
    def list_overlaps(self, call: Call) -> dict[str, Any]:
        """List who is engaged twice on a day."""
        return self.kit.query(call, overlap_queries.list_overlaps)
