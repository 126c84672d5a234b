"""Fee orders of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.enrollment.types.fee_orders import FeeAssessments, FeeOrder, FeeOrderSummaryPage
from gateway.client.wire import UNSET, Caller, Download, Unset, given


class FeeOrdersCalls(Caller):
    """选调与录取 / Enrollment: fee orders."""

    def list_fee_orders(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        state: Literal["open", "part_paid", "settled", "overpaid", "void"] | Unset = UNSET,
        overdue: bool | Unset = UNSET,
    ) -> FeeOrderSummaryPage:
        """查询培训费缴费单 / List fee orders."""
        return self._wire.send(
            FeeOrderSummaryPage,
            "GET",
            "/fee-orders",
            given(cursor=cursor, limit=limit, term_id=term_id, unit_id=unit_id, state=state, overdue=overdue),
        )

    def get_fee_order(self, *, order_id: str) -> FeeOrder:
        """查看培训费缴费单 / Show a fee order."""
        return self._wire.send(FeeOrder, "GET", "/fee-orders/{order_id}", given(order_id=order_id))

    def list_fee_assessments(self, *, order_id: str) -> FeeAssessments:
        """查看缴费单的历次核定 / Show how a fee order was assessed over time."""
        return self._wire.send(FeeAssessments, "GET", "/fee-orders/{order_id}/assessments", given(order_id=order_id))

    def get_fee_list(self, *, term_id: str, unit_id: str | Unset | None = UNSET) -> Download:
        """下载一期的培训费清单 / Download the fee list of a term."""
        return self._wire.download("GET", "/terms/{term_id}/fee-list", given(term_id=term_id, unit_id=unit_id))
