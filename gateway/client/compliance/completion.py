"""Completion of Compliance (学员管理).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.compliance.types.completion import CompletionPage, CompletionReport
from gateway.client.wire import UNSET, Caller, Unset, given


class CompletionCalls(Caller):
    """学员管理 / Compliance: completion."""

    def decide_completion(self, *, term_id: str, idempotency_key: str | None = None) -> CompletionReport:
        """按规则评定结业 / Judge who completes a term."""
        return self._wire.send(
            CompletionReport,
            "POST",
            "/terms/{term_id}/completions",
            given(term_id=term_id),
            idempotency_key=idempotency_key,
        )

    def confirm_completion(
        self, *, term_id: str, approver: str, idempotency_key: str | None = None
    ) -> CompletionReport:
        """确认结业评定 / Confirm who completes a term."""
        return self._wire.send(
            CompletionReport,
            "POST",
            "/terms/{term_id}/completions/confirmation",
            given(term_id=term_id, approver=approver),
            idempotency_key=idempotency_key,
        )

    def list_completions(
        self,
        *,
        term_id: str,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        outcome: Literal["completed", "not_completed", "pending"] | Unset = UNSET,
    ) -> CompletionPage:
        """查询结业评定 / List completions with their reasons."""
        return self._wire.send(
            CompletionPage,
            "GET",
            "/terms/{term_id}/completions",
            given(term_id=term_id, cursor=cursor, limit=limit, unit_id=unit_id, outcome=outcome),
        )
