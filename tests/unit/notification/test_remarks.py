"""What channels say is kept without addresses, numbers and tokens."""

from __future__ import annotations

import pytest

from services.notification.commands.remarks import reason, remark
from services.notification.ports import NotDelivered


@pytest.mark.parametrize(
    ("said", "secret"),
    [
        ("accepted for wang@donghu.example", "wang@donghu.example"),
        ("queued 13812345678", "13812345678"),
        ("mobile +86 138-1234-5678 queued", "1234-5678"),
        ("Authorization: Bearer abcdefgh12345678", "abcdefgh12345678"),
        ("see https://user:pass-word@gateway.example/", "pass-word"),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "eyJzdWIiOiIxIn0"),
    ],
)
def test_nothing_personal_or_secret_is_kept(said: str, secret: str) -> None:
    assert secret not in remark(said, "wang@donghu.example")
    assert all(secret not in words for words in reason(NotDelivered(said, said), "wang@donghu.example").values())


def test_the_rest_stays_and_is_bounded() -> None:
    assert remark("HTTP 202 queued 77") == "HTTP 202 queued 77"
    assert len(remark("x" * 5000)) == 500


def test_what_cannot_be_stored_is_replaced() -> None:
    assert remark("250 ok \udcff") == "250 ok ?"
