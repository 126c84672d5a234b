"""What came, as pages: the list, a mail, an attachment. Nothing of a mail is shown as markup."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from http.server import BaseHTTPRequestHandler
from typing import ClassVar
from urllib.parse import quote

from deploy.mail.shelf import HEADERS, Mail, MailShelf

_STYLE = (
    "body{font:16px/1.6 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "td,th{padding:.2rem .8rem;text-align:left;vertical-align:top}"
    "pre{white-space:pre-wrap;border-top:1px solid #999;padding-top:1rem;font:inherit}"
)
_GUARD = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "X-Content-Type-Options": "nosniff",
}


class Page(BaseHTTPRequestHandler):
    """Answers for the shelf it is made for (`of`)."""

    shelf: ClassVar[MailShelf]

    def do_GET(self) -> None:
        """Answer one request."""
        if self.path in ("/", "/readyz"):
            self._html("收到的邮件 / Mail", _listed(self.shelf.all()))
        elif (asked := re.fullmatch(r"/mails/(\d{1,9})(?:/(\d{1,3}))?", self.path)) and (
            mail := self.shelf.find(int(asked[1]))
        ):
            self._mail(mail, asked[2])
        else:
            self._send(404, "text/plain; charset=utf-8", "没有这封邮件 / no such mail".encode())

    def _mail(self, mail: Mail, part: str | None) -> None:
        if part is None:
            self._html(mail.headers.get("Subject", "-"), _shown(mail))
        elif int(part) < len(attachments := mail.attachments):
            name, _, content = attachments[int(part)]
            disposition = f"attachment; filename*=UTF-8''{quote(name, safe='', errors='replace')}"
            self._send(200, "application/octet-stream", content, {"Content-Disposition": disposition})
        else:
            self._send(404, "text/plain; charset=utf-8", "没有这个附件 / no such attachment".encode())

    def _html(self, title: str, body: str) -> None:
        head = f"<!doctype html><html lang=zh-CN><meta charset=utf-8><title>{escape(title)}</title>"
        page = f"{head}<style>{_STYLE}</style><h1>{escape(title)}</h1>{body}</html>"
        self._send(200, "text/html; charset=utf-8", page.encode(errors="replace"))

    def _send(self, status: int, kind: str, body: bytes, more: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **_GUARD, **(more or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of requests."""
        return


def of(shelf: MailShelf) -> type[Page]:
    """Return the pages of one shelf."""
    return type("PageOfShelf", (Page,), {"shelf": shelf})


def _listed(mails: list[Mail]) -> str:
    if not mails:
        return "<p>还没有邮件 / nothing has come yet</p>"
    rows = (
        f'<tr><td><a href="/mails/{mail.number}">{_told(mail, "Subject")}</a><td>{escape(", ".join(mail.recipients))}'
        f"<td>{_told(mail, 'Date')}<td>{mail.attached or ''}"
        for mail in mails
    )
    return "<table><tr><th>主题 / Subject<th>收件人 / To<th>时间 / Date<th>附件 / Attached" + "".join(rows) + "</table>"


def _shown(mail: Mail) -> str:
    attached = "".join(
        f'<li><a href="/mails/{mail.number}/{place}">{escape(name)}</a> {escape(kind)}, {len(content)} B'
        for place, (name, kind, content) in enumerate(mail.attachments)
    )
    heads = "".join(f"<tr><th>{name}<td>{_told(mail, name)}" for name in HEADERS[1:])
    return f'<p><a href="/">←</a><table>{heads}</table><ul>{attached}</ul><pre>{escape(mail.text)}</pre>'


def _told(mail: Mail, header: str) -> str:
    return escape(mail.headers.get(header, "-"))
