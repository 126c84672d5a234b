"""Letters and messages by e-mail."""

from __future__ import annotations

import re
import smtplib
import ssl
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

from services.notification.ports import NotDelivered, Note, Parcel, Receipt
from shared.clock import CITY_ZONE

_ADDRESS = re.compile(r"[^@\s<>,;\"]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")


class Smtp:
    """Sends letters as attachments and messages as text, encrypted on the way unless the city says otherwise."""

    def __init__(
        self,
        host: str,
        port: int,
        security: str,
        username: str,
        password: str,
        sender: str,
        ca_file: str,
        timeout: float,
    ) -> None:
        self._host = host
        self._port = port
        self._security = security
        self._login = (username, password) if username else None
        self._sender = sender
        self._ca_file = ca_file or None
        self._timeout = timeout

    def check_address(self, address: str) -> None:
        """Raise ``NotDelivered`` for what is not one e-mail address."""
        if not _ADDRESS.fullmatch(address):
            raise NotDelivered(
                f"“{address}”不是有效的电子邮件地址", f"{address!r} is not an e-mail address", final=True
            )

    def send(self, parcel: Parcel) -> Receipt:
        """Send one message; its Message-ID is the same at every attempt, so that a repetition can be told."""
        address = parcel.address or ""
        self.check_address(address)
        return self._hand_over(self._letter(parcel, address))

    def tell(self, note: Note) -> Receipt:
        """Send one message as plain text, under the same rules as a letter."""
        self.check_address(note.address)
        message = self._addressed(note.address, note.subject, note.dispatch_id, note.sent_at)
        if note.urgent:
            message["Importance"] = "high"
        message.set_content(note.text)
        return self._hand_over(message)

    def _hand_over(self, message: EmailMessage) -> Receipt:
        try:
            with self._connection() as server:
                if self._login:
                    server.login(*self._login)
                server.send_message(message)
        except smtplib.SMTPRecipientsRefused as refused:
            code, text = next(iter(refused.recipients.values()))
            raise _missed(code, text) from None
        except smtplib.SMTPResponseException as refused:
            raise _missed(refused.smtp_code, refused.smtp_error) from None
        except (OSError, smtplib.SMTPException) as error:
            raise NotDelivered(
                f"无法连接邮件服务器 {self._host}:{self._port}（{type(error).__name__}），稍后自动重试",
                f"the mail server {self._host}:{self._port} cannot be used ({type(error).__name__}); tried again later",
            ) from None
        return Receipt(f"{message['Message-ID']} to {self._host}")

    def _addressed(self, address: str, subject: str, name: str, sent_at: datetime) -> EmailMessage:
        message = EmailMessage()
        message["From"] = self._sender
        message["To"] = address
        message["Subject"] = " ".join(subject.split())
        message["Date"] = format_datetime(sent_at.astimezone(CITY_ZONE))
        message["Message-ID"] = f"<{name}@{self._sender.rpartition('@')[2]}>"
        return message

    def _letter(self, parcel: Parcel, address: str) -> EmailMessage:
        subject = f"{parcel.title}（{parcel.number}）"
        message = self._addressed(address, subject, parcel.delivery_id, parcel.sent_at)
        message.set_content(f"{parcel.title}（{parcel.number}）见附件，请查收。\n\nThe letter is attached.\n")
        message.add_attachment(parcel.content, maintype="application", subtype="pdf", filename=parcel.filename)
        return message

    def _connection(self) -> smtplib.SMTP:
        if self._security == "tls":
            return smtplib.SMTP_SSL(self._host, self._port, timeout=self._timeout, context=self._tls())
        server = smtplib.SMTP(self._host, self._port, timeout=self._timeout)
        if self._security == "starttls":
            try:
                server.starttls(context=self._tls())
            except BaseException:
                server.close()
                raise
        return server

    def _tls(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self._ca_file)


def _missed(code: int, text: bytes | str) -> NotDelivered:
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    said = " ".join(said.split())[:200]
    return NotDelivered(
        f"邮件服务器拒收：{code} {said}", f"the mail server refused it: {code} {said}", final=500 <= code < 600
    )
