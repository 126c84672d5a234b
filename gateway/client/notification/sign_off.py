"""Sign off of Notification (函件与送达).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.notification.types.sign_off import SignOffReport
from gateway.client.wire import UNSET, Caller, Unset, given


class SignOffCalls(Caller):
    """函件与送达 / Notification: sign off."""

    def sign_off_letters(
        self,
        *,
        letter_ids: list[str] | Unset = UNSET,
        term_id: str | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        kind: Literal["transfer", "admission"] | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> SignOffReport:
        """签发函件（可批量） / Sign printed letters off, several at once."""
        return self._wire.send(
            SignOffReport,
            "POST",
            "/letters/sign-off",
            given(letter_ids=letter_ids, term_id=term_id, unit_id=unit_id, kind=kind),
            idempotency_key=idempotency_key,
        )
