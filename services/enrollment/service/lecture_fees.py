"""Lecture fees."""

from __future__ import annotations

from typing import Any

from services.enrollment import contract
from services.enrollment.commands import lecture_fees
from services.enrollment.fee_standards import FeeStandards
from services.enrollment.queries import lecture_fees as lecture_queries
from services.enrollment.service.desk import Desk
from services.scheduling.contract import TIMETABLE_ISSUED
from shared.messaging import Call, Delivery, handles, serves


class LectureFeeEntrypoints(Desk):
    """Lecture fees."""

    @serves(contract.LIST_LECTURE_FEES)
    def list_lecture_fees(self, call: Call) -> dict[str, Any]:
        """List statements."""
        return self.kit.query(call, lecture_queries.list_lecture_fees)

    @serves(contract.GET_LECTURE_FEE)
    def get_lecture_fee(self, call: Call) -> dict[str, Any]:
        """Show a statement."""
        return self.kit.query(call, lecture_queries.get_lecture_fee)

    @serves(contract.LIST_MY_LECTURE_FEES)
    def list_my_lecture_fees(self, call: Call) -> dict[str, Any]:
        """List a lecturer's own statements."""
        return self.kit.query(call, lecture_queries.list_my_lecture_fees)

    @serves(contract.AGREE_LECTURE_FEE)
    def agree_lecture_fee(self, call: Call) -> dict[str, Any]:
        """Keep what was agreed."""
        standards = FeeStandards(self.kit.plugins)
        return self.kit.command(call, lambda tx, given: lecture_fees.agree_lecture_fee(tx, given, standards))

    @handles(TIMETABLE_ISSUED, name="lecture_fees")
    def reckon_lectures(self, delivery: Delivery) -> None:
        """Reckon lecture fees by an issued timetable."""
        standards = FeeStandards(self.kit.plugins)
        self.kit.react(delivery, lambda tx, news: lecture_fees.on_timetable(tx, news, standards))
