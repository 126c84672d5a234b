"""Conditions of programmes and terms."""

from __future__ import annotations

from typing import Any

from services.enrollment import contract
from services.enrollment.commands import conditions
from services.enrollment.queries import conditions as condition_queries
from services.enrollment.service.desk import Desk
from shared.messaging import Call, serves


class ConditionEntrypoints(Desk):
    """Conditions of programmes and terms."""

    @serves(contract.PUT_CONDITIONS)
    def put_conditions(self, call: Call) -> dict[str, Any]:
        """Set conditions."""
        return self.kit.command(call, conditions.put_conditions)

    @serves(contract.GET_CONDITIONS)
    def get_conditions(self, call: Call) -> dict[str, Any]:
        """Show conditions."""
        return self.kit.query(call, condition_queries.get_conditions)

    @serves(contract.LIST_RANK_LEVELS)
    def list_rank_levels(self, call: Call) -> dict[str, Any]:
        """List the levels of ranks."""
        return self.kit.query(call, condition_queries.list_rank_levels)
