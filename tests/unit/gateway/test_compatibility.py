from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from marshmallow import fields, validate

from gateway import compatibility
from gateway.generate import openapi_document
from shared.contracts import Event, EventData, Operation, Reply, Request, ServiceContract
from shared.contracts.asyncapi import asyncapi_document
from shared.contracts.compatibility import asyncapi_breaks, openapi_breaks
from shared.wording import Words
from tests.unit.gateway.invented import CONTRACT, GET_BOOK, STAFF

Document = dict[str, Any]


@pytest.fixture(scope="module")
def openapi() -> Document:
    return openapi_document([CONTRACT])


@pytest.fixture(scope="module")
def asyncapi() -> Document:
    return asyncapi_document([CONTRACT])


def schema(document: Document, name: str) -> Document:
    return document["components"]["schemas"][name]


def operation(document: Document, name: str) -> Document:
    found = [
        one
        for verbs in document["paths"].values()
        for one in verbs.values()
        if isinstance(one, dict) and one.get("operationId") == f"library_{name}"
    ]
    return found[0]


def remove_operation(document: Document) -> None:
    del document["paths"]["/api/v1/books/{book_id}"]["patch"]


def remove_reply_field(document: Document) -> None:
    del schema(document, "Book")["properties"]["copies"]


def stop_promising_a_reply_field(document: Document) -> None:
    schema(document, "Book")["required"].remove("title")


def widen_a_reply_field(document: Document) -> None:
    schema(document, "Book")["properties"]["copies"]["type"] = ["integer", "null"]


def demand_a_request_field(document: Document) -> None:
    schema(document, "BookChangeBody")["required"] = ["title"]


def remove_a_request_field(document: Document) -> None:
    del schema(document, "BookChangeBody")["properties"]["title"]


def narrow_a_request_type(document: Document) -> None:
    schema(document, "BookChangeBody")["properties"]["copies"]["type"] = "string"


def tighten_a_request_limit(document: Document) -> None:
    schema(document, "BookChangeBody")["properties"]["title"]["maxLength"] = 39


def add_a_request_limit(document: Document) -> None:
    schema(document, "BookChangeBody")["properties"]["unit_id"]["pattern"] = "^x"


def limit_the_choices_of_a_request(document: Document) -> None:
    schema(document, "BookChangeBody")["properties"]["unit_id"]["enum"] = ["jiangcheng"]


def demand_a_parameter(document: Document) -> None:
    for parameter in operation(document, "list_books")["parameters"]:
        if parameter.get("name") == "unit_id":
            parameter["required"] = True


def remove_a_parameter(document: Document) -> None:
    parameters = operation(document, "list_books")["parameters"]
    parameters[:] = [one for one in parameters if one.get("name") != "tag"]


def narrow_a_parameter(document: Document) -> None:
    for parameter in operation(document, "list_books")["parameters"]:
        if parameter.get("name") == "limit":
            parameter["schema"]["maximum"] = 100


def change_the_status(document: Document) -> None:
    responses = operation(document, "scan_books")["responses"]
    responses["200"] = responses.pop("202")


def take_another_content_type(document: Document) -> None:
    content = operation(document, "scan_books")["requestBody"]["content"]
    content["application/json"] = content.pop("multipart/form-data")


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (remove_operation, "library_change_book"),
        (remove_reply_field, "library_get_book.reply.copies"),
        (stop_promising_a_reply_field, "library_get_book.reply.title"),
        (widen_a_reply_field, "library_get_book.reply.copies"),
        (demand_a_request_field, "library_change_book.request.title"),
        (remove_a_request_field, "library_change_book.request.title"),
        (narrow_a_request_type, "library_change_book.request.copies"),
        (tighten_a_request_limit, "library_change_book.request.title"),
        (add_a_request_limit, "library_change_book.request.unit_id"),
        (limit_the_choices_of_a_request, "library_change_book.request.unit_id"),
        (demand_a_parameter, "library_list_books.unit_id"),
        (remove_a_parameter, "library_list_books.tag"),
        (narrow_a_parameter, "library_list_books.limit"),
        (change_the_status, "library_scan_books.202"),
        (take_another_content_type, "library_scan_books"),
    ],
)
def test_each_kind_of_break_is_found(openapi: Document, change: Callable[[Document], None], place: str) -> None:
    new = copy.deepcopy(openapi)
    change(new)
    assert place in [each.place for each in openapi_breaks(openapi, new)]


def add_an_operation(document: Document) -> None:
    document["paths"]["/api/v1/new"] = {"get": {"operationId": "library_new", "responses": {}}}


def add_an_optional_request_field(document: Document) -> None:
    schema(document, "BookChangeBody")["properties"]["colour"] = {"type": "string"}


def loosen_a_limit(document: Document) -> None:
    schema(document, "BookChangeBody")["properties"]["title"]["maxLength"] = 80


def add_a_reply_field(document: Document) -> None:
    schema(document, "Book")["properties"]["colour"] = {"type": "string"}
    schema(document, "Book")["required"].append("colour")


def reword(document: Document) -> None:
    operation(document, "get_book")["summary"] = "anything"


@pytest.mark.parametrize(
    "change", [add_an_operation, add_an_optional_request_field, loosen_a_limit, add_a_reply_field, reword]
)
def test_what_breaks_nobody_passes(openapi: Document, change: Callable[[Document], None]) -> None:
    new = copy.deepcopy(openapi)
    change(new)
    assert openapi_breaks(openapi, new) == []


def test_breaks_of_events_are_found(asyncapi: Document) -> None:
    gone, moved, poorer = (copy.deepcopy(asyncapi) for _ in range(3))
    del gone["components"]["messages"]["library.book.lent.v1"]
    moved["channels"]["library.book.lent.v1"]["bindings"]["amqp"]["exchange"]["name"] = "elsewhere"
    del poorer["components"]["schemas"]["BookLent"]["properties"]["unit_id"]
    assert [each.what for each in asyncapi_breaks(asyncapi, gone)] == ["the event is gone"]
    assert [each.what for each in asyncapi_breaks(asyncapi, moved)] == ["the exchange it is published to changed"]
    assert [each.place for each in asyncapi_breaks(asyncapi, poorer)] == ["library.book.lent.v1.data.unit_id"]
    assert asyncapi_breaks(asyncapi, copy.deepcopy(asyncapi)) == []


class Person(Reply):
    """A person, with people below."""

    name = fields.String(required=True)
    staff = fields.List(fields.Nested(lambda: Person()))


class Named(Request):
    """A kind of person."""

    kind = fields.String(validate=validate.OneOf(["a", "b"]))


def people(kinds: list[str], reply: type[Reply] = Person) -> Document:
    request = type("Named", (Request,), {"kind": fields.String(validate=validate.OneOf(kinds))})
    ask = Operation("list_people", Words("人", "People"), "query", "GET", "/people", request, reply, STAFF)
    return openapi_document([ServiceContract("people", Words("人", "People"), (ask,), ())])


def test_a_choice_taken_away_breaks_and_a_new_one_does_not() -> None:
    assert openapi_breaks(people(["a", "b"]), people(["a"]))
    assert openapi_breaks(people(["a"]), people(["a", "b"])) == []


def test_a_schema_within_itself_is_compared_once() -> None:
    assert openapi_breaks(people(["a"]), people(["a"])) == []


def write(folder: Path, openapi: Document, asyncapi: Document) -> Path:
    folder.mkdir()
    (folder / "openapi.json").write_text(json.dumps(openapi))
    (folder / "asyncapi.json").write_text(json.dumps(asyncapi))
    return folder


def test_the_command_fails_on_a_break_unless_it_is_declared(
    tmp_path: Path, openapi: Document, asyncapi: Document, capsys: pytest.CaptureFixture[str]
) -> None:
    new = copy.deepcopy(openapi)
    remove_operation(new)
    before, after = write(tmp_path / "old", openapi, asyncapi), write(tmp_path / "new", new, asyncapi)
    declared = tmp_path / "declared.json"
    assert compatibility.main([str(before), str(before)]) == 0
    assert compatibility.main([str(before), str(after)]) == 1
    assert "library_change_book: the operation PATCH /api/v1/books/{book_id} is gone" in capsys.readouterr().out
    declared.write_text('{"library_change_book": "replaced by move_book"}')
    assert compatibility.main([str(before), str(after), "--declared", str(declared)]) == 0
    assert compatibility.main([str(before), str(before), "--declared", str(declared)]) == 1


def test_a_name_shared_by_two_services_gives_two_components() -> None:
    class Lent(EventData):
        """Of no service's module."""

        book_id = fields.String(required=True)

    event = Event("library.book.kept.v1", Words("留", "Kept"), Lent)
    assert (
        openapi_document([ServiceContract("library", Words("书", "Books"), (GET_BOOK,), (event,))])["openapi"]
        == "3.1.0"
    )
