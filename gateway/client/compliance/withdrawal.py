"""Withdrawal of Compliance (学员管理).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.compliance.types.withdrawal import WithdrawalCase, WithdrawalCasePage
from gateway.client.wire import UNSET, Caller, Unset, given


class WithdrawalCalls(Caller):
    """学员管理 / Compliance: withdrawal."""

    def list_withdrawal_cases(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        state: Literal["open", "withdrawn", "kept", "dissolved"] | Unset = UNSET,
    ) -> WithdrawalCasePage:
        """查询退学案 / List withdrawal cases."""
        return self._wire.send(
            WithdrawalCasePage,
            "GET",
            "/withdrawal-cases",
            given(cursor=cursor, limit=limit, term_id=term_id, unit_id=unit_id, state=state),
        )

    def get_withdrawal_case(self, *, case_id: str) -> WithdrawalCase:
        """查看一件退学案 / Show a withdrawal case."""
        return self._wire.send(WithdrawalCase, "GET", "/withdrawal-cases/{case_id}", given(case_id=case_id))

    def decide_withdrawal(
        self,
        *,
        case_id: str,
        decision: Literal["withdraw", "keep"],
        approver: str,
        reason: str,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> WithdrawalCase:
        """决定是否退学 / Decide on a withdrawal."""
        return self._wire.send(
            WithdrawalCase,
            "POST",
            "/withdrawal-cases/{case_id}/decision",
            given(case_id=case_id, decision=decision, approver=approver, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
