"""Entrypoints: terms, and who has a seat in them."""

from __future__ import annotations

from typing import Any

from services.enrollment.contract import NOMINATION_WITHDRAWN, ROSTER_ADMITTED
from services.scheduling import contract
from services.scheduling.commands import admissions, terms
from services.scheduling.queries import terms as term_queries
from services.scheduling.service.desk import Desk
from shared.messaging import Call, Delivery, handles, serves


class TermEntrypoints(Desk):
    """Terms, and who has a seat in them."""

    @serves(contract.LIST_TERMS)
    def list_terms(self, call: Call) -> dict[str, Any]:
        """List terms."""
        return self.kit.query(call, term_queries.list_terms)

    @serves(contract.GET_TERM)
    def get_term(self, call: Call) -> dict[str, Any]:
        """Show a term."""
        return self.kit.query(call, term_queries.get_term)

    @serves(contract.MOVE_TERM)
    def move_term(self, call: Call) -> dict[str, Any]:
        """Move a term by hand."""
        return self.kit.command(call, terms.move_term)

    @serves(contract.CANCEL_TERM)
    def cancel_term(self, call: Call) -> dict[str, Any]:
        """Cancel a term."""
        return self.kit.command(call, terms.cancel_term)

    @handles(ROSTER_ADMITTED)
    def on_roster_admitted(self, delivery: Delivery) -> None:
        """Count who has a seat."""
        with admissions.turn:
            self.kit.react(delivery, admissions.record_admitted)

    @handles(NOMINATION_WITHDRAWN)
    def on_nomination_withdrawn(self, delivery: Delivery) -> None:
        """Count who gave a seat back."""
        self.kit.react(delivery, admissions.record_withdrawn)
