"""The compliance service: entrypoints, each one line into a command or a query."""

from __future__ import annotations

from typing import Any

from services.compliance import contract, store
from services.compliance.commands import briefing, term
from services.compliance.queries import briefing as briefing_queries
from services.enrollment.contract import NOMINATION_WITHDRAWN, ROSTER_ADMITTED
from services.scheduling.contract import TERM_CANCELLED, TERM_MOVED, TERM_PLACED
from shared.messaging import Call, Delivery, handles, serves
from shared.runtime import Kit


class ComplianceService:
    """Briefings before a term."""

    name = "compliance"
    kit = Kit(contract.CONTRACT, store.SCHEMA)

    @serves(contract.LIST_BRIEFINGS)
    def list_briefings(self, call: Call) -> dict[str, Any]:
        """List briefings."""
        return self.kit.query(call, briefing_queries.list_briefings)

    @serves(contract.GET_BRIEFING)
    def get_briefing(self, call: Call) -> dict[str, Any]:
        """Show one briefing."""
        return self.kit.query(call, briefing_queries.get_briefing)

    @serves(contract.ACKNOWLEDGE_BRIEFING)
    def acknowledge_briefing(self, call: Call) -> dict[str, Any]:
        """Sign a briefing."""
        return self.kit.command(call, briefing.acknowledge_briefing)

    @handles(ROSTER_ADMITTED)
    def on_roster_admitted(self, delivery: Delivery) -> None:
        """Open the unit's briefing."""
        self.kit.react(delivery, briefing.open_briefing)

    @handles(NOMINATION_WITHDRAWN)
    def on_nomination_withdrawn(self, delivery: Delivery) -> None:
        """Take somebody off the unit's briefing."""
        self.kit.react(delivery, briefing.drop_trainee)

    @handles(TERM_PLACED)
    def on_term_placed(self, delivery: Delivery) -> None:
        """Learn a term's dates."""
        self.kit.react(delivery, term.record_term)

    @handles(TERM_MOVED)
    def on_term_moved(self, delivery: Delivery) -> None:
        """Learn a term's new dates."""
        self.kit.react(delivery, term.record_term)

    @handles(TERM_CANCELLED)
    def on_term_cancelled(self, delivery: Delivery) -> None:
        """Cancel the briefings of a term."""
        self.kit.react(delivery, term.cancel_term)
