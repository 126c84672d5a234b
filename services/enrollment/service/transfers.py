"""Places that change hands."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from services.enrollment import contract
from services.enrollment.commands import transfers
from services.enrollment.queries import transfers as transfer_queries
from services.enrollment.service.desk import Desk
from shared.messaging import Call, serves, ticks


class TransferEntrypoints(Desk):
    """Places that change hands."""

    @serves(contract.RETURN_PLACES)
    def return_places(self, call: Call) -> dict[str, Any]:
        """Give places back."""
        return self.kit.command(call, transfers.return_places)

    @serves(contract.BORROW_PLACES)
    def borrow_places(self, call: Call) -> dict[str, Any]:
        """Ask for places."""
        return self.kit.command(call, transfers.borrow_places)

    @serves(contract.DECIDE_PLACES)
    def decide_places(self, call: Call) -> dict[str, Any]:
        """Answer a request for places."""
        return self.kit.command(call, transfers.decide_places)

    @serves(contract.SCHEDULE_RELEASE)
    def schedule_release(self, call: Call) -> dict[str, Any]:
        """Set the day unused places go back."""
        return self.kit.command(call, transfers.schedule_release)

    @serves(contract.LIST_PLACE_TRANSFERS)
    def list_place_transfers(self, call: Call) -> dict[str, Any]:
        """List transfers."""
        return self.kit.query(call, transfer_queries.list_place_transfers)

    @ticks("release-places", every=timedelta(minutes=10))
    def release_places(self, slot: datetime) -> None:
        """Take unused places back on their day."""
        transfers.release_places(self.kit.tick(slot, "release-places"))
