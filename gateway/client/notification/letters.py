"""Letters of Notification (函件与送达).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.notification.types.letters import Issuing, Letter, LetterPage, LettersSummary
from gateway.client.wire import UNSET, Caller, Download, Unset, given


class LettersCalls(Caller):
    """函件与送达 / Notification: letters."""

    def list_letters(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        kind: Literal["transfer", "admission"] | Unset = UNSET,
        state: Literal["registered", "printed", "issued", "unprintable", "void"] | Unset = UNSET,
        acknowledgement: Literal["awaited", "overdue", "received"] | Unset = UNSET,
        current: bool | Unset = UNSET,
    ) -> LetterPage:
        """查询发文登记 / List registered letters."""
        return self._wire.send(
            LetterPage,
            "GET",
            "/letters",
            given(
                cursor=cursor,
                limit=limit,
                term_id=term_id,
                unit_id=unit_id,
                kind=kind,
                state=state,
                acknowledgement=acknowledgement,
                current=current,
            ),
        )

    def get_letter(self, *, letter_id: str) -> Letter:
        """查看一份函件 / Show one letter."""
        return self._wire.send(Letter, "GET", "/letters/{letter_id}", given(letter_id=letter_id))

    def get_letter_file(self, *, letter_id: str) -> Download:
        """下载函件（留痕） / Download a letter; the view is audited."""
        return self._wire.download("GET", "/letters/{letter_id}/file", given(letter_id=letter_id))

    def void_letter(
        self, *, letter_id: str, reason: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> Letter:
        """作废函件（文号保留） / Make a letter void; its number stays taken."""
        return self._wire.send(
            Letter,
            "POST",
            "/letters/{letter_id}/void",
            given(letter_id=letter_id, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def issue_letters(self, *, term_id: str, unit_id: str, idempotency_key: str | None = None) -> Issuing:
        """按最新名单补发函件 / Bring the letters of a unit's roster up to date."""
        return self._wire.send(
            Issuing,
            "POST",
            "/terms/{term_id}/letters",
            given(term_id=term_id, unit_id=unit_id),
            idempotency_key=idempotency_key,
        )

    def letters_summary(self, *, term_id: str | Unset = UNSET) -> LettersSummary:
        """各期函件统计 / Letters of each term in figures."""
        return self._wire.send(LettersSummary, "GET", "/letters-summary", given(term_id=term_id))
