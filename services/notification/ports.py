"""The extension points of notification: what a document, a channel of letters and a channel of messages look like."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, Protocol

from services.notification.domain.certificate import CertificateFacts
from services.notification.domain.facts import Facts, LetterKind


class Document(Protocol):
    """Words one kind of letter (``diaoxun.documents``)."""

    kind: LetterKind

    def template(self) -> str:
        """Return typst source; it may ``#import "/official.typ": *`` for the shell of GB/T 9704-2012."""

    def compose(self, facts: Facts, number: str, dated: date) -> dict[str, Any]:
        """Return the plain JSON the template shows. Same facts, number and date: same JSON."""


class CertificateDocument(Protocol):
    """Words certificates (``diaoxun.documents`` with the capability ``certificate``).

    The host adds ``proof`` to what ``compose`` returns: ``serial``, ``code``, ``qr`` (the QR code as SVG, for typst's
    ``image(bytes(…))``) and ``signed`` (its text, to be kept in the file's keywords). A template has to show them.
    """

    kind: Literal["certificate"]

    def template(self) -> str:
        """Return typst source; it may ``#import "/official.typ": data, face, red``."""

    def compose(self, facts: CertificateFacts, number: str, dated: date) -> dict[str, Any]:
        """Return the plain JSON the template shows. Same facts, serial and date: same JSON."""


@dataclass(frozen=True)
class Parcel:
    """One letter for one recipient.

    ``delivery_id`` stays the same over all attempts, so that a receiver can tell a repetition. ``recipient`` is a
    unit id or a nomination id; ``address`` is what the city set for this recipient and channel (an e-mail address, a
    URL), ``secret`` what signs messages to it. ``sent_at`` is aware; ``data_folder`` is the data directory.
    """

    delivery_id: str
    letter_id: str
    kind: LetterKind
    number: str
    title: str
    unit_id: str
    recipient: str
    filename: str
    content: bytes
    sha256: str
    attempt: int
    sent_at: datetime
    data_folder: Path
    address: str | None = None
    secret: str | None = None


@dataclass(frozen=True)
class Receipt:
    """Proof of delivery as the channel gives it: a path, a message id, a status line."""

    text: str


@dataclass(frozen=True)
class Underway:
    """A message was taken and its outcome comes later; ``ticket`` is what the channel knows it by."""

    ticket: str


class NotDelivered(Exception):
    """A channel could not hand something over, and says why; ``final``: trying again cannot help (a hard bounce)."""

    def __init__(self, zh: str, en: str, *, final: bool = False) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh = zh
        self.en = en
        self.final = final


class Channel(Protocol):
    """Brings letters to recipients (``diaoxun.channels``).

    A channel may also have ``check_address(address: str) -> None``, which raises ``NotDelivered`` for an address that
    it will not serve; it is asked when the address is set.
    """

    def send(self, parcel: Parcel) -> Receipt:
        """Hand one parcel over. Raises ``NotDelivered``; must stand being called again for the same delivery."""


@dataclass(frozen=True)
class Note:
    """One message for one recipient, or a digest of several.

    ``dispatch_id`` stays the same over all attempts and channels. ``address`` is of the kind that the manifest's
    ``addresses`` names: ``email``, ``mobile``, ``fax`` or ``app`` (an Apprise URL of the recipient). ``text`` is the
    whole message, ``short`` fits a telephone's screen; ``page`` is the message as PDF for a channel with ``page=True``.
    """

    dispatch_id: str
    attempt: int
    recipient: str
    person: str
    address: str
    subject: str
    text: str
    short: str
    urgent: bool
    sent_at: datetime
    data_folder: Path
    page: bytes | None = None


class Messenger(Protocol):
    """Brings messages to people (``diaoxun.channels`` with the capability ``message``).

    A messenger that gives tickets also has ``outcome(ticket: str) -> Receipt | None``: ``None`` while nothing is known
    yet; it raises ``NotDelivered`` when the sending failed after all.
    """

    def tell(self, note: Note) -> Receipt | Underway:
        """Send one message. Raises ``NotDelivered``; must stand being called again for the same dispatch."""
