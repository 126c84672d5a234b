"""Certificates of Notification (函件与送达).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.notification.types.certificates import (
    Certificate,
    CertificateIssuing,
    CertificateKeys,
    CertificatePage,
    CertificatesSummary,
    CertificateVerdict,
)
from gateway.client.wire import UNSET, Caller, Download, Unset, given


class CertificatesCalls(Caller):
    """函件与送达 / Notification: certificates."""

    def list_certificates(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        nomination_id: str | Unset = UNSET,
        state: Literal["registered", "issued", "unprintable", "revoked"] | Unset = UNSET,
    ) -> CertificatePage:
        """查询结业证书登记 / List registered certificates."""
        return self._wire.send(
            CertificatePage,
            "GET",
            "/certificates",
            given(
                cursor=cursor, limit=limit, term_id=term_id, unit_id=unit_id, nomination_id=nomination_id, state=state
            ),
        )

    def get_certificate(self, *, certificate_id: str) -> Certificate:
        """查看一份结业证书 / Show one certificate."""
        return self._wire.send(
            Certificate, "GET", "/certificates/{certificate_id}", given(certificate_id=certificate_id)
        )

    def get_certificate_file(self, *, certificate_id: str) -> Download:
        """下载结业证书（留痕） / Download a certificate; the view is audited."""
        return self._wire.download("GET", "/certificates/{certificate_id}/file", given(certificate_id=certificate_id))

    def issue_certificates(
        self, *, term_id: str, unit_id: str | Unset = UNSET, idempotency_key: str | None = None
    ) -> CertificateIssuing:
        """按结业评定补发结业证书 / Bring the certificates of a term up to what was decided."""
        return self._wire.send(
            CertificateIssuing,
            "POST",
            "/terms/{term_id}/certificates",
            given(term_id=term_id, unit_id=unit_id),
            idempotency_key=idempotency_key,
        )

    def revoke_certificate(
        self,
        *,
        certificate_id: str,
        reason_code: Literal["issued_in_error", "misconduct", "other"],
        reason: str,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> Certificate:
        """撤销结业证书（编号保留） / Revoke a certificate; its serial stays taken."""
        return self._wire.send(
            Certificate,
            "POST",
            "/certificates/{certificate_id}/revocation",
            given(certificate_id=certificate_id, reason_code=reason_code, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def reissue_certificate(
        self, *, certificate_id: str, reason: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> Certificate:
        """换发结业证书（新编号） / Replace a certificate by a new one with a new serial."""
        return self._wire.send(
            Certificate,
            "POST",
            "/certificates/{certificate_id}/reissue",
            given(certificate_id=certificate_id, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def certificates_summary(self, *, term_id: str | Unset = UNSET) -> CertificatesSummary:
        """结业证书统计 / Certificates in figures."""
        return self._wire.send(CertificatesSummary, "GET", "/certificates-summary", given(term_id=term_id))

    def verify_certificate(
        self, *, signed: str | Unset = UNSET, serial: str | Unset = UNSET, code: str | Unset = UNSET
    ) -> CertificateVerdict:
        """核验结业证书真伪 / Verify a certificate."""
        return self._wire.send(
            CertificateVerdict, "GET", "/certificate-verification", given(signed=signed, serial=serial, code=code)
        )

    def get_certificate_keys(self) -> CertificateKeys:
        """获取核验结业证书的公钥 / Get the public keys that verify certificates."""
        return self._wire.send(CertificateKeys, "GET", "/certificate-keys", given())
