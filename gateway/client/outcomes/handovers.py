"""Handovers of Outcomes (成果运用).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.outcomes.types.handovers import Handover, HandoverRowPage
from gateway.client.wire import UNSET, Caller, Unset, given


class HandoversCalls(Caller):
    """成果运用 / Outcomes: handovers."""

    def list_handovers(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        lecturer_id: str | Unset = UNSET,
        state: Literal["open", "receipted", "closed"] | Unset = UNSET,
    ) -> HandoverRowPage:
        """查询问题转交情况 / List hand-overs of questions."""
        return self._wire.send(
            HandoverRowPage,
            "GET",
            "/question-handovers",
            given(cursor=cursor, limit=limit, term_id=term_id, lecturer_id=lecturer_id, state=state),
        )

    def get_handover(self, *, handover_id: str) -> Handover:
        """查看转交的问题 / Show a hand-over with its questions."""
        return self._wire.send(Handover, "GET", "/question-handovers/{handover_id}", given(handover_id=handover_id))

    def receipt_handover(
        self, *, handover_id: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> Handover:
        """回执：已收到转交的问题 / Receipt a hand-over."""
        return self._wire.send(
            Handover,
            "POST",
            "/question-handovers/{handover_id}/receipt",
            given(handover_id=handover_id),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def answer_question(
        self,
        *,
        handover_id: str,
        cluster_id: str,
        outcome: Literal["answered", "used", "not_covered"],
        text: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> Handover:
        """登记问题的解答、采用或未涉及 / Say what became of a question."""
        return self._wire.send(
            Handover,
            "POST",
            "/question-handovers/{handover_id}/answers",
            given(handover_id=handover_id, cluster_id=cluster_id, outcome=outcome, text=text),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
