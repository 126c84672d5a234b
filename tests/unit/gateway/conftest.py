from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.unit.gateway.fakes import FakeRpc, application
from tests.unit.gateway.invented import CONTRACT

BOOK = {"book_id": "b1", "title": "资治通鉴", "copies": 3, "version": 7}


@pytest.fixture
def rpc() -> FakeRpc:
    fake = FakeRpc()
    fake.answer("get_book", BOOK)
    fake.answer("change_book", {**BOOK, "version": 8})
    fake.answer("remove_book", {})
    fake.answer("scan_books", {"bytes": 4})
    fake.answer("list_books", {"items": [BOOK], "next_cursor": None})
    return fake


@pytest.fixture
def web(rpc: FakeRpc) -> FlaskClient:
    client = application(CONTRACT, rpc).test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = "Bearer department"
    return client
