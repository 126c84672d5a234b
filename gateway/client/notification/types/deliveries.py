"""Deliveries: objects of Notification (函件与送达).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from gateway.client.notification.types.parts import Text


class ChannelChoice(TypedDict):
    """One channel and where it leads; ``secret`` signs webhooks and is never shown again."""

    channel: str
    address: NotRequired[str | None]
    secret: NotRequired[str | None]


class ContactData(TypedDict):
    """Whom recipients may ring."""

    person: NotRequired[str]
    phone: NotRequired[str]
    fax: NotRequired[str]


class ContactShown(TypedDict):
    """Whom recipients may ring."""

    person: str
    phone: str
    fax: str


class Issuer(TypedDict):
    """Who issues one kind of letter."""

    kind: Literal["transfer", "admission", "certificate"]
    name: str
    signature: str
    series: str
    document: str
    sign_off: bool
    contact: ContactShown
    version: int


class Issuers(TypedDict):
    """Who issues each kind of letter."""

    items: list[Issuer]


class LetterDelivery(TypedDict):
    """One letter on its way by one channel."""

    delivery_id: str
    letter_id: str
    kind: Literal["transfer", "admission"]
    number: str
    term_id: str
    unit_id: str
    recipient_kind: Literal["unit", "trainee"]
    recipient: str
    channel: str
    address: str | None
    state: Literal["queued", "sending", "delivered", "failed", "cancelled"]
    attempts: int
    retry_at: str | None
    reason: Text | None
    receipt: str | None
    delivered_at: str | None
    version: int


class LetterDeliveryPage(TypedDict):
    """One page of LetterDelivery."""

    items: list[LetterDelivery]
    next_cursor: NotRequired[str | None]


class Preference(TypedDict):
    """The channels of a recipient."""

    recipient: str
    channels: list[ShownChoice]
    version: int


class Preferences(TypedDict):
    """The channels of all recipients that differ, and the defaults."""

    items: list[Preference]


class ShownChoice(TypedDict):
    """One channel of a recipient."""

    channel: str
    address: str | None
    signed: bool
