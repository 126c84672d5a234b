"""Nominations, attestations, review."""

from __future__ import annotations

from typing import Any

from services.enrollment import contract
from services.enrollment.commands import changes, review
from services.enrollment.queries import nominations as nomination_queries
from services.enrollment.service.desk import Desk
from shared.messaging import Call, serves


class NominationEntrypoints(Desk):
    """Nominations, attestations, review."""

    @serves(contract.LIST_NOMINATIONS)
    def list_nominations(self, call: Call) -> dict[str, Any]:
        """List nominations."""
        return self.kit.query(call, nomination_queries.list_nominations)

    @serves(contract.GET_NOMINATION)
    def get_nomination(self, call: Call) -> dict[str, Any]:
        """Show a nomination."""
        return self.kit.query(call, nomination_queries.get_nomination)

    @serves(contract.UNSEAL_ID_NUMBER)
    def unseal_id_number(self, call: Call) -> dict[str, Any]:
        """Show an identity number, audited."""
        return self.kit.query(call, nomination_queries.unseal_id_number)

    @serves(contract.ATTEST_NOMINATIONS)
    def attest_nominations(self, call: Call) -> dict[str, Any]:
        """Sign criteria."""
        return self.kit.command(call, review.attest_nominations)

    @serves(contract.REVIEW_NOMINATIONS)
    def review_nominations(self, call: Call) -> dict[str, Any]:
        """Decide on nominations."""
        rules = self.rules()
        return self.kit.command(call, lambda tx, request: review.review_nominations(tx, request, rules))

    @serves(contract.GET_REVIEW_LADDER)
    def get_review_ladder(self, call: Call) -> dict[str, Any]:
        """Show the steps of review."""
        return self.kit.query(call, nomination_queries.get_review_ladder)

    @serves(contract.CORRECT_NOMINATION)
    def correct_nomination(self, call: Call) -> dict[str, Any]:
        """Correct a nomination."""
        rules = self.rules()
        return self.kit.command(call, lambda tx, request: changes.correct_nomination(tx, request, rules))

    @serves(contract.WITHDRAW_NOMINATION)
    def withdraw_nomination(self, call: Call) -> dict[str, Any]:
        """Withdraw a nomination."""
        return self.kit.command(call, changes.withdraw_nomination)
