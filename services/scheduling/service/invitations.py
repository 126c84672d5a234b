"""Entrypoints: proposals and invitations of lecturers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from services.scheduling.commands import invitations
from services.scheduling.contract import invitations as contract
from services.scheduling.queries import invitations as invitation_queries
from services.scheduling.service.desk import Desk
from shared.messaging import Call, serves, ticks


class InvitationEntrypoints(Desk):
    """Proposals and invitations of lecturers."""

    @serves(contract.LIST_LECTURER_PROPOSALS)
    def list_lecturer_proposals(self, call: Call) -> dict[str, Any]:
        """Propose lecturers."""
        return self.kit.query(call, invitation_queries.list_lecturer_proposals)

    @serves(contract.INVITE_LECTURER)
    def invite_lecturer(self, call: Call) -> dict[str, Any]:
        """Invite a lecturer."""
        return self.kit.command(call, invitations.invite_lecturer)

    @serves(contract.LIST_INVITATIONS)
    def list_invitations(self, call: Call) -> dict[str, Any]:
        """List invitations."""
        return self.kit.query(call, invitation_queries.list_invitations)

    @serves(contract.GET_INVITATION)
    def get_invitation(self, call: Call) -> dict[str, Any]:
        """Show an invitation."""
        return self.kit.query(call, invitation_queries.get_invitation)

    @serves(contract.WITHDRAW_INVITATION)
    def withdraw_invitation(self, call: Call) -> dict[str, Any]:
        """Withdraw an invitation."""
        return self.kit.command(call, invitations.withdraw_invitation)

    @serves(contract.LIST_OWN_INVITATIONS)
    def list_own_invitations(self, call: Call) -> dict[str, Any]:
        """Show a lecturer's own invitations."""
        return self.kit.query(call, invitation_queries.list_own_invitations)

    @serves(contract.ANSWER_INVITATION)
    def answer_invitation(self, call: Call) -> dict[str, Any]:
        """Take a lecturer's answer."""
        return self.kit.command(call, invitations.answer_invitation)

    @serves(contract.LIST_SUBSTITUTES)
    def list_substitutes(self, call: Call) -> dict[str, Any]:
        """List colleagues who could be named."""
        return self.kit.query(call, invitation_queries.list_substitutes)

    @ticks("invitations", every=timedelta(hours=1))
    def lapse_invitations(self, slot: datetime) -> None:
        """Mark invitations nobody answered in time."""
        self.kit.tick(slot, "invitations").transact(invitations.lapse_invitations)
