"""Fee payments of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.enrollment.types.fee_orders import FeeOrder
from gateway.client.enrollment.types.fee_payments import FeeReceipt, FeeReceiptPage
from gateway.client.wire import UNSET, Caller, Unset, given


class FeePaymentsCalls(Caller):
    """选调与录取 / Enrollment: fee payments."""

    def book_fee_payment(
        self,
        *,
        order_id: str,
        amount: str,
        paid_on: str,
        method: Literal["bank_transfer", "treasury_transfer", "official_card"],
        account_kind: Literal["treasury", "institution", "personal"],
        account_title: str,
        reference: str,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> FeeOrder:
        """登记缴费并开具收据 / Book a payment and issue its receipt."""
        return self._wire.send(
            FeeOrder,
            "POST",
            "/fee-orders/{order_id}/payments",
            given(
                order_id=order_id,
                amount=amount,
                paid_on=paid_on,
                method=method,
                account_kind=account_kind,
                account_title=account_title,
                reference=reference,
            ),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def cancel_fee_payment(
        self,
        *,
        order_id: str,
        payment_id: str,
        reason: str,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> FeeOrder:
        """撤销误登的缴费 / Cancel a payment booked by mistake."""
        return self._wire.send(
            FeeOrder,
            "POST",
            "/fee-orders/{order_id}/payments/{payment_id}/cancellation",
            given(order_id=order_id, payment_id=payment_id, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def refund_fees(
        self,
        *,
        order_id: str,
        refunded_on: str,
        cause: Literal[
            "replacement", "withdrawal", "expulsion", "not_reported", "retiming", "cancellation", "overpayment"
        ],
        reference: str,
        amount: str | Unset | None = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> FeeOrder:
        """登记退费 / Book a refund."""
        return self._wire.send(
            FeeOrder,
            "POST",
            "/fee-orders/{order_id}/refunds",
            given(order_id=order_id, amount=amount, refunded_on=refunded_on, cause=cause, reference=reference),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def list_fee_receipts(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        term_id: str | Unset = UNSET,
        order_id: str | Unset = UNSET,
        issuer: Literal["organisation_department", "party_school"] | Unset = UNSET,
        year: int | Unset = UNSET,
    ) -> FeeReceiptPage:
        """查询培训费收据 / List fee receipts."""
        return self._wire.send(
            FeeReceiptPage,
            "GET",
            "/fee-receipts",
            given(
                cursor=cursor,
                limit=limit,
                unit_id=unit_id,
                term_id=term_id,
                order_id=order_id,
                issuer=issuer,
                year=year,
            ),
        )

    def get_fee_receipt(self, *, receipt_id: str) -> FeeReceipt:
        """查看培训费收据 / Show a fee receipt."""
        return self._wire.send(FeeReceipt, "GET", "/fee-receipts/{receipt_id}", given(receipt_id=receipt_id))
