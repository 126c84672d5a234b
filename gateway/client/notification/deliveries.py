"""Deliveries of Notification (函件与送达).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.notification.types.deliveries import (
    ChannelChoice,
    ContactData,
    Issuer,
    Issuers,
    LetterDelivery,
    LetterDeliveryPage,
    Preference,
    Preferences,
)
from gateway.client.wire import UNSET, Caller, Unset, given


class DeliveriesCalls(Caller):
    """函件与送达 / Notification: deliveries."""

    def list_deliveries(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        letter_id: str | Unset = UNSET,
        term_id: str | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        channel: str | Unset = UNSET,
        state: Literal["queued", "sending", "delivered", "failed", "cancelled"] | Unset = UNSET,
    ) -> LetterDeliveryPage:
        """查询送达台账 / List deliveries."""
        return self._wire.send(
            LetterDeliveryPage,
            "GET",
            "/deliveries",
            given(
                cursor=cursor,
                limit=limit,
                letter_id=letter_id,
                term_id=term_id,
                unit_id=unit_id,
                channel=channel,
                state=state,
            ),
        )

    def retry_delivery(
        self, *, delivery_id: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> LetterDelivery:
        """重新送达 / Try a delivery again."""
        return self._wire.send(
            LetterDelivery,
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
        channels: list[ChannelChoice],
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> Preference:
        """设置送达渠道 / Set the channels of a recipient."""
        return self._wire.send(
            Preference,
            "PUT",
            "/channel-preferences/{recipient}",
            given(recipient=recipient, channels=channels),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def list_channel_preferences(self) -> Preferences:
        """查询送达渠道设置 / List the channels of recipients."""
        return self._wire.send(Preferences, "GET", "/channel-preferences", given())

    def put_issuer(
        self,
        *,
        kind: Literal["transfer", "admission", "certificate"],
        name: str,
        signature: str,
        series: str,
        document: str | Unset = UNSET,
        sign_off: bool | Unset = UNSET,
        contact: ContactData | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> Issuer:
        """设置发文机关 / Set who issues a kind of letter."""
        return self._wire.send(
            Issuer,
            "PUT",
            "/issuers/{kind}",
            given(
                kind=kind,
                name=name,
                signature=signature,
                series=series,
                document=document,
                sign_off=sign_off,
                contact=contact,
            ),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def list_issuers(self) -> Issuers:
        """查询发文机关 / List who issues letters."""
        return self._wire.send(Issuers, "GET", "/issuers", given())
