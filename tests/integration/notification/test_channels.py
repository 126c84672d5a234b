"""Each built-in channel against a real receiver."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import socket
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from services.notification.plugins.address_guard import AddressGuard
from services.notification.plugins.channel_settings import SmtpSettings, WebhookSettings
from services.notification.plugins.outbox_folder import OutboxFolder, safe_name
from services.notification.plugins.smtp import Smtp
from services.notification.plugins.webhook import Webhook
from services.notification.ports import NotDelivered, Parcel
from tests.integration.notification.sinks import Mailbox, Website, certificate, mail_server, web_server

PDF = b"%PDF-1.7 a letter"
SECRET = "whsec_" + base64.b64encode(b"0123456789abcdef01234567").decode()


@pytest.fixture
def parcel(tmp_path: Path) -> Parcel:
    return Parcel(
        delivery_id="delivery_1",
        letter_id="letter_1",
        kind="transfer",
        number="江组函〔2020〕12号",
        title="关于选调学员参加培训的函",
        unit_id="jiangcheng.donghu",
        recipient="jiangcheng.donghu",
        filename="选调函-江组函〔2020〕12号.pdf",
        content=PDF,
        sha256=hashlib.sha256(PDF).hexdigest(),
        attempt=1,
        sent_at=datetime(2020, 5, 11, 1, 0, tzinfo=UTC),
        data_folder=tmp_path,
    )


def smtp(**given: Any) -> Smtp:
    return Smtp(**SmtpSettings().load({"host": "127.0.0.1", "sender": "zzb@jiangcheng.example", **given}))


def webhook(**given: Any) -> Webhook:
    return Webhook(**WebhookSettings().load(given))


class TestOutboxFolder:
    def test_a_letter_lies_under_its_unit_and_kind(self, parcel: Parcel, tmp_path: Path) -> None:
        receipt = OutboxFolder(folder="").send(parcel)
        assert receipt.text == "jiangcheng.donghu/选调函/江组函〔2020〕12号.pdf"
        assert (tmp_path / "outbox" / receipt.text).read_bytes() == PDF

    def test_sending_again_leaves_one_file_and_no_rest(self, parcel: Parcel, tmp_path: Path) -> None:
        channel = OutboxFolder(folder=str(tmp_path / "elsewhere"))
        channel.send(parcel)
        channel.send(parcel)
        files = [path for path in (tmp_path / "elsewhere").rglob("*") if path.is_file()]
        assert len(files) == 1

    @pytest.mark.parametrize("unit", ["../../etc", "/etc", "..", "a/../b", "con\x00trol", "x" * 400, ""])
    def test_no_name_leads_out_of_the_folder(self, parcel: Parcel, tmp_path: Path, unit: str) -> None:
        receipt = OutboxFolder(folder="").send(replace(parcel, unit_id=unit, number=f"{unit}号"))
        place = (tmp_path / "outbox" / receipt.text).resolve()
        assert place.is_relative_to((tmp_path / "outbox").resolve())
        assert place.read_bytes() == PDF

    def test_a_safe_name_keeps_chinese_and_brackets(self) -> None:
        assert safe_name("江组函〔2020〕12号") == "江组函〔2020〕12号"

    def test_a_folder_that_cannot_be_written_is_a_passing_reason(self, parcel: Parcel, tmp_path: Path) -> None:
        (tmp_path / "outbox").write_text("a file in the way")
        with pytest.raises(NotDelivered) as caught:
            OutboxFolder(folder="").send(parcel)
        assert not caught.value.final


class TestSmtp:
    def test_a_letter_arrives_as_an_attachment_over_tls(self, parcel: Parcel, tmp_path: Path) -> None:
        ca_file, context = certificate(tmp_path)
        with mail_server(Mailbox(tls=context)) as mailbox:
            smtp(port=mailbox.port, ca_file=str(ca_file)).send(replace(parcel, address="office@donghu.example"))
        (message,) = mailbox.messages
        assert mailbox.encrypted == [True]
        assert message["Subject"] == "关于选调学员参加培训的函（江组函〔2020〕12号）"
        assert message["Message-ID"] == "<delivery_1@jiangcheng.example>"
        assert message["Date"] == "Mon, 11 May 2020 09:00:00 +0800"
        (attachment,) = message.iter_attachments()
        assert attachment.get_filename() == "选调函-江组函〔2020〕12号.pdf"
        assert attachment.get_content() == PDF

    def test_a_server_without_tls_gets_nothing(self, parcel: Parcel) -> None:
        with mail_server(Mailbox()) as mailbox, pytest.raises(NotDelivered):
            smtp(port=mailbox.port).send(replace(parcel, address="office@donghu.example"))
        assert mailbox.messages == []

    def test_a_certificate_nobody_vouches_for_gets_nothing(self, parcel: Parcel, tmp_path: Path) -> None:
        _, context = certificate(tmp_path)
        with mail_server(Mailbox(tls=context)) as mailbox, pytest.raises(NotDelivered):
            smtp(port=mailbox.port).send(replace(parcel, address="office@donghu.example"))
        assert mailbox.messages == []

    @pytest.mark.parametrize(("answer", "final"), [("550 no such mailbox", True), ("451 later", False)])
    def test_a_refusal_is_final_only_when_the_server_says_so(self, parcel: Parcel, answer: str, final: bool) -> None:
        with mail_server(Mailbox(answer=answer)) as mailbox, pytest.raises(NotDelivered) as caught:
            smtp(port=mailbox.port, security="none").send(replace(parcel, address="office@donghu.example"))
        assert caught.value.final is final
        assert answer[:3] in caught.value.zh

    @pytest.mark.parametrize("address", ["", "nobody", "a@b\r\nBcc: c@d", "a@b, c@d", "a b@c"])
    def test_what_is_no_address_is_refused_for_good(self, parcel: Parcel, address: str) -> None:
        with pytest.raises(NotDelivered) as caught:
            smtp(security="none").send(replace(parcel, address=address))
        assert caught.value.final

    def test_a_server_that_is_away_is_tried_later(self, parcel: Parcel) -> None:
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            with pytest.raises(NotDelivered) as caught:
                smtp(port=unused.getsockname()[1], security="none").send(replace(parcel, address="a@b.example"))
        assert not caught.value.final


class TestWebhook:
    def test_a_letter_is_posted_and_its_signature_holds(self, parcel: Parcel) -> None:
        with web_server(Website()) as site:
            channel = webhook(allowed_networks=["127.0.0.0/8"], allow_http=True)
            channel.send(replace(parcel, address=site.url, secret=SECRET))
        ((path, headers, body),) = site.requests
        assert path == "/letters?unit=donghu"
        assert headers["host"] == f"127.0.0.1:{site.port}"
        assert headers["webhook-id"] == "delivery_1"
        signed = f"delivery_1.{headers['webhook-timestamp']}.".encode() + body
        expected = hmac.new(b"0123456789abcdef01234567", signed, hashlib.sha256).digest()
        assert headers["webhook-signature"] == f"v1,{base64.b64encode(expected).decode()}"
        data = json.loads(body)["data"]
        assert base64.b64decode(data["content"]) == PDF
        assert data["sha256"] == parcel.sha256

    @pytest.mark.parametrize(("status", "final"), [(500, False), (404, False), (429, False), (410, True)])
    def test_an_answer_that_is_no_success_is_missed(self, parcel: Parcel, status: int, final: bool) -> None:
        with web_server(Website(status=status)) as site, pytest.raises(NotDelivered) as caught:
            webhook(allowed_networks=["127.0.0.1"], allow_http=True).send(replace(parcel, address=site.url))
        assert caught.value.final is final
        assert str(status) in caught.value.en

    def test_a_redirect_is_not_followed(self, parcel: Parcel) -> None:
        channel = webhook(allowed_networks=["127.0.0.1"], allow_http=True)
        with (
            web_server(Website()) as inner,
            web_server(Website(status=302, headers={"location": inner.url})) as site,
            pytest.raises(NotDelivered) as caught,
        ):
            channel.send(replace(parcel, address=site.url))
        assert caught.value.final
        assert inner.requests == []

    @pytest.mark.parametrize(
        "url",
        [
            "https://127.0.0.1/",
            "https://localhost/",
            "https://10.1.2.3/",
            "https://192.168.0.1/",
            "https://169.254.169.254/latest/meta-data/",
            "https://100.64.0.1/",
            "https://0.0.0.0/",
            "https://224.0.0.1/",
            "https://[::1]/",
            "https://[::ffff:127.0.0.1]/",
            "https://[fe80::1]/",
            "https://[fc00::1]/",
            "https://[2002:7f00:1::]/",
            "https://[64:ff9b::7f00:1]/",
            "https://2130706433/",
            "https://0x7f.1/",
            "http://1.1.1.1/",
            "file:///etc/passwd",
            "ftp://1.1.1.1/",
            "https://user:pass@1.1.1.1/",
            "https://1.1.1.1/\r\nx: y",
            "https://1.1.1.1:99999/",
            "https:///nowhere",
        ],
    )
    def test_addresses_inside_and_odd_urls_are_refused_for_good(self, url: str) -> None:
        with pytest.raises(NotDelivered) as caught:
            webhook().check_address(url)
        assert caught.value.final

    def test_a_public_address_is_let_through_and_connected_to_as_checked(self) -> None:
        target = AddressGuard().target("https://1.1.1.1/hook")
        assert (target.address, target.port, target.secure, target.path) == ("1.1.1.1", 443, True, "/hook")

    def test_only_the_opened_network_is_open(self) -> None:
        guard = AddressGuard(["10.0.0.0/24"])
        assert guard.target("https://10.0.0.7/").address == "10.0.0.7"
        with pytest.raises(NotDelivered):
            guard.target("https://10.0.1.7/")

    def test_a_name_is_resolved_once_so_that_it_cannot_lead_elsewhere_later(
        self, parcel: Parcel, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        answers = iter([[(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 0))]])
        real = socket.getaddrinfo

        def rebinding(host: Any, *args: Any, **kwargs: Any) -> Any:
            return next(answers) if host == "rebinding.example" else real(host, *args, **kwargs)

        monkeypatch.setattr(socket, "getaddrinfo", rebinding)
        with web_server(Website()) as site:
            address = f"http://rebinding.example:{site.port}/"
            webhook(allowed_networks=["127.0.0.1"], allow_http=True).send(replace(parcel, address=address))
        assert site.requests[0][1]["host"] == f"rebinding.example:{site.port}"

    def test_a_chinese_host_name_is_asked_for_as_name_servers_write_it(
        self, parcel: Parcel, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[str] = []
        local = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 0))]
        real = socket.getaddrinfo

        def resolving(host: Any, *args: Any, **kwargs: Any) -> Any:
            asked.append(str(host))
            return local if "xn--" in str(host) else real(host, *args, **kwargs)

        monkeypatch.setattr(socket, "getaddrinfo", resolving)
        with web_server(Website()) as site:
            address = f"http://接口.政务.cn:{site.port}/"
            webhook(allowed_networks=["127.0.0.1"], allow_http=True).send(replace(parcel, address=address))
        assert asked[0] == "xn--6orp08a.xn--zfr164b.cn"
        assert site.requests[0][1]["host"] == f"{asked[0]}:{site.port}"

    def test_a_host_name_that_cannot_be_written_is_refused_for_good(self) -> None:
        with pytest.raises(NotDelivered) as caught:
            AddressGuard().target(f"https://{'政' * 64}.cn/")
        assert caught.value.final
