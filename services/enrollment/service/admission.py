"""Admission and the admitted."""

from __future__ import annotations

from typing import Any

from services.enrollment import contract
from services.enrollment.commands import admission
from services.enrollment.queries import nominations as nomination_queries
from services.enrollment.service.desk import Desk
from shared.messaging import Call, serves


class AdmissionEntrypoints(Desk):
    """Admission and the admitted."""

    @serves(contract.ADMIT_TERM)
    def admit_term(self, call: Call) -> dict[str, Any]:
        """Admit to a term."""
        rules = self.rules()
        return self.kit.command(call, lambda tx, request: admission.admit_term(tx, request, rules))

    @serves(contract.LIST_TRAINEES)
    def list_trainees(self, call: Call) -> dict[str, Any]:
        """List trainees."""
        return self.kit.query(call, nomination_queries.list_trainees)

    @serves(contract.TERM_FILL)
    def term_fill(self, call: Call) -> dict[str, Any]:
        """Show how full terms are."""
        return self.kit.query(call, nomination_queries.term_fill)
