"""Leases with fencing tokens (P17)."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.clock import SettableClock
from shared.storage import Lease, LeaseLost, Store, Transaction
from tests.fixtures.store import MakeStore
from tests.integration.storage.library import BOOKS, CLERK, SCHEMA, add_book

LONG = timedelta(seconds=60)
SHORT = timedelta(milliseconds=800)  # for a lease that is only waited out
LOOKED_AT = timedelta(seconds=5)  # long enough to look at it on a busy machine while it is held


@pytest.fixture
def store(make_store: MakeStore) -> Store:
    return make_store(SCHEMA)


def _take(store: Store, holder: str, ttl: timedelta = LONG) -> Lease:
    lease = store.leases.acquire("timer", holder, ttl)
    assert lease is not None
    return lease


def _take_when_free(store: Store, holder: str) -> Lease:
    give_up = time.monotonic() + 30
    while time.monotonic() < give_up:
        if lease := store.leases.acquire("timer", holder, LONG):
            return lease
        time.sleep(0.01)
    raise AssertionError("the lease never ran out")


def test_p17_of_many_replicas_one_gets_the_lease(store: Store, make_store: MakeStore) -> None:
    replicas = [make_store(SCHEMA) for _ in range(6)]
    for round_ in range(10):
        got: list[str] = []
        start = threading.Barrier(len(replicas))

        def ask(replica: Store, number: int, name: str, start: Any, got: list[str]) -> None:
            start.wait()
            if replica.leases.acquire(name, f"replica {number}", LONG):
                got.append(name)

        threads = [
            threading.Thread(target=ask, args=(replica, number, f"slot-{round_}", start, got))
            for number, replica in enumerate(replicas)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert got == [f"slot-{round_}"]


def test_p17_a_lease_that_ran_out_goes_to_one_of_many(store: Store) -> None:
    for _ in range(5):
        store.leases.release(_take(store, "first"))
        got: list[int] = []
        start = threading.Barrier(6)

        def ask(number: int, start: Any, got: list[int]) -> None:
            start.wait()
            if store.leases.acquire("timer", f"replica {number}", LONG):
                got.append(number)

        threads = [threading.Thread(target=ask, args=(number, start, got)) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(got) == 1
        held = store.leases.acquire("timer", f"replica {got[0]}", LONG)
        assert held is not None
        store.leases.release(held)


def test_a_lease_that_ran_out_is_taken_over_with_a_higher_token(store: Store) -> None:
    first = _take(store, "a", LOOKED_AT)
    assert store.leases.acquire("timer", "b", LONG) is None
    second = _take_when_free(store, "b")
    assert second.token > first.token
    assert first.is_over()
    assert store.leases.renew(first) is None
    assert store.leases.renew(second) is not None


def test_a_lease_given_back_is_free_at_once_and_its_token_goes_on(store: Store) -> None:
    first = _take(store, "a")
    store.leases.release(first)
    second = _take(store, "b")
    assert second.token == first.token + 1
    store.leases.release(first)
    assert store.leases.acquire("timer", "c", LONG) is None


def test_a_process_that_comes_back_gets_its_lease_and_fences_its_former_self(store: Store) -> None:
    before = _take(store, "node-1")
    after = _take(store, "node-1")
    assert after.token > before.token
    with pytest.raises(LeaseLost):
        store.transact(CLERK, lambda tx: before.guard(tx) or {}, operation="tick")


def test_a_superseded_holder_commits_nothing(store: Store) -> None:
    first = _take(store, "a", SHORT)

    def tick(tx: Transaction) -> dict[str, Any]:
        add_book(tx)
        first.guard(tx)
        return {}

    store.transact(CLERK, tick, operation="tick")
    _take_when_free(store, "b")
    with pytest.raises(LeaseLost):
        store.transact(CLERK, tick, operation="tick")
    assert store.view(CLERK).rows(BOOKS).count() == 1


def test_a_take_over_while_the_guarded_transaction_runs_stops_it(store: Store) -> None:
    first = _take(store, "a", SHORT)

    def tick(tx: Transaction) -> dict[str, Any]:
        add_book(tx)
        _take_when_free(store, "b")
        first.guard(tx)
        return {}

    with pytest.raises(LeaseLost):
        store.transact(CLERK, tick, operation="tick")
    assert store.view(CLERK).rows(BOOKS).count() == 0


def test_moving_the_settable_clock_neither_ends_nor_prolongs_a_lease(make_store: MakeStore) -> None:
    clock = SettableClock(datetime(2020, 5, 11, tzinfo=UTC))
    store = make_store(SCHEMA, clock=clock)
    _take(store, "a", LOOKED_AT)
    clock.move(timedelta(days=30))
    assert store.leases.acquire("timer", "b", LONG) is None
    clock.move(timedelta(days=-60))
    _take_when_free(store, "b")


def test_a_lease_held_in_the_background_outlives_its_time_and_is_given_back(store: Store) -> None:
    ttl = timedelta(seconds=6)
    with store.leases.held(_take(store, "a", ttl)):
        ends = time.monotonic() + 1.2 * ttl.total_seconds()
        while time.monotonic() < ends:
            assert store.leases.acquire("timer", "b", LONG) is None
            time.sleep(0.01)
    assert store.leases.acquire("timer", "b", LONG) is not None
