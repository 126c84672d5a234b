"""Entrypoints: retimings."""

from __future__ import annotations

from typing import Any

from services.scheduling import retiming
from services.scheduling.commands.retiming_steps import PROCESSES_OF_SCHEDULING
from services.scheduling.contract import retimings as contract
from services.scheduling.contract.process_events import PROCESS_ADVANCED
from services.scheduling.queries import retimings as retiming_queries
from services.scheduling.service.desk import Desk
from shared.messaging import Call, Delivery, handles, serves


class RetimingEntrypoints(Desk):
    """Retimings."""

    @serves(contract.PREVIEW_RETIMING)
    def preview_retiming(self, call: Call) -> dict[str, Any]:
        """Show what a retiming would do."""
        return retiming.preview_retiming(self.kit, call)

    @serves(contract.RETIME_TERMS)
    def retime_terms(self, call: Call) -> dict[str, Any]:
        """Begin a retiming."""
        return retiming.ask_for_retiming(self.kit, call)

    @serves(contract.GET_RETIMING)
    def get_retiming(self, call: Call) -> dict[str, Any]:
        """Show a retiming."""
        return self.kit.query(call, retiming_queries.get_retiming)

    @serves(contract.LIST_RETIMINGS)
    def list_retimings(self, call: Call) -> dict[str, Any]:
        """List retimings."""
        return self.kit.query(call, retiming_queries.list_retimings)

    @handles(PROCESS_ADVANCED)
    def on_process_advanced(self, delivery: Delivery) -> None:
        """Take the next step of a process."""
        PROCESSES_OF_SCHEDULING.advance(self.kit.work(delivery))
