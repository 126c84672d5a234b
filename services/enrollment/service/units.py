"""Units and their places."""

from __future__ import annotations

from typing import Any

from services.enrollment import contract
from services.enrollment.commands import units
from services.enrollment.queries import units as unit_queries
from services.enrollment.service.desk import Desk
from shared.messaging import Call, serves


class UnitEntrypoints(Desk):
    """Units and their places."""

    @serves(contract.PUT_UNIT)
    def put_unit(self, call: Call) -> dict[str, Any]:
        """Register or change a unit."""
        return self.kit.command(call, units.put_unit)

    @serves(contract.LIST_UNITS)
    def list_units(self, call: Call) -> dict[str, Any]:
        """List units."""
        return self.kit.query(call, unit_queries.list_units)

    @serves(contract.GET_UNIT)
    def get_unit(self, call: Call) -> dict[str, Any]:
        """Show a unit."""
        return self.kit.query(call, unit_queries.get_unit)

    @serves(contract.ALLOT_QUOTAS)
    def allot_quotas(self, call: Call) -> dict[str, Any]:
        """Allot places of a term."""
        return self.kit.command(call, units.allot_quotas)

    @serves(contract.LIST_QUOTAS)
    def list_quotas(self, call: Call) -> dict[str, Any]:
        """Show the places of a term."""
        return self.kit.query(call, unit_queries.list_quotas)
