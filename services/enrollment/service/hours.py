"""The hours ledger."""

from __future__ import annotations

from typing import Any

from services.compliance.contract import COMPLETION_DECIDED
from services.enrollment import contract
from services.enrollment.commands import hours, hours_records
from services.enrollment.queries import hours as hours_queries
from services.enrollment.queries import hours_by_unit
from services.enrollment.service.desk import Desk
from shared.messaging import Call, Delivery, handles, serves


class HoursEntrypoints(Desk):
    """The hours ledger."""

    @serves(contract.LIST_HOURS)
    def list_hours(self, call: Call) -> dict[str, Any]:
        """List ledgers."""
        return self.kit.query(call, hours_queries.list_hours)

    @serves(contract.GET_HOURS)
    def get_hours(self, call: Call) -> dict[str, Any]:
        """Show a ledger."""
        return self.kit.query(call, hours_queries.get_hours)

    @serves(contract.GET_HOURS_OF_NOMINATION)
    def get_hours_of_nomination(self, call: Call) -> dict[str, Any]:
        """Show the ledger of somebody nominated."""
        return self.kit.query(call, hours_queries.get_hours_of_nomination)

    @serves(contract.GET_MY_HOURS)
    def get_my_hours(self, call: Call) -> dict[str, Any]:
        """Show a trainee's own ledger."""
        return self.kit.query(call, hours_queries.get_my_hours)

    @serves(contract.SUM_HOURS)
    def sum_hours(self, call: Call) -> dict[str, Any]:
        """Sum up hours unit by unit."""
        return self.kit.query(call, hours_by_unit.sum_hours)

    @serves(contract.GET_HOURS_FILE)
    def get_hours_file(self, call: Call) -> dict[str, Any]:
        """Return the ledger of a unit."""
        return self.kit.query(call, hours_by_unit.get_hours_file)

    @serves(contract.IMPORT_HOURS)
    def import_hours(self, call: Call) -> dict[str, Any]:
        """Import hours of earlier years."""
        return self.kit.command(call, hours_records.import_hours)

    @serves(contract.RECORD_PROMOTION)
    def record_promotion(self, call: Call) -> dict[str, Any]:
        """Record a promotion."""
        return self.kit.command(call, hours_records.record_promotion)

    @handles(contract.ROSTER_ADMITTED, name="hours")
    def expect_hours(self, delivery: Delivery) -> None:
        """Expect the hours of people who were admitted."""
        self.kit.react(delivery, hours.on_admission)

    @handles(contract.NOMINATION_WITHDRAWN, name="hours")
    def expect_no_hours(self, delivery: Delivery) -> None:
        """Expect nothing of whoever does not go."""
        self.kit.react(delivery, hours.on_withdrawal)

    @handles(COMPLETION_DECIDED, name="hours")
    def credit_hours(self, delivery: Delivery) -> None:
        """Credit the hours somebody attended."""
        self.kit.react(delivery, lambda tx, news: hours.on_completion(tx, news, delivery.time))
