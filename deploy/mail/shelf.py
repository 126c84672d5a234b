"""The mails that came, the latest first, in memory."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser
from itertools import count
from threading import Lock

_MOST = 500


@dataclass(frozen=True)
class Mail:
    """A mail as it came; ``recipients`` are those of the envelope."""

    number: int
    recipients: tuple[str, ...]
    message: EmailMessage

    @property
    def text(self) -> str:
        """What it says in plain text, HTML as its source when there is nothing else."""
        body = self.message.get_body(("plain", "html"))
        return body.get_content() if body else ""

    @property
    def attachments(self) -> list[tuple[str, str, bytes]]:
        """Name, media type and content of each."""
        return [
            (part.get_filename() or "-", part.get_content_type(), _content(part))
            for part in self.message.iter_attachments()
        ]


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""  # a mail within a mail has parts instead


class MailShelf:
    """Takes mails from one thread and shows them to others; the oldest go when there are too many."""

    def __init__(self) -> None:
        self._mails: OrderedDict[int, Mail] = OrderedDict()
        self._numbers, self._lock = count(1), Lock()

    def take(self, recipients: list[str], content: bytes) -> None:
        """Keep one mail."""
        message = BytesParser(policy=policy.default).parsebytes(content)
        assert isinstance(message, EmailMessage)
        with self._lock:
            mail = Mail(next(self._numbers), tuple(recipients), message)
            self._mails[mail.number] = mail
            if len(self._mails) > _MOST:
                self._mails.popitem(last=False)

    def all(self) -> list[Mail]:
        """Return all, the latest first."""
        with self._lock:
            return list(reversed(self._mails.values()))

    def find(self, number: int) -> Mail | None:
        """Return one, ``None`` when it is not or no longer here."""
        with self._lock:
            return self._mails.get(number)
