"""Travel batches and the return to post."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from services.compliance import contract
from services.compliance.commands import due, return_to_post, travel
from services.compliance.queries import return_to_post as return_queries
from services.compliance.queries import travel as travel_queries
from services.compliance.service.desk import Desk
from shared.messaging import Call, serves, ticks


class TravelEntrypoints(Desk):
    """Travel batches and the return to post."""

    @serves(contract.PLAN_TRAVEL)
    def plan_travel(self, call: Call) -> dict[str, Any]:
        """Plan a batch."""
        return self.kit.command(call, travel.plan_travel)

    @serves(contract.CANCEL_TRAVEL)
    def cancel_travel(self, call: Call) -> dict[str, Any]:
        """Cancel a batch."""
        return self.kit.command(call, travel.cancel_travel)

    @serves(contract.RECORD_TRAVEL_ROLL)
    def record_travel_roll(self, call: Call) -> dict[str, Any]:
        """Take the roll of a journey."""
        return self.kit.command(call, travel.record_travel_roll)

    @serves(contract.REPORT_FOUND)
    def report_found(self, call: Call) -> dict[str, Any]:
        """Report somebody found."""
        return self.kit.command(call, travel.report_found)

    @serves(contract.LIST_TRAVEL)
    def list_travel(self, call: Call) -> dict[str, Any]:
        """List batches."""
        return self.kit.query(call, travel_queries.list_travel)

    @serves(contract.GET_TRAVEL_BATCH)
    def get_travel_batch(self, call: Call) -> dict[str, Any]:
        """Show a batch."""
        return self.kit.query(call, travel_queries.get_travel_batch)

    @serves(contract.DECLARE_MY_TRAVEL)
    def declare_my_travel(self, call: Call) -> dict[str, Any]:
        """Declare that one travels alone."""
        return self.kit.command(call, travel.declare_my_travel)

    @serves(contract.REPORT_MY_ARRIVAL)
    def report_my_arrival(self, call: Call) -> dict[str, Any]:
        """Report one's arrival."""
        return self.kit.command(call, travel.report_my_arrival)

    @serves(contract.CONFIRM_RETURN)
    def confirm_return(self, call: Call) -> dict[str, Any]:
        """Confirm who is back."""
        return self.kit.command(call, return_to_post.confirm_return)

    @serves(contract.LIST_RETURNS)
    def list_returns(self, call: Call) -> dict[str, Any]:
        """List returns."""
        return self.kit.query(call, return_queries.list_returns)

    @ticks("watch", every=timedelta(minutes=10))
    def watch_travel(self, slot: datetime) -> None:
        """Raise the alarm for who did not arrive."""
        due.watch_travel(self.kit.tick(slot, "watch"))
