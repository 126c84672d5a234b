"""Health of Compliance (学员管理).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.compliance.types.health import (
    HealthConsent,
    HealthContent,
    HealthDeclaration,
    HealthDeclarationPage,
    HealthPurge,
    HealthPurgePage,
    OwnHealthList,
    PurgeVerdict,
)
from gateway.client.wire import UNSET, Caller, Unset, given


class HealthCalls(Caller):
    """学员管理 / Compliance: health."""

    def get_health_consent(self) -> HealthConsent:
        """查看健康申报告知同意书 / Show what one agrees to."""
        return self._wire.send(HealthConsent, "GET", "/health-consent", given())

    def declare_my_health(
        self,
        *,
        purpose: Literal["entry_check", "daily_report"],
        consent: bool,
        fit: bool,
        symptoms: bool,
        contact: bool,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> HealthDeclaration:
        """本人健康申报 / Declare one's health."""
        return self._wire.send(
            HealthDeclaration,
            "POST",
            "/my/health-declarations",
            given(purpose=purpose, consent=consent, fit=fit, symptoms=symptoms, contact=contact),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def record_health_check(
        self,
        *,
        nomination_id: str,
        purpose: Literal["entry_check", "daily_report"],
        basis: Literal["consent", "statutory_duty", "public_health_emergency"],
        code: Literal["green", "yellow", "red", "none"],
        basis_document: str | Unset = UNSET,
        verified_at: str | Unset | None = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> HealthDeclaration:
        """登记健康核验结果 / Record a health check."""
        return self._wire.send(
            HealthDeclaration,
            "POST",
            "/health-checks",
            given(
                nomination_id=nomination_id,
                purpose=purpose,
                basis=basis,
                basis_document=basis_document,
                code=code,
                verified_at=verified_at,
            ),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def list_health_declarations(
        self,
        *,
        term_id: str,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        purpose: Literal["entry_check", "daily_report"] | Unset = UNSET,
    ) -> HealthDeclarationPage:
        """查询健康申报登记 / List health declarations."""
        return self._wire.send(
            HealthDeclarationPage,
            "GET",
            "/health-declarations",
            given(cursor=cursor, limit=limit, term_id=term_id, purpose=purpose),
        )

    def open_health_declaration(
        self, *, declaration_id: str, purpose: Literal["entry_check", "daily_report"]
    ) -> HealthContent:
        """查看健康申报内容 / Open a health declaration."""
        return self._wire.send(
            HealthContent,
            "GET",
            "/health-declarations/{declaration_id}/content",
            given(declaration_id=declaration_id, purpose=purpose),
        )

    def list_my_health(self) -> OwnHealthList:
        """查看本人健康申报 / Show one's own declarations."""
        return self._wire.send(OwnHealthList, "GET", "/my/health-declarations", given())

    def withdraw_my_consent(self, *, declaration_id: str, idempotency_key: str | None = None) -> HealthPurge:
        """撤回同意并删除健康申报 / Take consent back."""
        return self._wire.send(
            HealthPurge,
            "POST",
            "/my/health-declarations/{declaration_id}/withdrawal",
            given(declaration_id=declaration_id),
            idempotency_key=idempotency_key,
        )

    def list_health_purges(
        self, *, cursor: str | Unset = UNSET, limit: int | Unset = UNSET, term_id: str | Unset = UNSET
    ) -> HealthPurgePage:
        """查询健康申报清除证明 / List proofs of deletion."""
        return self._wire.send(
            HealthPurgePage, "GET", "/health-purges", given(cursor=cursor, limit=limit, term_id=term_id)
        )

    def verify_health_purge(self, *, proof_id: str) -> PurgeVerdict:
        """核验健康申报清除证明 / Verify a proof of deletion."""
        return self._wire.send(PurgeVerdict, "GET", "/health-purges/{proof_id}/verification", given(proof_id=proof_id))
