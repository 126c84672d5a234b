"""Commands of Notification (函件与送达).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client import notification_types as types
from gateway.client.wire import UNSET, Unset, Wire, given


class NotificationCommands:
    """函件与送达 / Notification."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def void_letter(
        self, *, letter_id: str, reason: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> types.Letter:
        """作废函件（文号保留） / Make a letter void; its number stays taken."""
        return self._wire.send(
            types.Letter,
            "POST",
            "/letters/{letter_id}/void",
            given(letter_id=letter_id, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def issue_letters(self, *, term_id: str, unit_id: str, idempotency_key: str | None = None) -> types.Issuing:
        """按最新名单补发函件 / Bring the letters of a unit's roster up to date."""
        return self._wire.send(
            types.Issuing,
            "POST",
            "/terms/{term_id}/letters",
            given(term_id=term_id, unit_id=unit_id),
            idempotency_key=idempotency_key,
        )

    def retry_delivery(
        self, *, delivery_id: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> types.LetterDelivery:
        """重新送达 / Try a delivery again."""
        return self._wire.send(
            types.LetterDelivery,
            "POST",
            "/deliveries/{delivery_id}/retry",
            given(delivery_id=delivery_id),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def put_channel_preference(
        self,
        *,
        recipient: str,
        channels: list[types.ChannelChoice],
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Preference:
        """设置送达渠道 / Set the channels of a recipient."""
        return self._wire.send(
            types.Preference,
            "PUT",
            "/channel-preferences/{recipient}",
            given(recipient=recipient, channels=channels),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def put_issuer(
        self,
        *,
        kind: Literal["transfer", "admission"],
        name: str,
        signature: str,
        series: str,
        document: str | Unset = UNSET,
        contact: types.ContactData | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Issuer:
        """设置发文机关 / Set who issues a kind of letter."""
        return self._wire.send(
            types.Issuer,
            "PUT",
            "/issuers/{kind}",
            given(kind=kind, name=name, signature=signature, series=series, document=document, contact=contact),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
