"""Fee assessing of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.enrollment.types.fee_assessing import FeeOrderList, GivenLegalBasis
from gateway.client.wire import UNSET, Caller, Unset, given


class FeeAssessingCalls(Caller):
    """选调与录取 / Enrollment: fee assessing."""

    def assess_fees(
        self, *, term_id: str, unit_id: str | Unset | None = UNSET, idempotency_key: str | None = None
    ) -> FeeOrderList:
        """重新核定一期的培训费 / Assess a term's fees again."""
        return self._wire.send(
            FeeOrderList,
            "POST",
            "/terms/{term_id}/fee-assessments",
            given(term_id=term_id, unit_id=unit_id),
            idempotency_key=idempotency_key,
        )

    def assign_fee_payer(
        self,
        *,
        term_id: str,
        unit_id: str,
        payer: Literal["unit", "treasury", "individual"],
        nomination_id: str | Unset | None = UNSET,
        legal_basis: GivenLegalBasis | Unset | None = UNSET,
        note: str | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> FeeOrderList:
        """指定付费方 / Say who pays."""
        return self._wire.send(
            FeeOrderList,
            "PUT",
            "/terms/{term_id}/fee-payers",
            given(
                term_id=term_id,
                unit_id=unit_id,
                nomination_id=nomination_id,
                payer=payer,
                legal_basis=legal_basis,
                note=note,
            ),
            idempotency_key=idempotency_key,
        )
