"""Certificates: who gets one, that it verifies with and without us, and what becomes of it."""

from __future__ import annotations

import base64
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from services.notification import contract
from services.notification.commands import reissuing
from services.notification.commands.certifying import Issued
from services.notification.store import BOOKS, CERTIFICATES
from shared.context import Context
from shared.errors import Forbidden, Invalid, NotFound, Unavailable
from shared.security.caller import Caller, Role, service_caller
from shared.security.signed_claims import NotGenuine, read_claims, sign_claims
from shared.security.signing import SigningKeys
from tests.fixtures.store import MakeStore
from tests.integration.notification.notification_city import TERM, UNIT, City

CLERK = Caller("acct_clerk", frozenset({Role.UNIT}), (UNIT,))
ELSEWHERE = Caller("acct_elsewhere", frozenset({Role.UNIT}), ("jiangcheng.nanshan",))
NOBODY = Caller("anonymous", frozenset())
ITSELF = Context(caller=service_caller("test"))


def trainee(nomination_id: str) -> Caller:
    return Caller(f"trainee:{nomination_id}", frozenset({Role.TRAINEE}))


@pytest.fixture
def city(make_store: MakeStore, tmp_path: Path) -> City:
    made = City(make_store, tmp_path)
    made.place_term()
    return made


def certificates(city: City, **wanted: object) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = city.harness.call(contract.LIST_CERTIFICATES, {"limit": 200, **wanted})["items"]
    return items


def pdf_of(city: City, certificate_id: str) -> bytes:
    file = city.harness.call(contract.GET_CERTIFICATE_FILE, {"certificate_id": certificate_id})
    return base64.b64decode(file["content"])


def scanned(pdf: bytes, folder: Path) -> str:
    """What a camera reads off the printed page."""
    (folder / "certificate.pdf").write_bytes(pdf)
    program = shutil.which("pdftoppm")
    assert program, "these tests need poppler-utils"
    command = [program, "-png", "-r", "200", "-singlefile", str(folder / "certificate.pdf"), str(folder / "page")]
    subprocess.run(command, check=True)
    found = zxingcpp.read_barcodes(Image.open(folder / "page.png"), formats=zxingcpp.BarcodeFormat.QRCode)
    assert len(found) == 1
    return str(found[0].text)


def verified(city: City, **given: str) -> dict[str, Any]:
    return city.harness.call(contract.VERIFY_CERTIFICATE, given, caller=NOBODY)


def issue(city: City, *names: str) -> list[str]:
    city.admit(*names)
    for row in city.trainees:
        city.decide(row["nomination_id"])
    return city.settle()


class TestIssuing:
    def test_who_completed_gets_one_and_nobody_else(self, city: City) -> None:
        city.admit("张伟", "李娜", "王芳", "赵敏")
        city.decide("nomination_1")
        city.decide("nomination_2", completed=False)
        city.decide("nomination_3", confirmed=False)
        events = city.settle()
        (only,) = certificates(city)
        assert (only["nomination_id"], only["state"], only["serial"]) == ("nomination_1", "issued", "江校结〔2020〕1号")
        assert events.count("notification.certificate.issued.v1") == 1

    def test_a_unit_is_asked_for_once_and_told_once_however_many_are_announced(self, city: City) -> None:
        events = issue(city, "张伟", "李娜", "王芳")
        assert events.count("notification.certificates.due.v1") == 1
        assert events.count("notification.certificates.printed.v1") == 1
        assert [row["serial"] for row in certificates(city)] == [f"江校结〔2020〕{n}号" for n in (1, 2, 3)]
        (told,) = city.harness.call(contract.LIST_MESSAGES, {"rule": "certificates-issued", "limit": 9})["items"]
        assert told["recipient"] == f"unit:{UNIT}"

    def test_deciding_again_with_the_same_outcome_changes_nothing(self, city: City) -> None:
        issue(city, "张伟")
        before = certificates(city)
        city.decide("nomination_1")
        assert "notification.certificate.issued.v1" not in city.settle()
        assert certificates(city) == before

    def test_other_hours_replace_the_certificate(self, city: City) -> None:
        issue(city, "张伟")
        city.decide("nomination_1", hours=36)
        city.settle()
        old, new = sorted(certificates(city), key=lambda row: row["hours"], reverse=True)
        assert (old["state"], old["reason_code"], old["replaced_by"]) == ("revoked", "replaced", new["certificate_id"])
        assert (new["state"], new["replaces"], new["hours"]) == ("issued", old["certificate_id"], 36)

    def test_who_no_longer_completed_loses_it(self, city: City) -> None:
        issue(city, "张伟")
        city.decide("nomination_1", completed=False)
        events = city.settle()
        (row,) = certificates(city)
        assert (row["state"], row["reason_code"]) == ("revoked", "not_completed")
        assert events.count("notification.certificate.revoked.v1") == 1

    def test_while_compliance_is_away_nothing_is_issued_and_later_everything(self, city: City) -> None:
        city.admit("张伟")
        city.away.add("compliance")
        city.decide("nomination_1")
        (due,) = city.harness.take()
        with pytest.raises(Unavailable):
            city.harness.deliver(contract.CERTIFICATES_DUE, due.data, event_id=due.id)
        assert certificates(city) == []
        city.away.clear()
        city.harness.deliver(contract.CERTIFICATES_DUE, due.data, event_id=due.id)
        assert [row["state"] for row in certificates(city)] == ["issued"]

    def test_what_is_decided_while_the_unit_is_being_looked_at_is_not_lost(self, city: City) -> None:
        city.admit("张伟", "李娜")
        city.decide("nomination_1")
        (due,) = city.harness.take()
        city.while_asking(lambda: city.decide("nomination_2"))
        city.harness.deliver(contract.CERTIFICATES_DUE, due.data, event_id=due.id)
        city.settle()
        assert {row["nomination_id"] for row in certificates(city, state="issued")} == {"nomination_1", "nomination_2"}

    def test_a_name_no_font_has_is_reported_and_printed_after_a_correction(self, city: City) -> None:
        issue(city, "张\U000e0100伟")
        (row,) = certificates(city)
        assert row["state"] == "unprintable"
        assert "U+E0100" in row["problem"]["zh"]
        with pytest.raises(contract.CertificateNotPrinted):
            pdf_of(city, row["certificate_id"])
        city.trainees[0]["name"] = "张伟"
        report = city.harness.call(contract.ISSUE_CERTIFICATES, {"term_id": TERM})
        assert (report["issued"], report["replaced"], report["unprintable"]) == (1, 1, 0)
        assert [row["state"] for row in certificates(city, state="issued")] == ["issued"]

    def test_whoever_asks_for_certificates_of_an_unknown_term_is_told_so(self, city: City) -> None:
        with pytest.raises(NotFound, match="term_2"):
            city.harness.call(contract.ISSUE_CERTIFICATES, {"term_id": "term_2", "unit_id": UNIT})
        assert city.harness.store.view(ITSELF).rows(BOOKS).find({"term_id": "term_2"}) == []

    def test_one_current_certificate_a_person_whatever_happens(self, city: City) -> None:
        city.admit("张伟", "李娜", "王芳")
        for step in (1, 2, 3, 1, 1, 2):
            city.decide(f"nomination_{step}", completed=step != 2, hours=40 - step)
            city.settle()
            city.harness.call(contract.ISSUE_CERTIFICATES, {"term_id": TERM, "unit_id": UNIT})
        holders = [row["nomination_id"] for row in certificates(city, state="issued")]
        assert sorted(holders) == ["nomination_1", "nomination_3"]
        numbers = sorted(row["sequence"] for row in city.store.view(ITSELF).rows(CERTIFICATES).find({}))
        assert numbers == list(range(1, len(numbers) + 1))

    def test_an_organiser_is_not_asked_to_sign_certificates_off(self, city: City) -> None:
        issuer = next(
            each for each in city.harness.call(contract.LIST_ISSUERS)["items"] if each["kind"] == "certificate"
        )
        issuer.pop("version")
        with pytest.raises(Invalid):
            city.harness.call(contract.PUT_ISSUER, {**issuer, "sign_off": True})


class TestVerifying:
    def test_the_printed_code_is_read_back_and_holds_without_and_with_us(self, city: City, tmp_path: Path) -> None:
        issue(city, "欧阳明")
        (row,) = certificates(city)
        text = scanned(pdf_of(city, row["certificate_id"]), tmp_path)
        address, _, signed = text.rpartition("/")
        assert address == "https://peixun.example.cn/certificate"
        claims = read_claims(SigningKeys.parse(city.signing_key).public, signed)
        assert claims == {
            "serial": row["serial"],
            "name": "欧阳明",
            "sex": "男",
            "programme_title": "推进国家治理体系和治理能力现代化专题培训班",
            "ordinal": 1,
            "starts_on": "2020-06-08",
            "ends_on": "2020-06-12",
            "days": 5,
            "hours": 40,
            "issuer": "中共江城市委党校",
            "issued_on": "2020-05-11",
        }
        for given in (text, signed):
            verdict = verified(city, signed=given)
            assert (verdict["verdict"], verdict["certificate"]["name_masked"]) == ("valid", "欧**")
            assert "欧阳明" not in str(verdict)

    def test_serial_and_printed_code_do_as_well(self, city: City) -> None:
        issue(city, "张伟")
        row = city.store.view(ITSELF).rows(CERTIFICATES).one({})
        assert row
        for code in (row["code"], row["code"].lower().replace("-", " ")):
            verdict = verified(city, serial=row["serial"], code=code)
            assert (verdict["verdict"], verdict["certificate"]["name_masked"]) == ("valid", "张*")
        wrong = {"serial": row["serial"], "code": "AAAA-AAAA"}
        missing = {"serial": "江校结〔2020〕99号", "code": row["code"]}
        assert verified(city, **wrong) == verified(city, **missing)
        assert verified(city, **wrong)["certificate"] is None

    def test_tampering_and_other_keys_are_found_out(self, city: City, tmp_path: Path) -> None:
        issue(city, "张伟")
        (row,) = certificates(city)
        signed = scanned(pdf_of(city, row["certificate_id"]), tmp_path).rpartition("/")[2]
        keys = SigningKeys.parse(city.signing_key)
        head, said, signature = signed.split(".")
        better = base64.urlsafe_b64encode(
            base64.urlsafe_b64decode(said + "=" * (-len(said) % 4)).replace("张伟".encode(), "李娜".encode())
        )
        forged = f"{head}.{better.rstrip(b'=').decode()}.{signature}"
        claims = read_claims(keys.public, signed)
        other = sign_claims(SigningKeys.parse(f"a1:{SigningKeys.new_key()}"), claims)
        unregistered = sign_claims(keys, {**claims, "serial": "江校结〔2020〕99号"})
        for text in (forged, other, unregistered, "x", "a.b.c", f"{signed}A", signed[:-1]):
            assert verified(city, signed=text)["verdict"] == "not_genuine"
        for text in (forged, other, "x", "a.b.c", f"{signed}A", signed[:-1]):
            with pytest.raises(NotGenuine):
                read_claims(keys.public, text)

    def test_revoked_and_replaced_are_said_so(self, city: City, tmp_path: Path) -> None:
        issue(city, "张伟")
        (first,) = certificates(city)
        signed = scanned(pdf_of(city, first["certificate_id"]), tmp_path)
        request = {"certificate_id": first["certificate_id"], "reason": "原件遗失"}
        second = city.harness.call(contract.REISSUE_CERTIFICATE, request)
        verdict = verified(city, signed=signed)
        assert (verdict["verdict"], verdict["replaced"], verdict["revoked_on"]) == ("revoked", True, "2020-05-11")
        anew = scanned(pdf_of(city, second["certificate_id"]), tmp_path)
        assert verified(city, signed=anew)["verdict"] == "valid"
        why = {"reason_code": "misconduct", "reason": "材料造假"}
        city.harness.call(contract.REVOKE_CERTIFICATE, {"certificate_id": second["certificate_id"], **why})
        verdict = verified(city, signed=anew)
        assert (verdict["verdict"], verdict["replaced"]) == ("revoked", False)
        assert "材料造假" not in str(verdict)

    def test_a_request_gives_one_thing_or_the_other(self, city: City) -> None:
        for given in ({}, {"serial": "江校结〔2020〕1号"}, {"signed": "x", "serial": "x", "code": "x"}):
            with pytest.raises(Invalid):
                verified(city, **given)

    def test_the_public_keys_are_given_to_anybody_and_no_private_one(self, city: City) -> None:
        (key,) = city.harness.call(contract.GET_CERTIFICATE_KEYS, caller=NOBODY)["items"]
        assert {key["key_id"]: key["key"]} == SigningKeys.parse(city.signing_key).public.encoded()
        assert key["key"] not in city.signing_key


class TestRevokingAndReissuing:
    def test_what_somebody_took_back_comes_back_only_by_hand(self, city: City) -> None:
        issue(city, "张伟")
        (row,) = certificates(city)
        why = {"reason_code": "misconduct", "reason": "材料造假"}
        revoked = city.harness.call(contract.REVOKE_CERTIFICATE, {"certificate_id": row["certificate_id"], **why})
        assert (revoked["state"], revoked["reason"], revoked["revoked_by"]) == (
            "revoked",
            "材料造假",
            "test:organiser",
        )
        city.decide("nomination_1", hours=38)
        city.settle()
        assert city.harness.call(contract.ISSUE_CERTIFICATES, {"term_id": TERM})["issued"] == 0
        with pytest.raises(contract.CertificateClosed):
            city.harness.call(contract.REVOKE_CERTIFICATE, {"certificate_id": row["certificate_id"], **why})
        with pytest.raises(contract.CertificateClosed):
            pdf_of(city, row["certificate_id"])
        again = {"certificate_id": row["certificate_id"], "reason": "申诉成立"}
        assert city.harness.call(contract.REISSUE_CERTIFICATE, again)["hours"] == 38
        assert city.store.view(ITSELF).rows(BOOKS).one({})["barred"] == []  # type: ignore[index]

    def test_a_reissue_that_is_refused_brings_nothing_back_later(self, city: City) -> None:
        issue(city, "张伟")
        (row,) = certificates(city)
        why = {"reason_code": "misconduct", "reason": "材料造假"}
        city.harness.call(contract.REVOKE_CERTIFICATE, {"certificate_id": row["certificate_id"], **why})
        city.completions["nomination_1"]["outcome"] = "not_completed"
        again = {"certificate_id": row["certificate_id"], "reason": "申诉成立"}
        with pytest.raises(contract.NotCompleted):
            city.harness.call(contract.REISSUE_CERTIFICATE, again)
        city.completions["nomination_1"]["outcome"] = "completed"
        assert city.harness.call(contract.ISSUE_CERTIFICATES, {"term_id": TERM})["issued"] == 0
        city.harness.call(contract.REISSUE_CERTIFICATE, again)
        assert [each["state"] for each in certificates(city)] == ["revoked", "issued"]

    def test_a_certificate_is_replaced_once(self, city: City) -> None:
        issue(city, "张伟")
        (row,) = certificates(city)
        request = {"certificate_id": row["certificate_id"], "reason": "原件遗失"}
        new = city.harness.call(contract.REISSUE_CERTIFICATE, request)
        assert (new["serial"], new["replaces"]) == ("江校结〔2020〕2号", row["certificate_id"])
        with pytest.raises(contract.CertificateClosed):
            city.harness.call(contract.REISSUE_CERTIFICATE, request)
        assert len(certificates(city, state="issued")) == 1

    def test_the_same_command_twice_replaces_once(self, city: City) -> None:
        issue(city, "张伟")
        (row,) = certificates(city)
        request = {"certificate_id": row["certificate_id"], "reason": "原件遗失"}
        first = city.harness.call(contract.REISSUE_CERTIFICATE, request, command_id="cmd_1")
        assert city.harness.call(contract.REISSUE_CERTIFICATE, request, command_id="cmd_1") == first
        assert len(certificates(city)) == 2

    @pytest.mark.parametrize("taken_back", [False, True])
    def test_a_twin_that_both_replicas_take_up_at_once_replaces_once(
        self, city: City, monkeypatch: pytest.MonkeyPatch, taken_back: bool
    ) -> None:
        issue(city, "张伟")
        (row,) = certificates(city)
        if taken_back:
            why = {"reason_code": "misconduct", "reason": "材料造假"}
            city.harness.call(contract.REVOKE_CERTIFICATE, {"certificate_id": row["certificate_id"], **why})
        request = {"certificate_id": row["certificate_id"], "reason": "原件遗失"}
        issue_roster, twin = reissuing.issue_roster, []

        def overtaken(*given: Any) -> Issued:
            monkeypatch.setattr(reissuing, "issue_roster", issue_roster)
            twin.append(city.harness.call(contract.REISSUE_CERTIFICATE, request, command_id="cmd_1"))
            return issue_roster(*given)

        monkeypatch.setattr(reissuing, "issue_roster", overtaken)
        assert [city.harness.call(contract.REISSUE_CERTIFICATE, request, command_id="cmd_1")] == twin
        assert [each["state"] for each in certificates(city)] == ["revoked", "issued"]

    def test_who_no_longer_completed_gets_no_other(self, city: City) -> None:
        issue(city, "张伟")
        (row,) = certificates(city)
        city.completions["nomination_1"]["outcome"] = "not_completed"
        with pytest.raises(contract.NotCompleted):
            city.harness.call(
                contract.REISSUE_CERTIFICATE, {"certificate_id": row["certificate_id"], "reason": "原件遗失"}
            )


class TestReading:
    def test_each_sees_what_is_theirs(self, city: City) -> None:
        issue(city, "张伟", "李娜")
        first, second = certificates(city)
        listed = {"limit": 9}
        mine = trainee(first["nomination_id"])
        assert city.harness.call(contract.LIST_CERTIFICATES, listed, caller=mine)["items"] == [first]
        assert city.harness.call(contract.LIST_CERTIFICATES, listed, caller=ELSEWHERE)["items"] == []
        assert len(city.harness.call(contract.LIST_CERTIFICATES, listed, caller=CLERK)["items"]) == 2
        for caller in (mine, ELSEWHERE):
            with pytest.raises(NotFound):
                city.harness.call(
                    contract.GET_CERTIFICATE_FILE, {"certificate_id": second["certificate_id"]}, caller=caller
                )
        assert city.harness.call(
            contract.GET_CERTIFICATE_FILE, {"certificate_id": first["certificate_id"]}, caller=mine
        )

    def test_units_and_trainees_issue_and_revoke_nothing(self, city: City) -> None:
        issue(city, "张伟")
        (row,) = certificates(city)
        why = {"certificate_id": row["certificate_id"], "reason_code": "other", "reason": "无"}
        for caller in (CLERK, trainee("nomination_1")):
            with pytest.raises(Forbidden):
                city.harness.call(contract.ISSUE_CERTIFICATES, {"term_id": TERM}, caller=caller)
            with pytest.raises(Forbidden):
                city.harness.call(contract.REVOKE_CERTIFICATE, {**why, "reason": "填错了"}, caller=caller)

    def test_organisers_of_one_unit_issue_those_of_their_own(self, city: City) -> None:
        city.admit("张伟")
        city.admit("李娜", unit_id="jiangcheng.nanshan")
        for nomination_id in ("nomination_1", "nomination_2"):
            city.decide(nomination_id, confirmed=False)
            city.completions[nomination_id]["confirmed"] = True
        organisers = Caller("key_donghu", frozenset({Role.ORGANISATION_DEPARTMENT}), (UNIT,))
        assert city.harness.call(contract.ISSUE_CERTIFICATES, {"term_id": TERM}, caller=organisers)["issued"] == 1
        assert [row["unit_id"] for row in certificates(city)] == [UNIT]

    def test_the_figures(self, city: City) -> None:
        issue(city, "张伟", "李娜")
        city.decide("nomination_1", hours=36)
        city.settle()
        assert city.harness.call(contract.CERTIFICATES_SUMMARY, {"term_id": TERM}) == {
            "registered": 0,
            "issued": 2,
            "unprintable": 0,
            "revoked": 1,
            "replaced": 1,
        }
        assert city.harness.call(contract.CERTIFICATES_SUMMARY, {"term_id": "term_9"})["issued"] == 0
