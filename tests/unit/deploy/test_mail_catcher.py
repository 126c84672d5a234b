"""What is mailed to the catcher is shown on its page, with what is attached, and nothing of it as markup."""

from __future__ import annotations

import os
import smtplib
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from deploy.mail.shelf import MailShelf
from tests.fixtures.broker import free_port, wait_until

ROOT = Path(__file__).parents[3]


@pytest.fixture
def catcher() -> Iterator[tuple[int, str]]:
    smtp, http = free_port(), free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "deploy.mail", str(smtp), str(http)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    try:
        page = f"http://127.0.0.1:{http}"
        wait_until(lambda: bool(got(f"{page}/readyz")), 60, "the catcher answers")
        yield smtp, page
    finally:
        process.terminate()
        assert process.wait(30) == 0


def got(url: str) -> bytes:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return bytes(answer.read())
    except OSError:
        return b""


def letter() -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "选调函 <b>12</b>号"
    message["From"], message["To"] = "tiaoxun@city.example", "unit@city.example"
    message.set_content("请查收附件。<script>alert(1)</script>")
    message.add_attachment(b"%PDF-1.7 letter", maintype="application", subtype="pdf", filename="选调函.pdf")
    return message


def test_a_mail_that_came_is_listed_shown_and_its_attachment_handed_out(catcher: tuple[int, str]) -> None:
    port, page = catcher
    assert "还没有邮件" in got(page + "/").decode()
    with smtplib.SMTP("127.0.0.1", port, timeout=30) as client:
        client.send_message(letter())
    listed = got(page + "/").decode()
    assert "选调函 &lt;b&gt;12&lt;/b&gt;号" in listed
    assert "unit@city.example" in listed
    shown = got(page + "/mails/1").decode()
    assert "请查收附件。&lt;script&gt;" in shown
    assert "选调函.pdf" in shown
    assert "<script>" not in listed + shown
    assert got(page + "/mails/1/0") == b"%PDF-1.7 letter"


@pytest.mark.parametrize("path", ["/mails/2", "/mails/1/9", "/mails/x", "/../etc/passwd"])
def test_what_is_not_there_is_not_found(catcher: tuple[int, str], path: str) -> None:
    port, page = catcher
    with smtplib.SMTP("127.0.0.1", port, timeout=30) as client:
        client.send_message(letter())
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(page + path, timeout=10)


def test_the_oldest_mails_go_when_there_are_too_many() -> None:
    shelf = MailShelf()
    for _ in range(501):
        shelf.take(["unit@city.example"], bytes(letter()))
    assert (len(shelf.all()), shelf.find(1), shelf.all()[0].number) == (500, None, 501)
