"""``diaoxun certificate``: what verifies offline, and what does not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from services.notification.domain.certificate import CertificateFacts
from shared.security.signed_claims import sign_claims
from shared.security.signing import SigningKeys
from tests.fixtures.command_line import Diaoxun, diaoxun_with

__all__ = ["diaoxun_with"]
FACTS = CertificateFacts(
    "张伟",
    "男",
    "推进国家治理体系和治理能力现代化专题培训班",
    1,
    date(2020, 5, 11),
    date(2020, 5, 15),
    5,
    40,
    "市委党校",
)
KEY = f"a1:{SigningKeys.new_key()}"
KEYS = SigningKeys.parse(KEY)
SIGNED = sign_claims(KEYS, FACTS.claims("江校结〔2020〕1号", date(2020, 5, 15)))


@pytest.fixture
def public(tmp_path: Path, diaoxun_with: Diaoxun) -> str:
    """The file of public keys that the platform hands out."""
    printed = diaoxun_with({"DIAOXUN_SIGNING_KEYS": KEY}, "certificate", "keys")
    assert printed.code == 0
    assert KEY not in printed.out
    file = tmp_path / "keys.txt"
    file.write_text(printed.out, encoding="utf-8")
    return str(file)


def test_a_genuine_text_is_shown_with_everything_it_says(diaoxun_with: Diaoxun, public: str) -> None:
    for text in (SIGNED, f"https://peixun.example.cn/certificate/{SIGNED}"):
        done = diaoxun_with({}, "certificate", "verify", text, "--keys", public)
        assert done.code == 0
        assert all(said in done.out for said in ("张伟", "江校结〔2020〕1号", "40", "2020-05-15"))
    assert diaoxun_with({}, "certificate", "verify", SIGNED, "--keys", public, "--json").data["claims"]["hours"] == 40


def test_a_file_holds_it_among_other_bytes(diaoxun_with: Diaoxun, public: str, tmp_path: Path) -> None:
    file = tmp_path / "certificate.pdf"
    file.write_bytes(b"%PDF-1.7\n\xff\xfe /Keywords (" + SIGNED.encode() + b")\n%%EOF")
    assert diaoxun_with({}, "certificate", "verify", str(file), "--keys", public).code == 0


def test_the_platforms_own_keys_do_where_no_file_is_named(diaoxun_with: Diaoxun) -> None:
    assert diaoxun_with({"DIAOXUN_SIGNING_KEYS": KEY}, "certificate", "verify", SIGNED).code == 0


def test_another_signature_is_refused_with_the_reason(diaoxun_with: Diaoxun, public: str) -> None:
    claims = FACTS.claims("江校结〔2020〕1号", date(2020, 5, 15))
    forged = sign_claims(SigningKeys.parse(f"a1:{SigningKeys.new_key()}"), claims)
    done = diaoxun_with({}, "certificate", "verify", forged, "--keys", public)
    assert (done.code, "签名不符" in done.err) == (1, True)
    unknown = sign_claims(SigningKeys.parse(f"b2:{SigningKeys.new_key()}"), claims)
    done = diaoxun_with({}, "certificate", "verify", unknown, "--keys", public)
    assert (done.code, "b2" in done.err) == (1, True)


def test_what_holds_no_signed_text_is_unreadable(diaoxun_with: Diaoxun, public: str, tmp_path: Path) -> None:
    empty = tmp_path / "empty.pdf"
    empty.write_bytes(b"%PDF-1.7")
    for given in (str(empty), "江校结〔2020〕1号"):
        assert diaoxun_with({}, "certificate", "verify", given, "--keys", public).code == 2
    assert diaoxun_with({}, "certificate", "verify", SIGNED, "--keys", str(tmp_path / "none.txt")).code == 2
