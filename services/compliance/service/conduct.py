"""Incidents, sanctions, objections and withdrawal."""

from __future__ import annotations

from typing import Any

from services.compliance import contract
from services.compliance.commands import incident, objection, withdrawal
from services.compliance.queries import incident as incident_queries
from services.compliance.queries import withdrawal as withdrawal_queries
from services.compliance.service.desk import Desk
from shared.messaging import Call, serves


class ConductEntrypoints(Desk):
    """Incidents, sanctions, objections and withdrawal."""

    @serves(contract.OPEN_INCIDENT)
    def open_incident(self, call: Call) -> dict[str, Any]:
        """Open a file."""
        return self.kit.command(call, incident.open_incident)

    @serves(contract.LIST_INCIDENTS)
    def list_incidents(self, call: Call) -> dict[str, Any]:
        """List files."""
        return self.kit.query(call, incident_queries.list_incidents)

    @serves(contract.GET_INCIDENT)
    def get_incident(self, call: Call) -> dict[str, Any]:
        """Show a file."""
        return self.kit.query(call, incident_queries.get_incident)

    @serves(contract.GET_NARRATIVE)
    def get_narrative(self, call: Call) -> dict[str, Any]:
        """Show what happened, audited."""
        return self.kit.query(call, incident_queries.get_narrative)

    @serves(contract.IMPOSE_SANCTION)
    def impose_sanction(self, call: Call) -> dict[str, Any]:
        """Impose a measure."""
        return self.kit.command(call, incident.impose_sanction)

    @serves(contract.DISMISS_INCIDENT)
    def dismiss_incident(self, call: Call) -> dict[str, Any]:
        """Close a file without a measure."""
        return self.kit.command(call, incident.dismiss_incident)

    @serves(contract.PROPOSE_WITHDRAWAL)
    def propose_withdrawal(self, call: Call) -> dict[str, Any]:
        """Propose an ordered withdrawal."""
        return self.kit.command(call, incident.propose_withdrawal)

    @serves(contract.OBJECT_TO_SANCTION)
    def object_to_sanction(self, call: Call) -> dict[str, Any]:
        """Object to a measure."""
        return self.kit.command(call, objection.object_to_sanction)

    @serves(contract.LIST_OBJECTIONS)
    def list_objections(self, call: Call) -> dict[str, Any]:
        """List objections."""
        return self.kit.query(call, incident_queries.list_objections)

    @serves(contract.GET_OBJECTION_TEXT)
    def get_objection_text(self, call: Call) -> dict[str, Any]:
        """Show an objection's words, audited."""
        return self.kit.query(call, incident_queries.get_objection_text)

    @serves(contract.DECIDE_OBJECTION)
    def decide_objection(self, call: Call) -> dict[str, Any]:
        """Answer an objection."""
        return self.kit.command(call, objection.decide_objection)

    @serves(contract.LIST_WITHDRAWAL_CASES)
    def list_withdrawal_cases(self, call: Call) -> dict[str, Any]:
        """List withdrawal cases."""
        return self.kit.query(call, withdrawal_queries.list_withdrawal_cases)

    @serves(contract.GET_WITHDRAWAL_CASE)
    def get_withdrawal_case(self, call: Call) -> dict[str, Any]:
        """Show a withdrawal case."""
        return self.kit.query(call, withdrawal_queries.get_withdrawal_case)

    @serves(contract.DECIDE_WITHDRAWAL)
    def decide_withdrawal(self, call: Call) -> dict[str, Any]:
        """Decide on a withdrawal."""
        return self.kit.command(call, withdrawal.decide_withdrawal)
