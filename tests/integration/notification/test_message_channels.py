"""Each built-in channel of messages against a real receiver."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from services.notification.plugins import channel_settings as configured
from services.notification.plugins.apprise_services import AppriseAddress, AppriseRelay
from services.notification.plugins.fax_folder import FaxFolder
from services.notification.plugins.simulator import SimulatedEmail, SimulatedFax
from services.notification.plugins.sms_gateway import SmsGateway
from services.notification.plugins.smtp import Smtp
from services.notification.ports import NotDelivered, Note, Receipt, Underway
from tests.integration.notification.sinks import Mailbox, Website, mail_server, web_server

LOOPBACK = ["127.0.0.0/8"]


@pytest.fixture
def note(tmp_path: Path) -> Note:
    return Note(
        dispatch_id="dispatch_1",
        attempt=1,
        recipient="unit:jiangcheng.donghu",
        person="王海",
        address="peixun@donghu.example",
        subject="请确认返岗",
        text="东湖区委：\n\n请于5月20日前确认学员返岗情况。",
        short="请于5月20日前确认返岗。",
        urgent=True,
        sent_at=datetime(2020, 5, 11, 1, 0, tzinfo=UTC),
        data_folder=tmp_path,
        page=b"%PDF-1.7 page",
    )


class TestEmail:
    def smtp(self, mailbox: Mailbox) -> Smtp:
        given = {"host": "127.0.0.1", "port": mailbox.port, "security": "none", "sender": "zzb@jiangcheng.example"}
        return Smtp(**configured.SmtpSettings().load(given))

    def test_a_message_is_one_plain_mail_with_a_steady_name(self, note: Note) -> None:
        with mail_server(Mailbox()) as mailbox:
            self.smtp(mailbox).tell(note)
            self.smtp(mailbox).tell(replace(note, attempt=2))
        first, second = mailbox.messages
        assert (first["Subject"], first["To"], first["Importance"]) == ("请确认返岗", note.address, "high")
        assert first.get_content().strip().endswith("请于5月20日前确认学员返岗情况。")
        assert first["Message-ID"] == second["Message-ID"] == "<dispatch_1@jiangcheng.example>"

    def test_a_subject_cannot_smuggle_a_header(self, note: Note) -> None:
        with mail_server(Mailbox()) as mailbox:
            self.smtp(mailbox).tell(replace(note, subject="x\r\nBcc: other@example.cn"))
        assert mailbox.messages[0]["Bcc"] is None

    @pytest.mark.parametrize(("answer", "hard"), [("550 no such user", True), ("451 try later", False)])
    def test_the_servers_word_says_whether_to_try_again(self, note: Note, answer: str, hard: bool) -> None:
        with mail_server(Mailbox(answer=answer)) as mailbox, pytest.raises(NotDelivered) as missed:
            self.smtp(mailbox).tell(note)
        assert missed.value.final == hard


class TestSms:
    def gateway(self, site: Website, **more: Any) -> SmsGateway:
        given = {"url": site.url, "token": "tk", "allow_http": True, "allowed_networks": LOOPBACK, **more}
        return SmsGateway(**configured.SmsSettings().load(given))

    def test_the_short_text_goes_out_under_the_gateways_own_names(self, note: Note) -> None:
        with web_server(Website()) as site:
            names = {"to": "mobile", "text": "content"}
            receipt = self.gateway(site, names=names, signature="【江城调训】").tell(
                replace(note, address="138 1234 5678")
            )
        ((_, headers, body),) = site.requests
        assert json.loads(body) == {
            "mobile": "13812345678",
            "content": "【江城调训】请于5月20日前确认返岗。",
            "reference": "dispatch_1",
        }
        assert headers["authorization"] == "Bearer tk"
        assert receipt.text == "HTTP 200"

    def test_a_gateway_that_gives_back_what_it_was_sent_does_not_put_the_token_into_the_ledger(
        self, note: Note
    ) -> None:
        with web_server(Website(body=b'{"auth": "t0k3n-of-the-city", "id": "77"}')) as site:
            receipt = self.gateway(site, token="t0k3n-of-the-city").tell(replace(note, address="13812345678"))
        assert receipt.text == 'HTTP 200 {"auth": "…", "id": "77"}'

    @pytest.mark.parametrize(("status", "hard"), [(422, True), (404, True), (500, False), (429, False), (302, False)])
    def test_its_refusal_is_hard_or_soft(self, note: Note, status: int, hard: bool) -> None:
        with web_server(Website(status=status)) as site, pytest.raises(NotDelivered) as missed:
            self.gateway(site).tell(replace(note, address="13812345678"))
        assert missed.value.final == hard

    def test_an_inner_address_has_to_be_opened(self, note: Note) -> None:
        with web_server(Website()) as site, pytest.raises(NotDelivered, match="allowed_networks"):
            self.gateway(site, allowed_networks=[]).tell(replace(note, address="13812345678"))
        assert site.requests == []

    @pytest.mark.parametrize("address", ["", "12812345678", "1381234567", "138123456789", "peixun@donghu.example"])
    def test_what_is_no_mobile_number_is_refused_for_good(self, note: Note, address: str) -> None:
        with web_server(Website()) as site, pytest.raises(NotDelivered) as missed:
            self.gateway(site).tell(replace(note, address=address))
        assert missed.value.final
        assert site.requests == []


class TestFax:
    def test_the_gateway_finds_page_and_order_and_leaves_its_result(self, note: Note, tmp_path: Path) -> None:
        channel = FaxFolder(str(tmp_path / "fax"))
        taken = channel.tell(replace(note, address="027-8888 0001"))
        order = json.loads((tmp_path / "fax/queue/dispatch_1.json").read_text("utf-8"))
        assert (order["number"], order["subject"], order["urgent"]) == ("027-88880001", "请确认返岗", True)
        assert (tmp_path / "fax/queue/dispatch_1.pdf").read_bytes() == note.page
        assert channel.outcome(taken.ticket) is None
        (tmp_path / "fax/results/dispatch_1.json").write_text('{"sent": true, "detail": "2 pages"}')
        assert channel.outcome(taken.ticket) == Receipt("fax 2 pages")

    @pytest.mark.parametrize(
        ("result", "hard"),
        [
            ('{"sent": false, "detail": "busy"}', False),
            ('{"sent": false, "final": true}', True),
            ("[]", False),
            ("{", False),
        ],
    )
    def test_what_the_gateway_could_not_send_says_why(
        self, note: Note, tmp_path: Path, result: str, hard: bool
    ) -> None:
        channel = FaxFolder(str(tmp_path / "fax"))
        taken = channel.tell(replace(note, address="027-88880001"))
        (tmp_path / "fax/results/dispatch_1.json").write_text(result)
        with pytest.raises(NotDelivered) as missed:
            channel.outcome(taken.ticket)
        assert missed.value.final == hard

    def test_sending_again_forgets_the_old_result(self, note: Note, tmp_path: Path) -> None:
        channel = FaxFolder(str(tmp_path / "fax"))
        channel.tell(replace(note, address="027-88880001"))
        (tmp_path / "fax/results/dispatch_1.json").write_text('{"sent": false}')
        taken = channel.tell(replace(note, address="027-88880001", attempt=2))
        assert channel.outcome(taken.ticket) is None

    def test_no_ticket_leads_out_of_the_folder(self, tmp_path: Path) -> None:
        (tmp_path / "secret.json").write_text('{"sent": true}')
        assert FaxFolder(str(tmp_path / "fax")).outcome("../../secret") is None


class TestApprise:
    def test_a_recipients_own_url_reaches_its_service_and_follows_no_redirect(self, note: Note) -> None:
        with web_server(Website(status=302, headers={"location": "http://127.0.0.1:1/"})) as site:
            channel = AppriseRelay(f"json://127.0.0.1:{site.port}/?to={{address}}", short=True)
            with pytest.raises(NotDelivered, match="JSON"):
                channel.tell(note)
        assert len(site.requests) == 1
        with web_server(Website()) as site:
            AppriseRelay(f"json://127.0.0.1:{site.port}/{{address}}", short=True).tell(note)
        ((path, _, body),) = site.requests
        assert json.loads(body)["message"] == note.short
        assert path == "/peixun@donghu.example"

    def test_an_address_stays_one_part_of_the_citys_url(self, note: Note) -> None:
        with web_server(Website()) as site:
            channel = AppriseRelay(f"json://127.0.0.1:{site.port}/{{address}}", short=True)
            channel.tell(replace(note, address="../admin?x=1#y"))
        assert site.requests[0][0] == "/..%2Fadmin%3Fx=1%23y"

    @pytest.mark.parametrize(
        "url", ["json://127.0.0.1/", "jsons://10.0.0.1/", "xml://x", "file:///etc/passwd", "", "wecombot"]
    )
    def test_services_that_were_not_opened_are_refused_for_good(self, url: str) -> None:
        channel = AppriseAddress(**configured.AppriseAddressSettings().load({}))
        with pytest.raises(NotDelivered) as refused:
            channel.check_address(url)
        assert refused.value.final

    def test_an_opened_service_with_a_host_is_held_to_the_address_guard(self) -> None:
        channel = AppriseAddress(services=["jsons"], allowed_networks=[])
        with pytest.raises(NotDelivered, match="内部或保留地址"):
            channel.check_address("jsons://169.254.169.254/latest")

    def test_services_with_a_host_of_their_own_are_taken(self) -> None:
        channel = AppriseAddress(**configured.AppriseAddressSettings().load({}))
        for url in ("wecombot://abcdefgh-0123", "dingtalk://abcdef0123"):
            channel.check_address(url)


class TestSimulators:
    def test_a_script_says_what_becomes_of_each_attempt(self, note: Note, tmp_path: Path) -> None:
        script = {note.address: ["timeout", "bounce", "ok"]}
        channel = SimulatedEmail(folder=str(tmp_path / "s"), failures=script)
        for attempt, hard in ((1, False), (2, True)):
            with pytest.raises(NotDelivered) as missed:
                channel.tell(replace(note, attempt=attempt))
            assert missed.value.final == hard
        assert isinstance(channel.tell(replace(note, attempt=3)), Receipt)
        assert isinstance(channel.tell(replace(note, attempt=9)), Receipt)
        lines = (tmp_path / "s/email.jsonl").read_text("utf-8").splitlines()
        assert [json.loads(line)["outcome"] for line in lines] == ["timeout", "bounce", "ok", "ok"]

    def test_an_address_can_say_it_too_and_a_fax_says_it_later(self, note: Note) -> None:
        channel = SimulatedFax(folder="", failures={})
        taken = channel.tell(replace(note, address="bounce-027"))
        assert isinstance(taken, Underway)
        with pytest.raises(NotDelivered) as missed:
            channel.outcome(taken.ticket)
        assert missed.value.final
        fine = channel.tell(replace(note, address="027-88880001"))
        assert isinstance(fine, Underway)
        assert isinstance(channel.outcome(fine.ticket), Receipt)
