from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.unit.gateway.fakes import FakeRpc, application
from tests.unit.gateway.invented import CONTRACT

HEADERS = {"Authorization": "Bearer department"}


def send(web: FlaskClient, body: bytes, content_type: str = "application/json") -> Any:
    return web.patch("/api/v1/books/b1", data=body, content_type=content_type)


def test_an_unknown_field_is_named(web: FlaskClient, rpc: FakeRpc) -> None:
    answer = web.patch("/api/v1/books/b1", json={"colour": "red"})
    assert (answer.status_code, answer.json["code"]) == (422, "invalid")
    assert list(answer.json["details"]["fields"]) == ["colour"]
    assert "colour" in answer.json["detail"]
    assert rpc.calls == []


@pytest.mark.parametrize("wrong", [{"copies": "3"}, {"copies": 100}, {"copies": None}, {"title": ""}, {"title": 5}])
def test_a_wrong_type_or_value_is_refused(web: FlaskClient, rpc: FakeRpc, wrong: dict[str, Any]) -> None:
    answer = web.patch("/api/v1/books/b1", json=wrong)
    assert answer.status_code == 422
    assert list(answer.json["details"]["fields"]) == list(wrong)
    assert rpc.calls == []


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"",
        b"[1]",
        b'"text"',
        b'{"copies": 1,}',
        b'{"copies": NaN}',
        b'{"copies": -Infinity}',
        b'{"copies": 1e999}',
        b'{"copies": 1, "copies": 2}',
        b'{"title": "\\ud800"}',
        '{"title": "资治"}'.encode("gbk"),
        b'{"a":' * 40 + b"1" + b"}" * 40,
        b"[" * 100_000,
        b'{"copies": ' + b"9" * 5000 + b"}",
        b"\xef\xbb\xbf{}",
    ],
)
def test_broken_json_is_unreadable(web: FlaskClient, rpc: FakeRpc, body: bytes) -> None:
    answer = send(web, body)
    assert (answer.status_code, answer.json["code"]) == (400, "malformed")
    assert rpc.calls == []


@pytest.mark.parametrize("content_type", ["text/plain", "application/json; charset=gbk", "multipart/form-data"])
def test_another_content_type_is_415(web: FlaskClient, content_type: str) -> None:
    assert send(web, b"{}", content_type).status_code == 415


def test_no_body_is_an_empty_request_and_one_of_another_type_is_not(web: FlaskClient, rpc: FakeRpc) -> None:
    rpc.answer("change_book", {"book_id": "b1", "title": "资治", "copies": 1, "version": 2})
    assert web.patch("/api/v1/books/b1").status_code == 200
    assert rpc.request == {"book_id": "b1"}
    assert send(web, b"", "text/plain").status_code == 415
    chunked = {"wsgi.input": BytesIO(b"{}"), "CONTENT_TYPE": "", "HTTP_TRANSFER_ENCODING": "chunked"}
    assert web.patch("/api/v1/books/b1", headers=HEADERS, environ_overrides=chunked).status_code == 415


def test_a_roster_sent_as_json_is_415(web: FlaskClient) -> None:
    assert web.post("/api/v1/scans", json={"scan": "AAAA"}).status_code == 415


def test_a_declared_body_above_the_limit_is_refused_unread(rpc: FakeRpc) -> None:
    web = application(CONTRACT, rpc, json_limit=1000).test_client()
    body = Unreadable()
    answer = web.patch("/api/v1/books/b1", headers=HEADERS, environ_overrides=streamed(body, CONTENT_LENGTH="1001"))
    assert (answer.status_code, answer.json["details"]) == (413, {"limit": 1000})
    assert not body.was_read


def test_a_chunked_body_is_cut_off_at_the_limit(rpc: FakeRpc) -> None:
    web = application(CONTRACT, rpc, json_limit=1000).test_client()
    body = BytesIO(b'{"title": "' + b"x" * 1_000_000)
    overrides = streamed(body, HTTP_TRANSFER_ENCODING="chunked")
    answer = web.patch("/api/v1/books/b1", headers=HEADERS, environ_overrides=overrides)
    assert answer.status_code == 413
    assert body.tell() < 200_000


def test_a_file_above_the_limit_is_refused(rpc: FakeRpc) -> None:
    web = application(CONTRACT, rpc, upload_limit=1000).test_client()
    form = {"unit_id": "jiangcheng", "scan": (BytesIO(b"x" * 2000), "big.xlsx")}
    answer = web.post("/api/v1/scans", data=form, headers=HEADERS, content_type="multipart/form-data")
    assert answer.status_code == 413
    assert rpc.calls == []


@pytest.mark.parametrize("disposition", ["form-data", 'form-data; filename="a.xlsx"', r'form-data; name="u}\?"'])
def test_a_part_of_a_form_without_a_readable_name_is_refused(web: FlaskClient, rpc: FakeRpc, disposition: str) -> None:
    part = f"--b\r\nContent-Disposition: {disposition}\r\n\r\nx\r\n"
    answer = web.post(
        "/api/v1/scans", data=f"{part}{part}--b--\r\n".encode(), content_type="multipart/form-data; boundary=b"
    )
    assert answer.status_code in (400, 422), answer.text
    assert answer.json["code"] in ("malformed", "invalid")
    assert rpc.calls == []


def test_a_field_is_given_in_one_place_only(web: FlaskClient, rpc: FakeRpc) -> None:
    assert web.patch("/api/v1/books/b1", json={"book_id": "b2"}).status_code == 422
    assert web.patch("/api/v1/books/b1?copies=2", json={}).status_code == 422
    assert web.get("/api/v1/books?limit=1&limit=2").status_code == 422
    assert web.get("/api/v1/books/b1", data=b"{}").status_code == 400
    assert rpc.calls == []


def streamed(body: BytesIO, **environ: str) -> dict[str, Any]:
    return {"wsgi.input": body, "CONTENT_TYPE": "application/json", **environ}


class Unreadable(BytesIO):
    was_read = False

    def read(self, *_: Any) -> bytes:
        self.was_read = True
        return b"x"

    def __iter__(self) -> Iterator[bytes]:
        self.was_read = True
        return iter(())
