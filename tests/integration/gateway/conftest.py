from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gateway.administration import bootstrap
from gateway.app import create_app
from gateway.parts import Parts
from gateway.settings import GatewaySettings
from gateway.store import SCHEMA
from gateway.wiring import put_together
from shared.clock import SettableClock
from shared.security.caller import Role
from shared.storage import Store
from tests.unit.gateway.fakes import SECRET, FakeRpc
from tests.unit.gateway.invented import CONTRACT

SETTINGS = GatewaySettings(secrets=(SECRET,), secure_cookies=False, rate=10_000, burst=10_000)
PASSWORD = "correct horse battery"


@dataclass
class House:
    """A gateway over a real store, with a clock to move."""

    store: Store
    clock: SettableClock
    rpc: FakeRpc
    parts: Parts
    app: Flask

    def account(self, username: str, *roles: Role, units: tuple[str, ...] = ("",)) -> str:
        return bootstrap.ensure_account(self.store, self.clock, username, PASSWORD, "测试账号", roles, units)

    def key(self, *roles: Role, units: tuple[str, ...] = ("",), **more: Any) -> str:
        return bootstrap.issue_key(self.store, self.clock, SETTINGS.secrets, "测试", roles, units, **more)

    def client(self, key: str | None = None) -> FlaskClient:
        client = self.app.test_client()
        if key is not None:
            client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {key}"
        return client

    def logged_in(self, username: str) -> FlaskClient:
        client = self.client()
        answer = client.post("/api/v1/session", json={"username": username, "password": PASSWORD})
        assert answer.status_code == 201, answer.text
        client.environ_base["HTTP_X_CSRF_TOKEN"] = answer.json["csrf_token"]
        return client


@pytest.fixture
def open_house(make_store: Callable[..., Store]) -> Iterator[Callable[..., House]]:
    parts: list[Parts] = []

    def make(**settings: Any) -> House:
        clock = SettableClock(datetime(2020, 3, 2, 1, 0, tzinfo=UTC))
        store = make_store(SCHEMA, clock=clock)
        rpc = FakeRpc()
        rpc.answer("get_book", {"book_id": "b1", "title": "资治通鉴", "copies": 3, "version": 7})
        made = put_together(replace(SETTINGS, **settings), [CONTRACT], rpc, store, clock)
        parts.append(made)
        return House(store, clock, rpc, made, create_app(made))

    yield make
    for made in parts:
        if made.stream is not None:
            made.stream.close()


@pytest.fixture
def house(open_house: Callable[..., House]) -> House:
    return open_house()
