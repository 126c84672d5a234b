from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from shared.errors import StaleVersion
from tests.unit.gateway.fakes import FakeRpc


def test_a_version_is_the_entity_tag(web: FlaskClient) -> None:
    assert web.get("/api/v1/books/b1").headers["ETag"] == '"7"'
    assert web.patch("/api/v1/books/b1", json={"copies": 1}).headers["ETag"] == '"8"'


@pytest.mark.parametrize("known", ['"7"', 'W/"7"', '"1", "7"', "*"])
def test_a_version_says_nothing_of_what_else_a_reply_tells_and_is_sent_whole(
    web: FlaskClient, rpc: FakeRpc, known: str
) -> None:
    rpc.answer("get_book", {"book_id": "b1", "title": "改名", "copies": 3, "version": 7})
    answer = web.get("/api/v1/books/b1", headers={"If-None-Match": known})
    assert (answer.status_code, answer.json["title"], answer.headers["ETag"]) == (200, "改名", '"7"')


def test_a_list_has_a_weak_tag_of_its_content(web: FlaskClient, rpc: FakeRpc) -> None:
    tag = web.get("/api/v1/books").headers["ETag"]
    assert tag.startswith('W/"')
    known = web.get("/api/v1/books", headers={"If-None-Match": tag})
    assert (known.status_code, known.data, known.headers["ETag"]) == (304, b"", tag)
    rpc.answer("list_books", {"items": [], "next_cursor": None})
    assert web.get("/api/v1/books", headers={"If-None-Match": tag}).status_code == 200


def test_if_match_becomes_the_expected_version(web: FlaskClient, rpc: FakeRpc) -> None:
    web.patch("/api/v1/books/b1", json={"copies": 1}, headers={"If-Match": '"7"'})
    assert rpc.context.expected_version == 7
    web.patch("/api/v1/books/b1", json={"copies": 1}, headers={"If-Match": "*"})
    assert rpc.context.expected_version is None


def test_a_stale_version_is_412(web: FlaskClient, rpc: FakeRpc) -> None:
    rpc.fail("change_book", StaleVersion("已是第 8 版", "it is at version 8", current=8))
    answer = web.patch("/api/v1/books/b1", json={"copies": 1}, headers={"If-Match": '"7"'})
    assert (answer.status_code, answer.json["code"], answer.json["details"]) == (412, "stale-version", {"current": 8})


@pytest.mark.parametrize("tag", ["7", 'W/"7"', '"0"', '"seven"', '"7", "8"', ""])
def test_a_malformed_if_match_is_refused_before_anything_runs(web: FlaskClient, rpc: FakeRpc, tag: str) -> None:
    answer = web.patch("/api/v1/books/b1", json={"copies": 1}, headers={"If-Match": tag})
    assert (answer.status_code, answer.json["code"]) == (400, "malformed")
    assert rpc.calls == []


def test_if_match_where_nothing_has_a_version_is_refused_rather_than_passed_over(
    web: FlaskClient, rpc: FakeRpc
) -> None:
    assert web.delete("/api/v1/books/b1", headers={"If-Match": '"7"'}).status_code == 422
    assert rpc.calls == []
