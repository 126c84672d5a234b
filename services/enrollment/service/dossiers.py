"""Dossiers: posts held, and everything about a nomination."""

from __future__ import annotations

from typing import Any

from services.enrollment import contract
from services.enrollment.commands import dossiers
from services.enrollment.queries import dossiers as dossier_queries
from services.enrollment.service.desk import Desk
from shared.messaging import Call, serves


class DossierEntrypoints(Desk):
    """Dossiers: posts held, and everything about a nomination."""

    @serves(contract.CHANGE_POST)
    def change_post(self, call: Call) -> dict[str, Any]:
        """Record a change of post."""
        rules = self.rules()
        return self.kit.command(call, lambda tx, request: dossiers.change_post(tx, request, rules))

    @serves(contract.GET_DOSSIER)
    def get_dossier(self, call: Call) -> dict[str, Any]:
        """Show everything about a nomination."""
        return self.kit.query(call, dossier_queries.get_dossier)
