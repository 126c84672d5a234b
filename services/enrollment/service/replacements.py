"""Replacements, and the process that carries them out."""

from __future__ import annotations

from typing import Any

from services.enrollment import contract
from services.enrollment.commands import replacements
from services.enrollment.commands.replacing import PROCESSES
from services.enrollment.queries import replacements as replacement_queries
from services.enrollment.service.desk import Desk
from shared.messaging import Call, Delivery, handles, serves


class ReplacementEntrypoints(Desk):
    """Replacements, and the process that carries them out."""

    @serves(contract.REQUEST_REPLACEMENT)
    def request_replacement(self, call: Call) -> dict[str, Any]:
        """Ask for a replacement."""
        rules = self.rules()
        return self.kit.command(call, lambda tx, request: replacements.request_replacement(tx, request, rules))

    @serves(contract.CANCEL_REPLACEMENT)
    def cancel_replacement(self, call: Call) -> dict[str, Any]:
        """Take a request back."""
        return self.kit.command(call, replacements.cancel_replacement)

    @serves(contract.DECIDE_REPLACEMENT)
    def decide_replacement(self, call: Call) -> dict[str, Any]:
        """Approve or refuse."""
        return self.kit.command(call, replacements.decide_replacement)

    @serves(contract.LIST_REPLACEMENTS)
    def list_replacements(self, call: Call) -> dict[str, Any]:
        """List replacements."""
        return self.kit.query(call, replacement_queries.list_replacements)

    @serves(contract.GET_REPLACEMENT)
    def get_replacement(self, call: Call) -> dict[str, Any]:
        """Show a replacement."""
        return self.kit.query(call, replacement_queries.get_replacement)

    @serves(contract.GET_REPLACEMENT_PROOF)
    def get_replacement_proof(self, call: Call) -> dict[str, Any]:
        """Return the proof file."""
        return self.kit.query(call, replacement_queries.get_replacement_proof)

    @serves(contract.GET_REPLACEMENT_DEADLINE)
    def get_replacement_deadline(self, call: Call) -> dict[str, Any]:
        """Show the deadline."""
        return self.kit.query(call, replacement_queries.get_replacement_deadline)

    @handles(contract.PROCESS_ADVANCED)
    def on_process_advanced(self, delivery: Delivery) -> None:
        """Take the next step of a process."""
        PROCESSES.advance(self.kit.work(delivery))
