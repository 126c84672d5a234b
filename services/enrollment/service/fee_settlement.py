"""Settling terms."""

from __future__ import annotations

from typing import Any

from services.enrollment import contract
from services.enrollment.commands import fee_settlement
from services.enrollment.fee_standards import FeeStandards
from services.enrollment.queries import fee_settlement as settlement_queries
from services.enrollment.service.desk import Desk
from shared.messaging import Call, serves


class FeeSettlementEntrypoints(Desk):
    """Settling terms."""

    @serves(contract.FILE_TERM_COSTS)
    def file_term_costs(self, call: Call) -> dict[str, Any]:
        """File what a term cost."""
        standards = FeeStandards(self.kit.plugins)
        return self.kit.command(call, lambda tx, given: fee_settlement.file_term_costs(tx, given, standards))

    @serves(contract.RECORD_SETTLEMENT_PAPER)
    def record_settlement_paper(self, call: Call) -> dict[str, Any]:
        """Record a paper."""
        return self.kit.command(call, fee_settlement.record_settlement_paper)

    @serves(contract.SETTLE_TERM)
    def settle_term(self, call: Call) -> dict[str, Any]:
        """Settle a term."""
        standards = FeeStandards(self.kit.plugins)
        return self.kit.command(call, lambda tx, given: fee_settlement.settle_term(tx, given, standards))

    @serves(contract.REOPEN_SETTLEMENT)
    def reopen_settlement(self, call: Call) -> dict[str, Any]:
        """Open a settled term again."""
        return self.kit.command(call, fee_settlement.reopen_settlement)

    @serves(contract.GET_TERM_SETTLEMENT)
    def get_term_settlement(self, call: Call) -> dict[str, Any]:
        """Show a settlement."""
        return self.kit.query(call, settlement_queries.get_term_settlement)
