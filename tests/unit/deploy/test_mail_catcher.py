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
from tests.unit.deploy.test_compose_file import CONTAINERS

ROOT = Path(__file__).parents[3]
_LIMIT = int(CONTAINERS["mail"]["mem_limit"].removesuffix("m")) << 20


@pytest.fixture
def ports() -> tuple[int, int]:
    return free_port(), free_port()


@pytest.fixture
def process(ports: tuple[int, int]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "deploy.mail", *map(str, ports)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    try:
        wait_until(lambda: bool(got(f"http://127.0.0.1:{ports[1]}/readyz")), 60, "the catcher answers")
        yield process
    finally:
        process.terminate()
        assert process.wait(30) == 0


@pytest.fixture
def catcher(ports: tuple[int, int], process: subprocess.Popen[bytes]) -> tuple[int, str]:
    return ports[0], f"http://127.0.0.1:{ports[1]}"


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


def test_the_oldest_mails_go_when_they_are_too_much() -> None:
    shelf = MailShelf(room=2 * len(bytes(letter())))
    for _ in range(3):
        shelf.take(["unit@city.example"], bytes(letter()))
    assert [mail.number for mail in shelf.all()] == [3, 2]
    assert [mail.attached for mail in shelf.all()] == [1, 1]


def test_more_than_its_container_holds_goes_through_it_and_a_mail_too_large_is_refused(
    catcher: tuple[int, str], process: subprocess.Popen[bytes]
) -> None:
    port, page = catcher
    large = letter()
    large.add_attachment(b"\0" * 3_500_000, maintype="application", subtype="pdf", filename="large.pdf")
    with smtplib.SMTP("127.0.0.1", port, timeout=60) as client:
        for _ in range(12):
            client.send_message(large)
        assert "<td>2" in got(page + "/").decode()
        large.add_attachment(b"\0" * 1_000_000, maintype="application", subtype="pdf", filename="larger.pdf")
        with pytest.raises(smtplib.SMTPResponseException) as refused:
            client.send_message(large)
    assert refused.value.smtp_code == 552
    assert "large.pdf" in got(page + "/mails/12").decode()
    assert len(got(page + "/mails/12/1")) == 3_500_000
    assert not got(page + "/mails/1")
    assert _peak(process) < _LIMIT


@pytest.mark.parametrize(
    "source",
    [
        "Subject: 12\r\nContent-Type: text/plain; charset=x-unknown\r\n\r\n请查收\r\n",
        "Subject: 12\r\nMessage-ID: <>\r\n\r\n请查收\r\n",
        "Subject: 12\r\nFrom: ‹\r\n\r\n请查收\r\n",
        "Subject: 12\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n请查收",
        "Subject: 12\r\nContent-Type: ;;;\r\nDate: ?\r\n\r\n请查收",
    ],
)
def test_what_is_hardly_a_mail_is_shown_as_far_as_it_can_be_read(catcher: tuple[int, str], source: str) -> None:
    port, page = catcher
    with smtplib.SMTP("127.0.0.1", port, timeout=30) as client:
        client.sendmail("tiaoxun@city.example", ["unit@city.example"], source.encode())
    assert ">12<" in got(page + "/").decode()
    assert ">12<" in got(page + "/mails/1").decode()


def test_a_mail_in_an_unknown_encoding_is_shown_as_it_came() -> None:
    shelf = MailShelf()
    source = "Message-ID: <>\r\nContent-Type: text/plain; charset=x-unknown\r\n\r\n请查收".encode() + b"\xff"
    shelf.take([], source)
    [mail] = shelf.all()
    assert mail.headers == {"Message-ID": "<>"}
    assert mail.text == source.decode(errors="replace")


def _peak(process: subprocess.Popen[bytes]) -> int:
    """Return the most memory that a process has had, in bytes."""
    [line] = [line for line in Path(f"/proc/{process.pid}/status").read_text().splitlines() if "VmHWM" in line]
    return int(line.split()[1]) * 1024


def test_the_oldest_mails_go_when_there_are_too_many() -> None:
    shelf = MailShelf()
    for _ in range(501):
        shelf.take(["unit@city.example"], bytes(letter()))
    assert (len(shelf.all()), shelf.find(1), shelf.all()[0].number) == (500, None, 501)
