"""Replacements of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.enrollment.types.replacements import Replacement, ReplacementDeadline, ReplacementPage
from gateway.client.wire import UNSET, Caller, Download, Unset, given


class ReplacementsCalls(Caller):
    """选调与录取 / Enrollment: replacements."""

    def request_replacement(
        self,
        *,
        nomination_id: str,
        reason_code: Literal["work", "health", "moved", "family", "epidemic", "other"],
        reason: str,
        proof: bytes,
        signer: str,
        signer_post: str,
        filename: str | Unset = UNSET,
        new_nomination_id: str | Unset | None = UNSET,
        name: str | Unset = UNSET,
        id_number: str | Unset = UNSET,
        phone: str | Unset = UNSET,
        post: str | Unset = UNSET,
        rank: str | Unset = UNSET,
        workplace: str | Unset = UNSET,
        political_status: str | Unset = UNSET,
        education: str | Unset = UNSET,
        ethnicity: str | Unset = UNSET,
        diet: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> Replacement:
        """申请更换人选（附证明材料） / Ask to send somebody else, with a proof file."""
        return self._wire.send(
            Replacement,
            "POST",
            "/nominations/{nomination_id}/replacements",
            given(
                nomination_id=nomination_id,
                reason_code=reason_code,
                reason=reason,
                proof=proof,
                filename=filename,
                signer=signer,
                signer_post=signer_post,
                new_nomination_id=new_nomination_id,
                name=name,
                id_number=id_number,
                phone=phone,
                post=post,
                rank=rank,
                workplace=workplace,
                political_status=political_status,
                education=education,
                ethnicity=ethnicity,
                diet=diet,
            ),
            idempotency_key=idempotency_key,
            if_match=if_match,
            upload="proof",
        )

    def cancel_replacement(
        self, *, replacement_id: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> Replacement:
        """撤销更换申请 / Take a request for a replacement back."""
        return self._wire.send(
            Replacement,
            "POST",
            "/replacements/{replacement_id}/cancellation",
            given(replacement_id=replacement_id),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def decide_replacement(
        self,
        *,
        replacement_id: str,
        decision: Literal["approve", "refuse"],
        reason_code: str | Unset | None = UNSET,
        note: str | Unset = UNSET,
        approver: str | Unset = UNSET,
        approver_post: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> Replacement:
        """审批更换人选 / Decide on a replacement."""
        return self._wire.send(
            Replacement,
            "POST",
            "/replacements/{replacement_id}/decision",
            given(
                replacement_id=replacement_id,
                decision=decision,
                reason_code=reason_code,
                note=note,
                approver=approver,
                approver_post=approver_post,
            ),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def list_replacements(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        state: Literal["requested", "approving", "approved", "refused", "cancelled"] | Unset = UNSET,
        late: bool | Unset = UNSET,
    ) -> ReplacementPage:
        """查询更换人选 / List replacements."""
        return self._wire.send(
            ReplacementPage,
            "GET",
            "/replacements",
            given(cursor=cursor, limit=limit, term_id=term_id, unit_id=unit_id, state=state, late=late),
        )

    def get_replacement(self, *, replacement_id: str) -> Replacement:
        """查看更换人选 / Show a replacement."""
        return self._wire.send(
            Replacement, "GET", "/replacements/{replacement_id}", given(replacement_id=replacement_id)
        )

    def get_replacement_proof(self, *, replacement_id: str) -> Download:
        """下载更换证明材料（留痕） / Download the proof file; the view is audited."""
        return self._wire.download("GET", "/replacements/{replacement_id}/proof", given(replacement_id=replacement_id))

    def get_replacement_deadline(self, *, term_id: str) -> ReplacementDeadline:
        """查询更换人选截止日期 / Show until when replacements are in time."""
        return self._wire.send(
            ReplacementDeadline, "GET", "/terms/{term_id}/replacement-deadline", given(term_id=term_id)
        )
