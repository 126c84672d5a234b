"""``python -m deploy.mail [SMTP_PORT HTTP_PORT]``: catch mail until it is stopped."""

from __future__ import annotations

import signal
import sys
from http.server import ThreadingHTTPServer
from threading import Event, Thread

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from deploy.mail.page import of
from deploy.mail.shelf import MailShelf

_LARGEST = 5_000_000


class _Door:
    def __init__(self, shelf: MailShelf) -> None:
        self._shelf = shelf

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content or b""
        self._shelf.take(envelope.rcpt_tos, content if isinstance(content, bytes) else content.encode())
        return "250 Message accepted"


def main(smtp_port: int = 1025, http_port: int = 8025) -> None:
    """Catch mail and show it, on every address of this container."""
    shelf, stop = MailShelf(), Event()
    door = Controller(_Door(shelf), hostname="0.0.0.0", port=smtp_port, data_size_limit=_LARGEST)  # noqa: S104
    page = ThreadingHTTPServer(("0.0.0.0", http_port), of(shelf))  # noqa: S104
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    door.start()
    Thread(target=page.serve_forever, daemon=True).start()
    stop.wait()
    door.stop()
    page.shutdown()


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
