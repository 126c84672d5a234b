"""Acknowledgements of Notification (函件与送达).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.notification.types.acknowledgements import RosterAcknowledged, TermAcknowledgements
from gateway.client.notification.types.letters import Letter
from gateway.client.wire import UNSET, Caller, Unset, given


class AcknowledgementsCalls(Caller):
    """函件与送达 / Notification: acknowledgements."""

    def acknowledge_letter(
        self,
        *,
        letter_id: str,
        note: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> Letter:
        """函件回执 / Acknowledge a letter."""
        return self._wire.send(
            Letter,
            "POST",
            "/letters/{letter_id}/acknowledgement",
            given(letter_id=letter_id, note=note),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def acknowledge_roster(
        self, *, term_id: str, unit_id: str, note: str | Unset = UNSET, idempotency_key: str | None = None
    ) -> RosterAcknowledged:
        """一次回执本单位一期的全部函件 / Acknowledge all letters of a unit's roster."""
        return self._wire.send(
            RosterAcknowledged,
            "POST",
            "/terms/{term_id}/letters/acknowledgement",
            given(term_id=term_id, unit_id=unit_id, note=note),
            idempotency_key=idempotency_key,
        )

    def list_acknowledgements(self, *, term_id: str, unit_id: str | Unset = UNSET) -> TermAcknowledgements:
        """查看一期的回执情况 / Show the acknowledgements of a term by unit."""
        return self._wire.send(
            TermAcknowledgements,
            "GET",
            "/terms/{term_id}/letters/acknowledgements",
            given(term_id=term_id, unit_id=unit_id),
        )
