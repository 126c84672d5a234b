"""Fee settlement of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.enrollment.types.fee_settlement import GivenCosts, TermSettlement
from gateway.client.wire import UNSET, Caller, Unset, given


class FeeSettlementCalls(Caller):
    """选调与录取 / Enrollment: fee settlement."""

    def file_term_costs(
        self,
        *,
        term_id: str,
        items: GivenCosts,
        staff: int,
        trainees: int | Unset | None = UNSET,
        unplanned: bool | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> TermSettlement:
        """填报一期的实际支出，超标准不予列支 / File what a term really cost."""
        return self._wire.send(
            TermSettlement,
            "PUT",
            "/terms/{term_id}/settlement/costs",
            given(term_id=term_id, items=items, staff=staff, trainees=trainees, unplanned=unplanned),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def record_settlement_paper(
        self,
        *,
        term_id: str,
        paper: str,
        reference: str,
        dated_on: str,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> TermSettlement:
        """登记报销材料 / Record a paper of the reimbursement file."""
        return self._wire.send(
            TermSettlement,
            "PUT",
            "/terms/{term_id}/settlement/papers/{paper}",
            given(term_id=term_id, paper=paper, reference=reference, dated_on=dated_on),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def settle_term(
        self, *, term_id: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> TermSettlement:
        """结算一期的培训费 / Settle a term."""
        return self._wire.send(
            TermSettlement,
            "POST",
            "/terms/{term_id}/settlement",
            given(term_id=term_id),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def reopen_settlement(
        self, *, term_id: str, reason: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> TermSettlement:
        """重新打开结算 / Open a settled term again."""
        return self._wire.send(
            TermSettlement,
            "POST",
            "/terms/{term_id}/settlement/reopening",
            given(term_id=term_id, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def get_term_settlement(self, *, term_id: str) -> TermSettlement:
        """查看一期的结算 / Show how far a term's settlement is."""
        return self._wire.send(TermSettlement, "GET", "/terms/{term_id}/settlement", given(term_id=term_id))
