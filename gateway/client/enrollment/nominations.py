"""Nominations of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.enrollment.types.dossiers import Dossier
from gateway.client.enrollment.types.nominations import BulkReport, IdNumber, Nomination, NominationSummaryPage
from gateway.client.wire import UNSET, Caller, Unset, given


class NominationsCalls(Caller):
    """选调与录取 / Enrollment: nominations."""

    def list_nominations(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        import_id: str | Unset = UNSET,
        state: Literal[
            "filed",
            "attested",
            "accepted",
            "returned",
            "refused",
            "admitted",
            "withdrawn",
            "replaced",
            "expelled",
            "not_reported",
        ]
        | Unset = UNSET,
        outcome: Literal["eligible", "warned", "refused"] | Unset = UNSET,
        awaits: str | Unset = UNSET,
    ) -> NominationSummaryPage:
        """查询推荐人选 / List nominations."""
        return self._wire.send(
            NominationSummaryPage,
            "GET",
            "/nominations",
            given(
                cursor=cursor,
                limit=limit,
                term_id=term_id,
                unit_id=unit_id,
                import_id=import_id,
                state=state,
                outcome=outcome,
                awaits=awaits,
            ),
        )

    def get_nomination(self, *, nomination_id: str) -> Nomination:
        """查看一份推荐 / Show one nomination."""
        return self._wire.send(Nomination, "GET", "/nominations/{nomination_id}", given(nomination_id=nomination_id))

    def attest_nominations(
        self,
        *,
        nomination_ids: list[str],
        signer: str,
        signer_post: str,
        criteria: list[Literal["job_tied_to_theme", "has_potential", "in_good_health"]] | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> BulkReport:
        """单位批量认定三项条件 / Attest the three criteria for several nominations."""
        return self._wire.send(
            BulkReport,
            "POST",
            "/nominations/attestations",
            given(nomination_ids=nomination_ids, criteria=criteria, signer=signer, signer_post=signer_post),
            idempotency_key=idempotency_key,
        )

    def review_nominations(
        self,
        *,
        nomination_ids: list[str],
        decision: Literal["accept", "return", "refuse"],
        reason_code: str | Unset | None = UNSET,
        note: str | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> BulkReport:
        """逐级批量审核 / Accept, return or refuse several nominations at the step they wait for."""
        return self._wire.send(
            BulkReport,
            "POST",
            "/nominations/reviews",
            given(nomination_ids=nomination_ids, decision=decision, reason_code=reason_code, note=note),
            idempotency_key=idempotency_key,
        )

    def correct_nomination(
        self,
        *,
        nomination_id: str,
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
        term_id: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> Nomination:
        """修改并重新报送 / Correct a nomination and file it again."""
        return self._wire.send(
            Nomination,
            "PATCH",
            "/nominations/{nomination_id}",
            given(
                nomination_id=nomination_id,
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
                term_id=term_id,
            ),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def withdraw_nomination(
        self,
        *,
        nomination_id: str,
        reason_code: Literal["work", "health", "moved", "replaced", "filed-by-mistake", "other"],
        note: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> Nomination:
        """撤回推荐 / Withdraw a nomination."""
        return self._wire.send(
            Nomination,
            "POST",
            "/nominations/{nomination_id}/withdrawal",
            given(nomination_id=nomination_id, reason_code=reason_code, note=note),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def unseal_id_number(self, *, nomination_id: str, purpose: str) -> IdNumber:
        """查看身份证号（留痕） / Show an identity number in full; the view is audited."""
        return self._wire.send(
            IdNumber,
            "GET",
            "/nominations/{nomination_id}/id-number",
            given(nomination_id=nomination_id, purpose=purpose),
        )

    def get_dossier(self, *, nomination_id: str) -> Dossier:
        """查看推荐材料全貌 / Show everything about a nomination."""
        return self._wire.send(
            Dossier, "GET", "/nominations/{nomination_id}/dossier", given(nomination_id=nomination_id)
        )
