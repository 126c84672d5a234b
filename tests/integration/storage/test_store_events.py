"""Outbox and inbox: events leave with their change, and take effect once."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from shared.contracts import Event
from shared.errors import Conflict
from shared.storage import Store, Transaction
from shared.storage.emission import EventRefused
from shared.wording import Words
from tests.fixtures.store import MakeStore
from tests.integration.storage.library import BOOK_LENT, BOOKS, CLERK, SCHEMA, BookLent, add_book, lend

DATA = {"book_id": "book_1", "unit_id": "jiangcheng", "due_on": "2020-05-11"}


@pytest.fixture
def store(make_store: MakeStore) -> Store:
    return make_store(SCHEMA)


def _emit(store: Store, *subjects: str) -> None:
    def body(tx: Transaction) -> dict[str, Any]:
        for subject in subjects:
            tx.emit(BOOK_LENT, DATA, subject=subject)
        return {}

    store.transact(CLERK, body, operation="emit")


def test_events_leave_in_the_order_of_emission_and_go_when_removed(store: Store) -> None:
    _emit(store, "a", "b", "c")
    _emit(store, "d")
    rows = store.outbox.pending(3)
    assert [row.subject for row in rows] == ["a", "b", "c"]
    assert store.outbox.depth() == 4
    assert store.outbox.oldest() == rows[0].written_at

    assert store.outbox.remove([row.id for row in rows]) == 3
    assert [row.subject for row in store.outbox.pending()] == ["d"]
    store.outbox.remove([row.id for row in store.outbox.pending()])
    assert (store.outbox.depth(), store.outbox.oldest()) == (0, None)
    assert store.outbox.published() == 4
    assert store.outbox.published_by_type() == {BOOK_LENT.type: 4}


def test_the_envelope_is_cloudevents_with_plain_data(store: Store) -> None:
    _emit(store, "book_1")
    [row] = store.outbox.pending()
    assert row.envelope["id"] == row.id
    assert row.envelope["data"] == DATA
    assert row.envelope["source"] == "/diaoxun/library"


def test_a_row_that_commits_late_with_a_low_identifier_is_still_picked_up(store: Store) -> None:
    taken, go_on = threading.Event(), threading.Event()

    class Slow:
        """Holds a transaction between its events' identifiers and its commit."""

        def __call__(self, rows: Any, session: Any) -> None:
            write(rows, session)
            taken.set()
            assert go_on.wait(60)

    write = store.outbox.write
    store.outbox.write = Slow()  # type: ignore[method-assign]
    slow = threading.Thread(target=_emit, args=(store, "late"))
    slow.start()
    assert taken.wait(60)
    store.outbox.write = write  # type: ignore[method-assign]

    _emit(store, "early")
    [early] = store.outbox.pending()
    store.outbox.remove([early.id])
    go_on.set()
    slow.join()
    [late] = store.outbox.pending()
    assert (early.subject, late.subject) == ("early", "late")
    assert late.id < early.id


def test_nothing_is_emitted_that_the_contract_does_not_allow(store: Store) -> None:
    wrong: list[dict[str, Any]] = [
        {**DATA, "extra": 1},
        {"book_id": "book_1"},
        {**DATA, "due_on": "soon"},
        {**DATA, "lines": [{"note": "x", "extra": 1}]},
        {**DATA, "lines": [{}]},
        {**DATA, "phone": "13800000000"},
        {**DATA, "due_on": {1, 2}},
    ]
    for data in wrong:
        with pytest.raises(EventRefused) as refusal:
            store.transact(CLERK, lambda tx, data=data: tx.emit(BOOK_LENT, data) or {}, operation="emit")
        assert "13800000000" not in str(refusal.value)
    foreign = Event("other.book.lent.v1", Words("他", "other"), BookLent)
    with pytest.raises(EventRefused):
        store.transact(CLERK, lambda tx: tx.emit(foreign, DATA) or {}, operation="emit")
    assert store.outbox.depth() == 0


def test_the_nudge_comes_after_the_commit_and_only_for_events(store: Store) -> None:
    depths: list[int] = []
    store.on_commit.append(lambda: depths.append(store.outbox.depth()))

    book_id = store.transact(CLERK, add_book, operation="add_book")["book_id"]
    assert depths == []
    store.transact(CLERK, lambda tx: lend(tx, book_id), operation="lend")
    with pytest.raises(Conflict):
        store.transact(CLERK, lambda tx: lend(tx, book_id), operation="lend")
    assert depths == [1]


def test_a_nudge_that_fails_does_not_fail_the_command(store: Store) -> None:
    def fail() -> None:
        raise RuntimeError("relay is down")

    store.on_commit.append(fail)
    _emit(store, "a")
    assert store.outbox.depth() == 1


def test_an_event_taken_in_twice_takes_effect_once(store: Store) -> None:
    def react(tx: Transaction) -> None:
        add_book(tx)

    assert store.react(CLERK, "evt_1", "shelve", react) is True
    assert store.react(CLERK, "evt_1", "shelve", react) is False
    assert store.react(CLERK, "evt_1", "announce", react) is True
    assert store.view(CLERK).rows(BOOKS).count() == 2
    assert store.has_reacted("evt_1", "shelve")
    assert not store.has_reacted("evt_2", "shelve")


def test_an_event_delivered_to_many_replicas_at_once_takes_effect_once(store: Store) -> None:
    start = threading.Barrier(6)
    fresh: list[bool] = []

    def deliver() -> None:
        start.wait()
        fresh.append(store.react(CLERK, "evt_1", "shelve", lambda tx: add_book(tx) and None))

    threads = [threading.Thread(target=deliver) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(fresh) == [False] * 5 + [True]
    assert store.view(CLERK).rows(BOOKS).count() == 1


def test_a_handler_that_fails_may_be_tried_again(store: Store) -> None:
    def fail(tx: Transaction) -> None:
        add_book(tx)
        raise Conflict("不行", "no")

    with pytest.raises(Conflict):
        store.react(CLERK, "evt_1", "shelve", fail)
    assert store.react(CLERK, "evt_1", "shelve", lambda tx: add_book(tx) and None) is True
    assert store.view(CLERK).rows(BOOKS).count() == 1
