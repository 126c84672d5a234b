"""Closing of Compliance (学员管理).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.compliance.types.closing import ArchiveVerdict, Checklist, Closing
from gateway.client.wire import Caller, Download, given


class ClosingCalls(Caller):
    """学员管理 / Compliance: closing."""

    def close_term(self, *, term_id: str, approver: str, idempotency_key: str | None = None) -> Closing:
        """结班归档 / Close a term."""
        return self._wire.send(
            Closing,
            "POST",
            "/terms/{term_id}/closing",
            given(term_id=term_id, approver=approver),
            idempotency_key=idempotency_key,
        )

    def get_closing(self, *, term_id: str) -> Closing:
        """查看结班进度 / Show the closing of a term."""
        return self._wire.send(Closing, "GET", "/terms/{term_id}/closing", given(term_id=term_id))

    def get_closing_checklist(self, *, term_id: str) -> Checklist:
        """查看归档材料清单 / Show the checklist of a closing."""
        return self._wire.send(Checklist, "GET", "/terms/{term_id}/closing/checklist", given(term_id=term_id))

    def reopen_term(
        self,
        *,
        term_id: str,
        approver: str,
        reason: str,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> Closing:
        """重新打开已结班次 / Reopen a closed term."""
        return self._wire.send(
            Closing,
            "POST",
            "/terms/{term_id}/closing/reopening",
            given(term_id=term_id, approver=approver, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def get_term_archive(self, *, term_id: str) -> Download:
        """下载班次档案 / Download the archive of a term."""
        return self._wire.download("GET", "/terms/{term_id}/archive", given(term_id=term_id))

    def verify_term_archive(self, *, term_id: str) -> ArchiveVerdict:
        """核验班次档案 / Verify the archive of a term."""
        return self._wire.send(ArchiveVerdict, "GET", "/terms/{term_id}/archive/verification", given(term_id=term_id))
