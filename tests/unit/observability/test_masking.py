from __future__ import annotations

import json
import logging
from io import StringIO
from typing import Any

import pytest
import structlog

from shared.context import Context
from shared.errors import Invalid
from shared.observability.logs import configure_logs
from shared.observability.masking import masked, masked_text, masked_texts
from shared.observability.trace import new_traceparent, working_on
from shared.security.caller import service_caller


@pytest.mark.parametrize(
    "secret",
    [
        "11010119900307425x",
        "110101199003074258",
        "13912345678",
        "+86 139-1234-5678",
        "dx_ab12_s3cretS3cretS3cret_99",
        "dxl_eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.abcDEF123",
        "dxf_s3cretS3cret-S3cret_99",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.abcDEF123",
        "Bearer abcdefghijklmnop",
    ],
)
def test_what_identifies_a_person_or_opens_a_door_is_masked(secret: str) -> None:
    hidden = masked_text(f"第3行：{secret}，请核对 / row 3: {secret}.")
    assert secret not in hidden
    assert "第3行" in hidden
    assert "请核对" in hidden


def test_a_password_inside_an_address_is_masked() -> None:
    assert masked_text("amqp://user:pa55@host/v") == "amqp://user:•••@host/v"


@pytest.mark.parametrize(
    "harmless", ["term_01k5g2x8h7q9v3m4n6p0r2s8tz", "2020-05-11T09:00:00+08:00", "江组函〔2020〕12号", "1200 people"]
)
def test_identifiers_dates_and_numbers_stay(harmless: str) -> None:
    assert masked_text(harmless) == harmless


def test_fields_are_masked_by_name_at_any_depth() -> None:
    hidden = masked({"request": {"id_number": "x", "rows": [{"phone": "1", "unit_id": "city"}]}, "api_key": "k"})
    assert hidden == {"request": {"id_number": "•••", "rows": [{"phone": "•••", "unit_id": "city"}]}, "api_key": "•••"}


def test_a_number_that_is_an_identity_number_is_masked() -> None:
    assert masked({"value": 110101199003074258}) == {"value": "•••"}
    assert masked({"value": 1200}) == {"value": 1200}


@pytest.fixture
def lines() -> Any:
    kept, level, stream = logging.getLogger().handlers[:], logging.getLogger().level, StringIO()
    configure_logs("alpha", "INFO", "json", stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.getLogger().handlers[:] = kept
    logging.getLogger().setLevel(level)
    structlog.reset_defaults()


def test_every_line_is_one_json_object_with_trace_and_correlation(lines: Any) -> None:
    context = Context(service_caller("alpha"), correlation_id="req_1", traceparent=new_traceparent())
    with working_on(context, operation="put_item"):
        structlog.get_logger("ours").info("done", rows=3)
        logging.getLogger("library").warning("slow: %s", "一")
    logging.getLogger("library").warning("outside")

    ours, library, outside = lines()
    assert ours["message"] == "done"
    assert ours["rows"] == 3
    for line in (ours, library):
        assert line["trace_id"] == str(context.traceparent).split("-")[1]
        assert line["correlation_id"] == "req_1"
        assert line["operation"] == "put_item"
        assert line["service"] == "alpha"
    assert library["message"] == "slow: 一"
    assert "trace_id" not in outside


def test_tracebacks_are_masked_too(lines: Any) -> None:
    try:
        raise ValueError("身份证号 110101199003074258 有误")
    except ValueError:
        logging.getLogger("library").exception("broken")
    (line,) = lines()
    assert "ValueError" in line["exception"]
    assert "110101199003074258" not in json.dumps(line, ensure_ascii=False)


def test_talkative_libraries_are_quiet(lines: Any) -> None:
    logging.getLogger("nameko.containers").info("frame by frame")
    assert lines() == []


def test_a_refusal_is_logged_by_its_code_and_not_by_its_words(lines: Any) -> None:
    try:
        raise Invalid("姓名“赵一鸣”有误", "the name 赵一鸣 is wrong")
    except Invalid as fault:
        logging.getLogger("nameko.containers").warning("(expected) error handling worker: %s", fault, exc_info=True)
    [line] = lines()
    assert (line["message"], line["level"]) == ("refused: invalid", "warning")
    assert "赵一鸣" not in str(line)


def test_texts_are_masked_at_any_depth_and_fields_keep_their_names() -> None:
    told = {"message": "编号11010119900307425x", "fields": {"password": ["Missing"]}, "rows": [["13912345678"], 7]}
    assert masked_texts(told) == {"message": "编号•••", "fields": {"password": ["Missing"]}, "rows": [["•••"], 7]}
