"""Records that may be of one person."""

from __future__ import annotations

from typing import Any

from services.enrollment import contract
from services.enrollment.commands import match_decisions, matching
from services.enrollment.queries import matches
from services.enrollment.service.desk import Desk
from shared.messaging import Call, Delivery, handles, serves


class MatchEntrypoints(Desk):
    """Records that may be of one person."""

    @serves(contract.LIST_PERSON_MATCHES)
    def list_person_matches(self, call: Call) -> dict[str, Any]:
        """List questions."""
        return self.kit.query(call, matches.list_person_matches)

    @serves(contract.GET_PERSON_MATCH)
    def get_person_match(self, call: Call) -> dict[str, Any]:
        """Show a question."""
        return self.kit.query(call, matches.get_person_match)

    @serves(contract.DECIDE_PERSON_MATCH)
    def decide_person_match(self, call: Call) -> dict[str, Any]:
        """Answer a question."""
        return self.kit.command(call, match_decisions.decide_person_match)

    @handles(contract.ROSTER_IMPORTED, name="matches")
    def compare_imported(self, delivery: Delivery) -> None:
        """Compare the people of a roster."""
        matching.compare_imported(self.kit.work(delivery))

    @handles(contract.REPLACEMENT_APPROVED, name="matches")
    def compare_newcomer(self, delivery: Delivery) -> None:
        """Compare somebody who came in by a replacement."""
        self.kit.react(delivery, matching.on_replacement)
