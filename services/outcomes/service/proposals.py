"""Entrypoints of policy proposals, each one line into a command or a query."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from services.outcomes import contract
from services.outcomes.commands import follow_ups, proposals
from services.outcomes.queries import proposals as queries
from shared.messaging import Call, serves, ticks
from shared.runtime import Kit


class ProposalEntrypoints:
    """Policy proposals and what becomes of them."""

    kit: Kit

    @serves(contract.FILE_PROPOSAL)
    def file_proposal(self, call: Call) -> dict[str, Any]:
        """File a proposal."""
        return self.kit.command(call, proposals.file_proposal)

    @serves(contract.LIST_PROPOSALS)
    def list_proposals(self, call: Call) -> dict[str, Any]:
        """List proposals."""
        return self.kit.query(call, queries.list_proposals)

    @serves(contract.GET_PROPOSAL)
    def get_proposal(self, call: Call) -> dict[str, Any]:
        """Show a proposal."""
        return self.kit.query(call, queries.get_proposal)

    @serves(contract.WITHDRAW_PROPOSAL)
    def withdraw_proposal(self, call: Call) -> dict[str, Any]:
        """Take a proposal back."""
        return self.kit.command(call, proposals.withdraw_proposal)

    @serves(contract.FORWARD_PROPOSAL)
    def forward_proposal(self, call: Call) -> dict[str, Any]:
        """Forward a proposal."""
        return self.kit.long_command(call, proposals.forward_proposal)

    @serves(contract.ANSWER_PROPOSAL)
    def answer_proposal(self, call: Call) -> dict[str, Any]:
        """Answer for the department."""
        return self.kit.command(call, proposals.answer_proposal)

    @serves(contract.RECORD_FOLLOW_UP)
    def record_follow_up(self, call: Call) -> dict[str, Any]:
        """Record a follow-up."""
        return self.kit.command(call, follow_ups.record_follow_up)

    @serves(contract.LIST_FOLLOW_UPS)
    def list_follow_ups(self, call: Call) -> dict[str, Any]:
        """List what has to be followed."""
        return self.kit.query(call, queries.list_follow_ups)

    @ticks("follow_ups", every=timedelta(hours=1))
    def ask_follow_ups(self, slot: datetime) -> None:
        """Ask for what is due, tell what is overdue."""
        self.kit.tick(slot, "follow_ups").transact(follow_ups.ask_follow_ups)
