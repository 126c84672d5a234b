"""The page that a scanned certificate opens: for anybody, and telling no more than the service says."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from services.notification.contract import CONTRACT
from shared.errors import Invalid, Unavailable
from tests.unit.gateway.fakes import FakeRpc, application

VALID: dict[str, Any] = {
    "verdict": "valid",
    "said": {"zh": "证书真实有效", "en": "the certificate is genuine and holds"},
    "certificate": {
        "serial": "江校结〔2020〕12号",
        "name_masked": "欧**",
        "programme_title": "推进治理现代化专题培训班",
        "ordinal": 1,
        "starts_on": "2020-05-11",
        "ends_on": "2020-05-15",
        "days": 5,
        "hours": 40,
        "issuer": "中共江城市委党校",
        "issued_on": "2020-05-15",
    },
    "revoked_on": None,
    "replaced": False,
}
NOT_GENUINE: dict[str, Any] = {
    **VALID, "verdict": "not_genuine", "said": {"zh": "签名不符", "en": "does not fit"}, "certificate": None
}  # fmt: skip


@pytest.fixture
def rpc() -> FakeRpc:
    return FakeRpc()


@pytest.fixture
def web(rpc: FakeRpc) -> FlaskClient:
    return application(CONTRACT, rpc).test_client()


def test_a_scanned_certificate_is_shown_to_anybody_and_kept_nowhere(rpc: FakeRpc, web: FlaskClient) -> None:
    rpc.answer("verify_certificate", VALID)
    page = web.get("/certificate/eyJhbGciOiJFZERTQSJ9.e30.AAAA")
    assert page.status_code == 200
    assert all(said in page.text for said in ("证书真实有效", "欧**", "江校结〔2020〕12号", "完成40学时"))
    assert rpc.request == {"signed": "eyJhbGciOiJFZERTQSJ9.e30.AAAA"}
    assert not rpc.context.caller.roles
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"


def test_serial_and_code_are_asked_for_and_then_tried(rpc: FakeRpc, web: FlaskClient) -> None:
    assert 'name="serial"' in web.get("/certificate").text
    assert rpc.calls == []
    rpc.answer("verify_certificate", NOT_GENUINE)
    page = web.get("/certificate", query_string={"serial": " 江校结〔2020〕12号 ", "code": "ABCD-EFGH"}).text
    assert rpc.request == {"serial": "江校结〔2020〕12号", "code": "ABCD-EFGH"}
    assert "签名不符" in page
    assert 'value="江校结〔2020〕12号"' in page


@pytest.mark.parametrize("path", ["/certificate?serial=1&code=ABCD-EFGH-IJKL-MNOP-QRST", f"/certificate/{'a' * 4001}"])
def test_what_is_longer_than_anything_we_print_is_of_no_certificate(rpc: FakeRpc, web: FlaskClient, path: str) -> None:
    rpc.fail("verify_certificate", Invalid("过长", "too long", fields={"code": ["Longer than maximum length 20."]}))
    page = web.get(path)
    assert (page.status_code, "没有这样的证书" in page.text, "稍后再试" in page.text) == (200, True, False)


def test_while_the_service_is_away_the_page_says_so(rpc: FakeRpc, web: FlaskClient) -> None:
    rpc.fail("verify_certificate", Unavailable("停机", "away"))
    page = web.get("/certificate/a.b.c")
    assert (page.status_code, "稍后再试" in page.text) == (503, True)


def test_what_is_typed_is_shown_as_text(rpc: FakeRpc, web: FlaskClient) -> None:
    rpc.answer("verify_certificate", NOT_GENUINE)
    page = web.get("/certificate", query_string={"serial": '"><script>x</script>', "code": "A"}).text
    assert "<script>x" not in page
