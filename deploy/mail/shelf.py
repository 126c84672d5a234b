"""The mails that came, the latest first, in memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser
from io import BytesIO
from itertools import count
from threading import Lock

HEADERS = ("Subject", "From", "To", "Date", "Message-ID")
_LONGEST_HEADER = 1000
_MOST = 500
_ROOM = 40_000_000
"""Bytes of all mails: the container has 128 MB, and a mail is in it several times over while it is taken."""


@dataclass(frozen=True)
class Mail:
    """A mail as it came; ``recipients`` are those of the envelope, ``headers`` those of `HEADERS` that it has."""

    number: int
    recipients: tuple[str, ...]
    source: bytes
    headers: Mapping[str, str]
    attached: int

    @property
    def text(self) -> str:
        """What it says in plain text, HTML as its source when there is nothing else; all of it when unreadable."""
        try:
            body = _parsed(self.source).get_body(("plain", "html"))
            return str(body.get_content()) if body else ""
        except Exception:  # the email package breaks in many ways on what is no mail, in more of them than it says
            return self.source.decode(errors="replace")

    @property
    def attachments(self) -> list[tuple[str, str, bytes]]:
        """Name, media type and content of each."""
        try:
            return [
                (part.get_filename() or "-", part.get_content_type(), _content(part))
                for part in _parsed(self.source).iter_attachments()
            ]
        except Exception:
            return []


class MailShelf:
    """Takes mails from one thread and shows them to others; the oldest go when there are too many or too much."""

    def __init__(self, most: int = _MOST, room: int = _ROOM) -> None:
        self._most, self._room = most, room
        self._mails: OrderedDict[int, Mail] = OrderedDict()
        self._size = 0
        self._numbers, self._lock = count(1), Lock()

    def take(self, recipients: list[str], source: bytes) -> None:
        """Keep one mail."""
        headers, attached = _looked_through(source)
        with self._lock:
            mail = Mail(next(self._numbers), tuple(recipients), source, headers, attached)
            self._mails[mail.number] = mail
            self._size += len(source)
            while len(self._mails) > self._most or self._size > self._room:
                _, oldest = self._mails.popitem(last=False)
                self._size -= len(oldest.source)

    def all(self) -> list[Mail]:
        """Return all, the latest first."""
        with self._lock:
            return list(reversed(self._mails.values()))

    def find(self, number: int) -> Mail | None:
        """Return one, ``None`` when it is not or no longer here."""
        with self._lock:
            return self._mails.get(number)


def _parsed(source: bytes) -> EmailMessage:
    # From a file, piece by piece: `parsebytes` makes a text of four bytes a character of all of it at first.
    message = BytesParser(policy=policy.default).parse(BytesIO(source))
    assert isinstance(message, EmailMessage)
    return message


def _looked_through(source: bytes) -> tuple[dict[str, str], int]:
    """Return the headers and how many attachments there are, once for every time that the mail is listed."""
    try:
        message = _parsed(source)
    except Exception:
        return {}, 0
    headers = {name: header[:_LONGEST_HEADER] for name in HEADERS if (header := _header(message, name))}
    try:
        return headers, sum(1 for _ in message.iter_attachments())
    except Exception:
        return headers, 0


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message[name] or "")
    except Exception:
        written = next(str(value) for key, value in message.raw_items() if key.lower() == name.lower())
        return written.encode(errors="surrogateescape").decode(errors="replace")


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""  # a mail within a mail has parts instead
