"""Fee standards of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.enrollment.types.fee_standards import FeeQuote, FeeScope, FeeScopeList, FeeStandardList, Removed
from gateway.client.wire import UNSET, Caller, Unset, given


class FeeStandardsCalls(Caller):
    """选调与录取 / Enrollment: fee standards."""

    def list_fee_standards(self, *, on: str | Unset | None = UNSET) -> FeeStandardList:
        """查询培训费标准 / List fee standards with their figures and sources."""
        return self._wire.send(FeeStandardList, "GET", "/fee-standards", given(on=on))

    def quote_fee(
        self,
        *,
        standard: str,
        fee_class: str,
        on: str,
        training_days: int,
        arrival_days: int | Unset = UNSET,
        departure_days: int | Unset = UNSET,
    ) -> FeeQuote:
        """试算培训费 / Reckon what a stay costs."""
        return self._wire.send(
            FeeQuote,
            "GET",
            "/fee-quote",
            given(
                standard=standard,
                fee_class=fee_class,
                on=on,
                training_days=training_days,
                arrival_days=arrival_days,
                departure_days=departure_days,
            ),
        )

    def put_fee_scope(
        self,
        *,
        scope_id: str,
        standard: str,
        fee_class: str,
        lecture_standard: str,
        effective_from: str,
        document: str,
        departure_days: int | Unset = UNSET,
        effective_to: str | Unset | None = UNSET,
        campus_id: str | Unset | None = UNSET,
        programme_id: str | Unset | None = UNSET,
        kind: str | Unset | None = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> FeeScope:
        """设定培训费标准的适用范围 / Say which fee standard holds where and when."""
        return self._wire.send(
            FeeScope,
            "PUT",
            "/fee-scopes/{scope_id}",
            given(
                scope_id=scope_id,
                standard=standard,
                fee_class=fee_class,
                lecture_standard=lecture_standard,
                departure_days=departure_days,
                effective_from=effective_from,
                effective_to=effective_to,
                campus_id=campus_id,
                programme_id=programme_id,
                kind=kind,
                document=document,
            ),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def list_fee_scopes(self) -> FeeScopeList:
        """查询培训费标准的适用范围 / List which fee standards hold where."""
        return self._wire.send(FeeScopeList, "GET", "/fee-scopes", given())

    def remove_fee_scope(self, *, scope_id: str, idempotency_key: str | None = None) -> Removed:
        """取消一条适用范围 / Remove a scope; orders assessed by it keep their amounts."""
        return self._wire.send(
            Removed, "DELETE", "/fee-scopes/{scope_id}", given(scope_id=scope_id), idempotency_key=idempotency_key
        )
