"""P18: what goes over the wire is plain JSON, byte for byte."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import kombu.serialization
import pytest

from shared.messaging import serializer


def test_p18_dates_decimals_and_chinese_have_these_bytes_and_no_wrappers() -> None:
    value = {
        "day": date(2020, 5, 11),
        "at": datetime(2020, 5, 11, 1, 2, 3, tzinfo=UTC),
        "fee": Decimal("550.00"),
        "title": "专题培训班",
        "places": 40,
        "share": 0.5,
        "none": None,
        "list": [True, False],
    }
    assert (
        serializer.encode(value)
        == (
            '{"day":"2020-05-11","at":"2020-05-11T01:02:03+00:00","fee":"550.00","title":"专题培训班",'
            '"places":40,"share":0.5,"none":null,"list":[true,false]}'
        ).encode()
    )


@pytest.mark.parametrize(
    "value",
    [datetime(2020, 5, 11), float("nan"), float("inf"), Decimal("NaN"), b"bytes", {1, 2}, object()],
    ids=["naive instant", "nan", "infinity", "decimal nan", "bytes", "set", "object"],
)
def test_p18_what_json_has_no_word_for_is_refused(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        serializer.encode({"value": value})


@pytest.mark.parametrize(
    "body", [b"{", b"", b"NaN", b'{"a": Infinity}', b"\xff\xfe{}", '{"a": 1}'.encode("utf-16"), b"[" * 100_000]
)
def test_p18_anything_but_utf8_json_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - json's and unicode's own errors
        serializer.decode(body)


def test_p18_kombu_uses_it_for_json_content() -> None:
    serializer.register()
    kind, encoding, body = kombu.serialization.dumps({"day": date(2020, 5, 11)}, serializer=serializer.NAME)
    assert (kind, encoding, body) == ("application/json", "utf-8", b'{"day":"2020-05-11"}')
    assert kombu.serialization.loads(body, kind, encoding) == {"day": "2020-05-11"}
    wrapped = '{"__type__": "date", "__value__": "2020-05-11"}'
    assert kombu.serialization.loads(wrapped, kind, encoding) == {"__type__": "date", "__value__": "2020-05-11"}
