"""Health declarations and the proof that they are gone."""

from __future__ import annotations

from typing import Any

from services.compliance import contract
from services.compliance.commands import health
from services.compliance.queries import health as health_queries
from services.compliance.service.desk import Desk
from shared.messaging import Call, serves


class HealthEntrypoints(Desk):
    """Health declarations and the proof that they are gone."""

    @serves(contract.GET_HEALTH_CONSENT)
    def get_health_consent(self, call: Call) -> dict[str, Any]:
        """Show what one agrees to."""
        return self.kit.query(call, health_queries.get_health_consent)

    @serves(contract.DECLARE_MY_HEALTH)
    def declare_my_health(self, call: Call) -> dict[str, Any]:
        """Declare one's health."""
        return self.kit.command(call, health.declare_my_health)

    @serves(contract.RECORD_HEALTH_CHECK)
    def record_health_check(self, call: Call) -> dict[str, Any]:
        """Record a check."""
        return self.kit.command(call, health.record_health_check)

    @serves(contract.LIST_HEALTH_DECLARATIONS)
    def list_health_declarations(self, call: Call) -> dict[str, Any]:
        """List declarations."""
        return self.kit.query(call, health_queries.list_health_declarations)

    @serves(contract.OPEN_HEALTH_DECLARATION)
    def open_health_declaration(self, call: Call) -> dict[str, Any]:
        """Open a declaration, audited."""
        return self.kit.query(call, health_queries.open_health_declaration)

    @serves(contract.LIST_MY_HEALTH)
    def list_my_health(self, call: Call) -> dict[str, Any]:
        """Show one's own declarations."""
        return self.kit.query(call, health_queries.list_my_health)

    @serves(contract.WITHDRAW_MY_CONSENT)
    def withdraw_my_consent(self, call: Call) -> dict[str, Any]:
        """Take consent back."""
        return self.kit.command(call, health.withdraw_my_consent)

    @serves(contract.LIST_HEALTH_PURGES)
    def list_health_purges(self, call: Call) -> dict[str, Any]:
        """List proofs of deletion."""
        return self.kit.query(call, health_queries.list_health_purges)

    @serves(contract.VERIFY_HEALTH_PURGE)
    def verify_health_purge(self, call: Call) -> dict[str, Any]:
        """Verify a proof of deletion."""
        return self.kit.query(call, health_queries.verify_health_purge)
