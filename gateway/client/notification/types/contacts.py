"""Contacts: objects of Notification (函件与送达).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict


class ContactMasked(TypedDict):
    """A recipient's contact; addresses are masked."""

    recipient: str
    person: str
    email: str
    mobile: str
    phone: str
    fax: str
    app: str
    version: int


class ContactMaskedPage(TypedDict):
    """One page of ContactMasked."""

    items: list[ContactMasked]
    next_cursor: NotRequired[str | None]


class Ladders(TypedDict):
    """The defaults of each kind of recipient and what was set."""

    items: list[ShownLadder]


class ShownLadder(TypedDict):
    """The channels of a recipient in order."""

    recipient: str
    channels: list[str]
    version: int
