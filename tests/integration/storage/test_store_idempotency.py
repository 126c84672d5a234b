"""A command sent twice runs once."""

from __future__ import annotations

import dataclasses
import threading
from datetime import timedelta
from typing import Any

import pytest

from shared.errors import Conflict, Invalid, KeyReused, Unavailable
from shared.storage import Retention, Store, Transaction
from tests.fixtures.store import MakeStore
from tests.integration.storage.library import BOOKS, CLERK, SCHEMA, add_book, unit_caller, with_key

REQUEST = {"title": "调训", "copies": 1}


@pytest.fixture
def store(make_store: MakeStore) -> Store:
    return make_store(SCHEMA)


def test_the_same_command_gets_the_stored_reply(store: Store) -> None:
    first = store.transact(with_key("k1"), add_book, operation="add_book", request=REQUEST)
    again = store.transact(with_key("k1"), add_book, operation="add_book", request=dict(reversed(REQUEST.items())))
    assert again == first
    assert store.view(CLERK).rows(BOOKS).count() == 1


def test_another_request_under_the_same_key_is_refused(store: Store) -> None:
    store.transact(with_key("k1"), add_book, operation="add_book", request=REQUEST)
    with pytest.raises(KeyReused) as refusal:
        store.transact(with_key("k1"), add_book, operation="add_book", request=REQUEST | {"copies": 2})
    assert "copies" not in str(refusal.value)
    assert store.view(CLERK).rows(BOOKS).count() == 1


def test_a_release_that_fills_in_more_knows_the_command_by_what_was_sent(store: Store) -> None:
    wider = REQUEST | {"language": "zh"}
    first = store.transact(with_key("k1"), add_book, operation="add_book", request=REQUEST, sent=REQUEST)
    assert store.transact(with_key("k1"), add_book, operation="add_book", request=wider, sent=REQUEST) == first
    assert store.recall(with_key("k1"), operation="add_book", request=wider, sent=REQUEST) == first
    with pytest.raises(KeyReused):
        store.transact(with_key("k1"), add_book, operation="add_book", request=wider, sent=wider)
    assert store.view(CLERK).rows(BOOKS).count() == 1


def test_a_marker_of_the_release_before_is_known_by_the_whole_request(store: Store) -> None:
    first = store.transact(with_key("k1"), add_book, operation="add_book", request=REQUEST)
    store._backing.collection("_markers").update_many({}, {"$unset": {"sent": ""}})
    assert store.transact(with_key("k1"), add_book, operation="add_book", request=REQUEST, sent={}) == first
    with pytest.raises(KeyReused):
        store.transact(with_key("k1"), add_book, operation="add_book", request={}, sent=REQUEST)


def test_a_key_belongs_to_one_caller_and_one_operation(store: Store) -> None:
    store.transact(with_key("k1"), add_book, operation="add_book", request=REQUEST)
    store.transact(with_key("k1"), add_book, operation="add_other", request=REQUEST)
    somebody = dataclasses.replace(unit_caller("jiangcheng"), command_id="k1")
    store.transact(somebody, add_book, operation="add_book", request=REQUEST)
    assert store.view(CLERK).rows(BOOKS).count() == 3


def test_a_command_that_failed_may_be_sent_again(store: Store) -> None:
    def refuse(tx: Transaction) -> dict[str, Any]:
        add_book(tx)
        raise Conflict("不行", "no")

    with pytest.raises(Conflict):
        store.transact(with_key("k1"), refuse, operation="add_book", request=REQUEST)
    store.transact(with_key("k1"), add_book, operation="add_book", request=REQUEST)
    assert store.view(CLERK).rows(BOOKS).count() == 1


def test_of_duplicates_at_once_exactly_one_takes_effect_and_all_get_its_reply(store: Store) -> None:
    replies: list[str] = []
    start = threading.Barrier(6)

    def send() -> None:
        start.wait()
        while True:
            try:
                reply = store.transact(with_key("k1"), add_book, operation="add_book", request=REQUEST)
            except Unavailable:
                continue
            replies.append(reply["book_id"])
            return

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(replies) == 6
    assert len(set(replies)) == 1
    assert store.view(CLERK).rows(BOOKS).count() == 1


def test_a_duplicate_of_a_command_still_running_does_nothing_before_the_first_is_done(store: Store) -> None:
    running, finish = threading.Event(), threading.Event()
    ran: list[str] = []

    def slow(tx: Transaction) -> dict[str, Any]:
        running.set()
        assert finish.wait(10)
        ran.append("first")
        return add_book(tx)

    def second(tx: Transaction) -> dict[str, Any]:
        ran.append("second")
        return add_book(tx)

    replies: dict[str, Any] = {}

    def send(name: str, body: Any) -> None:
        replies[name] = store.transact(with_key("k1"), body, operation="add_book", request=REQUEST)

    first = threading.Thread(target=send, args=("first", slow))
    first.start()
    assert running.wait(10)
    other = threading.Thread(target=send, args=("second", second))
    other.start()
    finish.set()
    first.join()
    other.join()
    assert ran == ["first"]
    assert replies["first"] == replies["second"]


def test_neither_request_nor_reply_lie_readable_in_the_database(store: Store) -> None:
    store.transact(with_key("k1"), lambda tx: {"name": "王小明"}, operation="show", request={"name": "王小明"})
    [row] = store._backing.collection("_markers").find()
    assert "王小明".encode() not in row["reply"]
    assert "王小明" not in repr(row)
    assert store.transact(with_key("k1"), lambda tx: {}, operation="show", request={"name": "王小明"}) == {
        "name": "王小明"
    }


def test_an_expired_marker_makes_the_command_new_again(make_store: MakeStore) -> None:
    store = make_store(SCHEMA, retention=Retention(markers=timedelta(0)))
    store.transact(with_key("k1"), add_book, operation="add_book", request=REQUEST)
    store.transact(with_key("k1"), add_book, operation="add_book", request=REQUEST)
    assert store.view(CLERK).rows(BOOKS).count() == 2


def test_a_request_cannot_carry_operators_in(store: Store) -> None:
    for injected in ({"code": {"$ne": ""}}, {"rows": [{"deep": {"$where": "1"}}]}, {"$or": []}):
        with pytest.raises(Invalid):
            store.transact(CLERK, add_book, operation="add_book", request=injected)
        with pytest.raises(Invalid):
            store.view(CLERK, injected)
    assert store.view(CLERK).rows(BOOKS).count() == 0
