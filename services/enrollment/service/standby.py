"""Standby lists and their offers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from services.enrollment import contract
from services.enrollment.commands import waiting
from services.enrollment.queries import standby as standby_queries
from services.enrollment.service.desk import Desk
from shared.messaging import Call, serves, ticks


class StandbyEntrypoints(Desk):
    """Standby lists and their offers."""

    @serves(contract.JOIN_STANDBY)
    def join_standby(self, call: Call) -> dict[str, Any]:
        """Put people on standby."""
        return self.kit.command(call, waiting.join_standby)

    @serves(contract.LIST_STANDBY)
    def list_standby(self, call: Call) -> dict[str, Any]:
        """List who waits."""
        return self.kit.query(call, standby_queries.list_standby)

    @serves(contract.REORDER_STANDBY)
    def reorder_standby(self, call: Call) -> dict[str, Any]:
        """Re-order a list."""
        return self.kit.command(call, waiting.reorder_standby)

    @serves(contract.ANSWER_STANDBY)
    def answer_standby(self, call: Call) -> dict[str, Any]:
        """Answer an offer."""
        rules = self.rules()
        return self.kit.command(call, lambda tx, request: waiting.answer_standby(tx, request, rules))

    @serves(contract.LEAVE_STANDBY)
    def leave_standby(self, call: Call) -> dict[str, Any]:
        """Take somebody off standby."""
        return self.kit.command(call, waiting.leave_standby)

    @ticks("lapse-offers", every=timedelta(minutes=10))
    def lapse_offers(self, slot: datetime) -> None:
        """Let unanswered offers lapse."""
        waiting.lapse_offers(self.kit.tick(slot, "lapse-offers"))
