"""Proposals of Outcomes (成果运用).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.outcomes.types.proposals import Proposal, ProposalPage, ProposalRowPage
from gateway.client.wire import UNSET, Caller, Unset, given


class ProposalsCalls(Caller):
    """成果运用 / Outcomes: proposals."""

    def file_proposal(
        self,
        *,
        title: str,
        body: str,
        nomination_id: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> Proposal:
        """提出政策建议 / File a policy proposal."""
        return self._wire.send(
            Proposal,
            "POST",
            "/proposals",
            given(nomination_id=nomination_id, title=title, body=body),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def list_proposals(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        state: Literal["filed", "forwarded", "adopted", "partly_adopted", "declined", "withdrawn"] | Unset = UNSET,
        received: bool | Unset = UNSET,
    ) -> ProposalRowPage:
        """查询政策建议 / List policy proposals."""
        return self._wire.send(
            ProposalRowPage,
            "GET",
            "/proposals",
            given(cursor=cursor, limit=limit, term_id=term_id, unit_id=unit_id, state=state, received=received),
        )

    def get_proposal(self, *, proposal_id: str) -> Proposal:
        """查看一条政策建议 / Show a policy proposal."""
        return self._wire.send(Proposal, "GET", "/proposals/{proposal_id}", given(proposal_id=proposal_id))

    def withdraw_proposal(
        self, *, proposal_id: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> Proposal:
        """撤回政策建议 / Take a proposal back."""
        return self._wire.send(
            Proposal,
            "POST",
            "/proposals/{proposal_id}/withdrawal",
            given(proposal_id=proposal_id),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def forward_proposal(
        self,
        *,
        proposal_id: str,
        receiving_unit_id: str,
        due_on: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> Proposal:
        """转送有关部门研究 / Forward a proposal to a department."""
        return self._wire.send(
            Proposal,
            "POST",
            "/proposals/{proposal_id}/forwarding",
            given(proposal_id=proposal_id, receiving_unit_id=receiving_unit_id, due_on=due_on),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def answer_proposal(
        self,
        *,
        proposal_id: str,
        decision: Literal["adopted", "partly_adopted", "declined"],
        answer: str,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> Proposal:
        """部门答复：采纳、部分采纳或不采纳 / Adopt, partly adopt or decline, with the answer."""
        return self._wire.send(
            Proposal,
            "POST",
            "/proposals/{proposal_id}/answer",
            given(proposal_id=proposal_id, decision=decision, answer=answer),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def record_follow_up(
        self,
        *,
        proposal_id: str,
        month: int,
        progress: Literal["not_started", "in_progress", "completed", "stopped"],
        evidence: str,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> Proposal:
        """填报采纳后的进展 / Record how far an adopted proposal has come."""
        return self._wire.send(
            Proposal,
            "POST",
            "/proposals/{proposal_id}/follow-ups",
            given(proposal_id=proposal_id, month=month, progress=progress, evidence=evidence),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def list_follow_ups(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        due_until: str | Unset = UNSET,
    ) -> ProposalPage:
        """查询待跟踪的建议 / List proposals by their next follow-up."""
        return self._wire.send(
            ProposalPage, "GET", "/follow-ups", given(cursor=cursor, limit=limit, unit_id=unit_id, due_until=due_until)
        )
