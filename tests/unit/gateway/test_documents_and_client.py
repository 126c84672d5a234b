from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest
from flask.testing import FlaskClient

from gateway.client import Problem, pages
from gateway.client.wire import Wire
from gateway.generate import CLIENT, generated, stale_files
from shared.errors import NotFound, Unavailable
from tests.unit.gateway.conftest import BOOK
from tests.unit.gateway.fakes import FakeRpc, application
from tests.unit.gateway.invented import CONTRACT


@pytest.fixture
def document(web: FlaskClient) -> dict[str, Any]:
    return web.get("/api/v1/openapi.json").json


def test_every_operation_is_documented_with_its_schemas(document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.1.0"
    change = document["paths"]["/api/v1/books/{book_id}"]["patch"]
    assert change["operationId"] == "library_change_book"
    assert change["summary"] == "修改图书 / Change a book"
    assert {"409", "412", "422"} <= change["responses"].keys()
    names = {one.get("$ref", one.get("name")) for one in change["parameters"]}
    assert names == {
        "book_id",
        *(f"#/components/parameters/{name}" for name in ("IdempotencyKey", "IfMatch", "CorrelationId")),
    }
    body = document["components"]["schemas"]["BookChangeBody"]
    assert set(body["properties"]) == {"title", "copies", "unit_id"}
    assert document["paths"]["/api/v1/session"]["post"]["security"] == []
    assert document["paths"]["/api/v1/scans"]["post"]["requestBody"]["content"].keys() == {"multipart/form-data"}


def test_every_reference_leads_somewhere(document: dict[str, Any], web: FlaskClient) -> None:
    for whole in (document, web.get("/api/v1/asyncapi.json").json):
        for reference in references(whole):
            target = whole
            for step in reference.removeprefix("#/").split("/"):
                target = target[step]


def references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for inner in part.values():
            yield from references(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from references(inner)


def test_an_event_on_the_wire_fits_its_asyncapi_message(web: FlaskClient) -> None:
    whole = web.get("/api/v1/asyncapi.json").json
    schema = {**whole["components"]["messages"]["library.book.lent.v1"]["payload"], "components": whole["components"]}
    event = {
        "specversion": "1.0", "id": "evt_1", "source": "/diaoxun/library", "type": "library.book.lent.v1",
        "time": "2020-05-11T09:00:00Z", "data": {"book_id": "b1", "unit_id": "jiangcheng"},
    }  # fmt: skip
    jsonschema.validate(event, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**event, "data": {"book_id": "b1"}}, schema)
    assert whole["channels"]["library.book.lent.v1"]["bindings"]["amqp"]["exchange"]["name"] == "library.events"


def test_a_stale_missing_or_left_over_file_is_found(tmp_path: Path) -> None:
    files = {tmp_path / name: name for name in ("a.py", "b.py", "c.json")}
    for path, text in files.items():
        path.write_text(text)
    (tmp_path / "wire.py").write_text("by hand")
    assert stale_files(files, tmp_path) == []
    (tmp_path / "a.py").write_text("edited by hand")
    (tmp_path / "c.json").unlink()
    (tmp_path / "gone").mkdir()
    (tmp_path / "gone" / "of_a_service_gone.py").write_text("")
    assert {path.name for path in stale_files(files, tmp_path)} == {"a.py", "c.json", "of_a_service_gone.py"}


def test_documents_are_answered_304_when_unchanged(web: FlaskClient) -> None:
    tag = web.get("/api/v1/openapi.json").headers["ETag"]
    assert web.get("/api/v1/openapi.json", headers={"If-None-Match": tag}).status_code == 304


def test_the_reference_page_loads_nothing_from_elsewhere_and_reads_without_scripts(web: FlaskClient) -> None:
    page = web.get("/docs").text
    assert "http://" not in page
    assert "https://" not in page
    assert "查看图书" in page
    for path in ("vendor/swagger-ui/swagger-ui-bundle.js", "vendor/swagger-ui/swagger-ui.css", "docs.js", "docs.css"):
        assert f"/static/{path}" in page
        assert web.get(f"/static/{path}").status_code == 200


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the generated client of the invented service."""
    folder = tmp_path_factory.mktemp("client")
    for path, text in generated([CONTRACT]).items():
        if path.is_relative_to(CLIENT / "library"):
            target = folder / path.relative_to(CLIENT)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8")
    return folder


@pytest.fixture
def library(rpc: FakeRpc, written: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The generated client of the invented service, against the gateway's WSGI application."""
    package = importlib.import_module("gateway.client")
    monkeypatch.setattr(package, "__path__", [*package.__path__, str(written)])
    wire = Wire("http://gateway.test", "department", transport=httpx.WSGITransport(app=application(CONTRACT, rpc)))
    yield importlib.import_module("gateway.client.library").Library(wire)
    for name in [name for name in sys.modules if name.startswith("gateway.client.library")]:
        del sys.modules[name]


def test_the_client_sends_fields_where_they_belong(library: Any, rpc: FakeRpc) -> None:
    assert library.get_book(book_id="b1") == BOOK
    assert library.list_books(limit=5, lent=False, tag=["史", "经"])["items"] == [BOOK]
    assert rpc.request == {"limit": 5, "lent": False, "tag": ["史", "经"]}
    library.change_book(book_id="b 1", copies=2, if_match=7, idempotency_key="k")
    assert rpc.request == {"book_id": "b 1", "copies": 2}
    assert rpc.context.expected_version == 7
    assert str(rpc.context.command_id).endswith("/k")


def test_the_client_uploads_and_downloads_bytes(library: Any, rpc: FakeRpc) -> None:
    library.scan_books(unit_id="jiangcheng", scan=b"abc", filename="名单.xlsx")
    assert rpc.request == {"unit_id": "jiangcheng", "filename": "名单.xlsx", "scan": "YWJj"}
    rpc.answer("print_book", {"filename": "选调函.pdf", "media_type": "application/pdf", "content": "YWJj"})
    file = library.print_book(book_id="b1")
    assert (file.filename, file.media_type, file.content) == ("选调函.pdf", "application/pdf", b"abc")


def test_the_client_walks_all_pages(library: Any, rpc: FakeRpc) -> None:
    leaves = {None: (["a", "b"], "2"), "2": (["c"], None)}

    def answer(request: dict[str, Any]) -> dict[str, Any]:
        items, following = leaves[request.get("cursor")]
        return {"items": items, "next_cursor": following}

    rpc.answers["list_books"] = answer
    assert list(pages(library.list_books, limit=2)) == ["a", "b", "c"]


def test_a_problem_is_an_exception_with_its_code(library: Any, rpc: FakeRpc) -> None:
    rpc.fail("get_book", NotFound("没有", "there is none", book_id="b1"))
    with pytest.raises(Problem) as caught:
        library.get_book(book_id="b1")
    assert (caught.value.status, caught.value.code, caught.value.details) == (404, "not-found", {"book_id": "b1"})
    assert caught.value.message["en"] == "there is none"


def test_a_command_is_tried_again_under_one_key(library: Any, rpc: FakeRpc) -> None:
    answers = iter([Unavailable("忙", "busy", retry_after=0), None])

    def answer(_: dict[str, Any]) -> dict[str, Any]:
        error = next(answers)
        if error is not None:
            raise error
        return BOOK

    rpc.answers["change_book"] = answer
    assert library.change_book(book_id="b1", copies=1) == BOOK
    ids = [context.command_id for *_, context in rpc.calls]
    assert len(ids) == 2
    assert ids[0] == ids[1]
