"""Entrypoints: units that send people."""

from __future__ import annotations

from typing import Any

from services.scheduling.commands import sending_units
from services.scheduling.contract import sending_units as contract
from services.scheduling.queries import sending_units as unit_queries
from services.scheduling.service.desk import Desk
from shared.messaging import Call, serves


class SendingUnitEntrypoints(Desk):
    """Units that send people."""

    @serves(contract.PUT_SENDING_UNIT)
    def put_sending_unit(self, call: Call) -> dict[str, Any]:
        """Register a unit."""
        return self.kit.command(call, sending_units.put_sending_unit)

    @serves(contract.GET_SENDING_UNIT)
    def get_sending_unit(self, call: Call) -> dict[str, Any]:
        """Show a unit."""
        return self.kit.query(call, unit_queries.get_sending_unit)

    @serves(contract.LIST_SENDING_UNITS)
    def list_sending_units(self, call: Call) -> dict[str, Any]:
        """List units."""
        return self.kit.query(call, unit_queries.list_sending_units)
