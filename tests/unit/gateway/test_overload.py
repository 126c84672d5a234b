"""With every seat taken the gateway says so at once, and goes on by itself when seats are free again."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask

from gateway.http.seats import SeatedRpc, Seats
from tests.unit.gateway.conftest import BOOK
from tests.unit.gateway.fakes import FakeRpc, application
from tests.unit.gateway.invented import CONTRACT

SEATS = 3
HEADERS = {"Authorization": "Bearer department"}


class Stuck:
    """A service that answers when it is let go."""

    def __init__(self, rpc: FakeRpc) -> None:
        self.go, self.there = threading.Event(), threading.Semaphore(0)
        rpc.answers["get_book"] = self._answer

    def _answer(self, _: dict[str, Any]) -> dict[str, Any]:
        self.there.release()
        assert self.go.wait(30)
        return BOOK


@pytest.fixture
def stuck() -> Iterator[tuple[Flask, Stuck, FakeRpc]]:
    rpc = FakeRpc()
    service = Stuck(rpc)
    yield application(CONTRACT, SeatedRpc(rpc, Seats(SEATS, standing=0))), service, rpc
    service.go.set()


def ask(app: Flask) -> Any:
    return app.test_client().get("/api/v1/books/b1", headers=HEADERS)


def test_a_full_gateway_refuses_at_once_and_recovers_by_itself(stuck: tuple[Flask, Stuck, FakeRpc]) -> None:
    app, service, rpc = stuck
    with ThreadPoolExecutor(SEATS) as pool:
        seated = [pool.submit(ask, app) for _ in range(SEATS)]
        for _ in range(SEATS):
            assert service.there.acquire(timeout=30)
        refused = [ask(app) for _ in range(20)]
        assert not any(each.done() for each in seated), "the refusals waited for nobody"
        assert {(each.status_code, each.json["code"]) for each in refused} == {(503, "overloaded")}
        assert all(int(each.headers["Retry-After"]) == 1 for each in refused)
        assert len(rpc.calls) == SEATS, "nothing was sent for those refused"
        service.go.set()
        assert [each.result(30).status_code for each in seated] == [200] * SEATS
    assert [ask(app).status_code for _ in range(SEATS + 2)] == [200] * (SEATS + 2)


def test_a_few_may_stand_for_a_moment_and_get_the_next_seat() -> None:
    seats = Seats(1, standing=1, patience=30.0)
    seats.take()
    with ThreadPoolExecutor(1) as pool:
        standing = pool.submit(seats.take)
        while seats._standing:
            time.sleep(0.001)
        with pytest.raises(Exception, match="busy"):
            seats.take()
        seats.leave()
        assert standing.result(30) is None


def test_whoever_stood_in_vain_is_refused_and_takes_no_seat() -> None:
    seats = Seats(1, standing=1, patience=0.01)
    seats.take()
    for _ in range(3):
        with pytest.raises(Exception, match="busy"):
            seats.take()
    seats.leave()
    seats.take()


def test_a_failing_service_frees_its_seat() -> None:
    rpc = FakeRpc()
    rpc.fail("get_book", RuntimeError("broken"))
    app = application(CONTRACT, SeatedRpc(rpc, Seats(1, standing=0)))
    assert [ask(app).status_code for _ in range(5)] == [500] * 5
