"""Terms of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.scheduling.types.terms import TermRow, TermRowPage
from gateway.client.wire import UNSET, Caller, Unset, given


class TermsCalls(Caller):
    """计划与排期 / Plans and scheduling: terms."""

    def list_terms(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        plan_id: str | Unset = UNSET,
        programme_id: str | Unset = UNSET,
        state: Literal["planned", "placed", "cancelled"] | Unset = UNSET,
        from_day: str | Unset = UNSET,
        to_day: str | Unset = UNSET,
    ) -> TermRowPage:
        """列出班次各期 / List terms."""
        return self._wire.send(
            TermRowPage,
            "GET",
            "/terms",
            given(
                cursor=cursor,
                limit=limit,
                plan_id=plan_id,
                programme_id=programme_id,
                state=state,
                from_day=from_day,
                to_day=to_day,
            ),
        )

    def get_term(self, *, term_id: str) -> TermRow:
        """查看一期 / Show a term."""
        return self._wire.send(TermRow, "GET", "/terms/{term_id}", given(term_id=term_id))

    def move_term(
        self,
        *,
        term_id: str,
        starts_on: str | Unset = UNSET,
        room_id: str | Unset = UNSET,
        pinned: bool | Unset = UNSET,
        reason: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> TermRow:
        """手工调整一期的日期或教室 / Move a term by hand."""
        return self._wire.send(
            TermRow,
            "PATCH",
            "/terms/{term_id}",
            given(term_id=term_id, starts_on=starts_on, room_id=room_id, pinned=pinned, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def cancel_term(
        self,
        *,
        term_id: str,
        reason: str,
        release_admitted: bool | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> TermRow:
        """取消一期 / Cancel a term."""
        return self._wire.send(
            TermRow,
            "POST",
            "/terms/{term_id}/cancellation",
            given(term_id=term_id, reason=reason, release_admitted=release_admitted),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
