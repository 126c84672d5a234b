"""Entrypoints: training schemes."""

from __future__ import annotations

from typing import Any

from services.scheduling.commands import schemes
from services.scheduling.contract import schemes as contract
from services.scheduling.queries import schemes as scheme_queries
from services.scheduling.service.desk import Desk
from shared.messaging import Call, serves


class SchemeEntrypoints(Desk):
    """Training schemes."""

    @serves(contract.WRITE_SCHEME)
    def write_scheme(self, call: Call) -> dict[str, Any]:
        """Write a scheme."""
        return self.kit.command(call, schemes.write_scheme)

    @serves(contract.SUBMIT_SCHEME)
    def submit_scheme(self, call: Call) -> dict[str, Any]:
        """Submit a scheme."""
        return self.kit.command(call, schemes.submit_scheme)

    @serves(contract.APPROVE_SCHEME)
    def approve_scheme(self, call: Call) -> dict[str, Any]:
        """Approve a scheme."""
        return self.kit.command(call, schemes.approve_scheme)

    @serves(contract.RETURN_SCHEME)
    def return_scheme(self, call: Call) -> dict[str, Any]:
        """Return a scheme."""
        return self.kit.command(call, schemes.return_scheme)

    @serves(contract.LIST_SCHEMES)
    def list_schemes(self, call: Call) -> dict[str, Any]:
        """List schemes."""
        return self.kit.query(call, scheme_queries.list_schemes)

    @serves(contract.GET_SCHEME)
    def get_scheme(self, call: Call) -> dict[str, Any]:
        """Show a scheme."""
        return self.kit.query(call, scheme_queries.get_scheme)

    @serves(contract.LIST_SCHEME_VERSIONS)
    def list_scheme_versions(self, call: Call) -> dict[str, Any]:
        """List a scheme's versions."""
        return self.kit.query(call, scheme_queries.list_scheme_versions)

    @serves(contract.GET_SCHEME_VERSION)
    def get_scheme_version(self, call: Call) -> dict[str, Any]:
        """Show a version."""
        return self.kit.query(call, scheme_queries.get_scheme_version)

    @serves(contract.COMPARE_SCHEME)
    def compare_scheme(self, call: Call) -> dict[str, Any]:
        """Compare two versions."""
        return self.kit.query(call, scheme_queries.compare_scheme)
