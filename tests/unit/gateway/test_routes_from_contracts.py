from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from flask.testing import FlaskClient

from shared.observability.trace import trace_id
from tests.unit.gateway.fakes import DEPARTMENT, FakeRpc


def test_a_query_takes_its_fields_from_path_and_query_string(web: FlaskClient, rpc: FakeRpc) -> None:
    answer = web.get("/api/v1/books?limit=5&lent=true&tag=史&tag=经")
    assert answer.status_code == 200
    assert answer.json["items"][0]["title"] == "资治通鉴"
    assert rpc.calls[0][:2] == ("library", "list_books")
    assert rpc.request == {"limit": 5, "lent": True, "tag": ["史", "经"]}


def test_a_command_takes_its_fields_from_path_and_body(web: FlaskClient, rpc: FakeRpc) -> None:
    answer = web.patch("/api/v1/books/b1", json={"copies": 4})
    assert answer.status_code == 200
    assert rpc.request == {"book_id": "b1", "copies": 4}
    assert rpc.context.caller == DEPARTMENT


def test_an_upload_reaches_the_service_as_base64_with_its_file_name(web: FlaskClient, rpc: FakeRpc) -> None:
    form = {"unit_id": "jiangcheng.donghu", "scan": (BytesIO(b"\x00PK!"), "名单.xlsx")}
    answer = web.post("/api/v1/scans", data=form, content_type="multipart/form-data")
    assert answer.status_code == 202
    assert rpc.request == {
        "unit_id": "jiangcheng.donghu",
        "filename": "名单.xlsx",
        "scan": base64.b64encode(b"\x00PK!").decode(),
    }


def test_an_upload_without_its_file_or_with_a_second_one_is_refused(web: FlaskClient, rpc: FakeRpc) -> None:
    for form in (
        {"unit_id": "jiangcheng"},
        {"unit_id": "jiangcheng", "scan": (BytesIO(b"1"), "a"), "other": (BytesIO(b"2"), "b")},
    ):
        assert web.post("/api/v1/scans", data=form, content_type="multipart/form-data").status_code == 422
    assert rpc.calls == []


def test_a_download_is_sent_as_bytes_under_its_chinese_name(web: FlaskClient, rpc: FakeRpc) -> None:
    content = base64.b64encode(b"%PDF-1.7").decode()
    rpc.answer("print_book", {"filename": "选调函（东湖）.pdf", "media_type": "application/pdf", "content": content})
    answer = web.get("/api/v1/books/b1/card")
    assert (answer.data, answer.mimetype) == (b"%PDF-1.7", "application/pdf")
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="_______.pdf"; '
        "filename*=UTF-8''%E9%80%89%E8%B0%83%E5%87%BD%EF%BC%88%E4%B8%9C%E6%B9%96%EF%BC%89.pdf"
    )


@pytest.mark.parametrize("name", ['a"b\\c/../d.pdf', "x\r\nSet-Cookie: a=b.pdf"])
def test_a_file_name_cannot_break_out_of_its_header(web: FlaskClient, rpc: FakeRpc, name: str) -> None:
    rpc.answer("print_book", {"filename": name, "media_type": "text/plain", "content": ""})
    header = web.get("/api/v1/books/b1/card").headers["Content-Disposition"]
    assert header.count('"') == 2
    assert "\r" not in header
    assert "/" not in header


def test_the_next_page_is_linked(web: FlaskClient, rpc: FakeRpc) -> None:
    rpc.answer("list_books", {"items": [], "next_cursor": "a b+c"})
    answer = web.get("/api/v1/books?limit=1&tag=史&cursor=old")
    assert answer.headers["Link"] == '</api/v1/books?limit=1&tag=%E5%8F%B2&cursor=a+b%2Bc>; rel="next"'


def test_the_idempotency_key_travels_as_command_id_under_the_callers_name(web: FlaskClient, rpc: FakeRpc) -> None:
    web.patch("/api/v1/books/b1", json={"copies": 4}, headers={"Idempotency-Key": "k-1"})
    assert rpc.context.command_id == f"{DEPARTMENT.subject}/k-1"
    web.patch("/api/v1/books/b1", json={"copies": 4})
    assert str(rpc.context.command_id).startswith("cmd_")
    web.get("/api/v1/books/b1")
    assert rpc.context.command_id is None


@pytest.mark.parametrize("key", ["", "has blank", "长", "x" * 201])
def test_an_idempotency_key_of_another_shape_is_refused(web: FlaskClient, rpc: FakeRpc, key: str) -> None:
    answer = web.delete("/api/v1/books/b1", headers={"Idempotency-Key": key})
    assert answer.status_code == 400
    assert rpc.calls == []


def test_the_deadline_is_the_operations_or_less_when_the_caller_prefers(web: FlaskClient, rpc: FakeRpc) -> None:
    def seconds_left(**headers: str) -> float:
        web.patch("/api/v1/books/b1", json={"copies": 1}, headers=headers)
        assert rpc.context.deadline is not None
        return (rpc.context.deadline - datetime.now(UTC)) / timedelta(seconds=1)

    assert 20 < seconds_left() <= 30
    assert 10 < seconds_left(Prefer="respond-async, wait=20") <= 20
    assert 20 < seconds_left(Prefer="wait=60") <= 30


def test_correlation_and_trace_are_passed_on_or_made(web: FlaskClient, rpc: FakeRpc) -> None:
    trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    answer = web.get("/api/v1/books/b1", headers={"X-Correlation-ID": "abc-1", "traceparent": trace})
    assert (rpc.context.correlation_id, rpc.context.caused_by) == ("abc-1", trace)
    assert trace_id(rpc.context.traceparent) == trace_id(trace)
    assert rpc.context.traceparent != trace
    assert answer.headers["X-Correlation-ID"] == "abc-1"
    web.get("/api/v1/books/b1", headers={"X-Correlation-ID": "evil\tvalue", "traceparent": "00-0-0-0"})
    assert str(rpc.context.correlation_id).startswith("req_")
    assert str(rpc.context.traceparent).startswith("00-")
