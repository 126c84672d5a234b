"""Briefings, by units and by trainees themselves."""

from __future__ import annotations

from typing import Any

from services.compliance import contract
from services.compliance.commands import briefing
from services.compliance.queries import briefing as briefing_queries
from services.compliance.service.desk import Desk
from shared.messaging import Call, serves


class BriefingEntrypoints(Desk):
    """Briefings, by units and by trainees themselves."""

    @serves(contract.LIST_BRIEFINGS)
    def list_briefings(self, call: Call) -> dict[str, Any]:
        """List briefings."""
        return self.kit.query(call, briefing_queries.list_briefings)

    @serves(contract.GET_BRIEFING)
    def get_briefing(self, call: Call) -> dict[str, Any]:
        """Show one briefing."""
        return self.kit.query(call, briefing_queries.get_briefing)

    @serves(contract.GET_BRIEFING_PROOF)
    def get_briefing_proof(self, call: Call) -> dict[str, Any]:
        """Show who was briefed."""
        return self.kit.query(call, briefing_queries.get_briefing_proof)

    @serves(contract.ACKNOWLEDGE_BRIEFING)
    def acknowledge_briefing(self, call: Call) -> dict[str, Any]:
        """Sign a briefing."""
        return self.kit.command(call, briefing.acknowledge_briefing)

    @serves(contract.GET_MY_BRIEFING)
    def get_my_briefing(self, call: Call) -> dict[str, Any]:
        """Show one's own briefing."""
        return self.kit.query(call, briefing_queries.get_my_briefing)

    @serves(contract.ACKNOWLEDGE_MY_BRIEFING)
    def acknowledge_my_briefing(self, call: Call) -> dict[str, Any]:
        """Say that one was briefed."""
        return self.kit.command(call, briefing.acknowledge_my_briefing)
