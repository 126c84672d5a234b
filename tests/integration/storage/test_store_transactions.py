"""One command, one transaction."""

from __future__ import annotations

import dataclasses
import threading
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from shared.clock import SettableClock
from shared.errors import Conflict, NotFound, StaleVersion, Unavailable
from shared.identifiers import new_id
from shared.storage import Store, Transaction
from shared.storage.faults import AlreadyPresent, StorageFault
from shared.storage.retrying import Patience
from tests.fixtures.store import MakeStore
from tests.integration.storage.library import BOOKS, CLERK, SCHEMA, add_book, lend


@pytest.fixture
def store(make_store: MakeStore) -> Store:
    return make_store(SCHEMA)


def test_writes_events_and_audit_row_take_effect_together(store: Store) -> None:
    book_id = store.transact(CLERK, add_book, operation="add_book")["book_id"]

    assert store.transact(CLERK, lambda tx: lend(tx, book_id), operation="lend") == {"copies": 0, "version": 2}

    assert store.view(CLERK).rows(BOOKS).get(book_id)["copies"] == 0
    [row] = store.outbox.pending()
    assert (row.type, row.subject) == ("library.book.lent.v1", book_id)
    assert [entry["operation"] for entry in _audit(store)] == ["add_book", "lend"]
    assert _audit(store)[1]["touched"] == [f"books/{book_id}@2"]


def test_a_fault_of_the_body_undoes_everything(store: Store) -> None:
    book_id = store.transact(CLERK, add_book, operation="add_book")["book_id"]

    def lend_twice(tx: Transaction) -> dict[str, Any]:
        lend(tx, book_id)
        return lend(tx, book_id)

    with pytest.raises(Conflict):
        store.transact(CLERK, lend_twice, operation="lend")
    assert store.view(CLERK).rows(BOOKS).get(book_id)["version"] == 1
    assert store.outbox.depth() == 0
    assert len(_audit(store)) == 1


def test_what_is_left_for_the_end_is_done_once_a_key_inside_the_transaction(store: Store) -> None:
    order: list[str] = []

    def body(tx: Transaction) -> dict[str, Any]:
        for title in ("first", "second"):
            tx.at_end("shelf", lambda title=title: order.append(title))  # type: ignore[misc]
        tx.at_end("book", lambda: tx.at_end("lend", lambda: order.append("lend")))
        order.append("body")
        return add_book(tx)

    book_id = store.transact(CLERK, body, operation="add_book")["book_id"]
    assert order == ["body", "first", "lend"]

    def refused(tx: Transaction) -> dict[str, Any]:
        tx.at_end("twice", lambda: lend(tx, book_id))  # type: ignore[arg-type, return-value]
        return lend(tx, book_id)

    with pytest.raises(Conflict):
        store.transact(CLERK, refused, operation="lend")
    assert store.view(CLERK).rows(BOOKS).get(book_id)["copies"] == 1


def test_a_transaction_that_wrote_nothing_leaves_no_audit_row(store: Store) -> None:
    assert store.transact(CLERK, lambda tx: {"n": tx.rows(BOOKS).count()}, operation="count") == {"n": 0}
    assert _audit(store) == []


def test_copies_are_never_lent_twice_under_concurrent_callers(store: Store) -> None:
    book_id = store.transact(CLERK, lambda tx: add_book(tx, copies=12), operation="add_book")["book_id"]
    outcomes: list[str] = []

    def borrow() -> None:
        for _ in range(4):
            try:
                store.transact(CLERK, lambda tx: lend(tx, book_id), operation="lend")
                outcomes.append("lent")
            except Conflict:
                outcomes.append("none left")

    threads = [threading.Thread(target=borrow) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["lent"] * 12 + ["none left"] * 12
    assert store.view(CLERK).rows(BOOKS).get(book_id)["copies"] == 0
    assert store.outbox.depth() == 12


def test_holding_a_row_closes_the_gap_between_counting_and_inserting(store: Store) -> None:
    shelf = store.transact(CLERK, add_book, operation="add_shelf")["book_id"]

    def put_if_room(tx: Transaction) -> dict[str, Any]:
        books = tx.rows(BOOKS)
        books.hold(shelf)
        if books.count({"shelf": shelf}) >= 3:
            raise Conflict("已满", "full")
        return add_book(tx, shelf=shelf)

    def put() -> None:
        for _ in range(3):
            try:
                store.transact(CLERK, put_if_room, operation="put")
            except Conflict:
                return

    threads = [threading.Thread(target=put) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.view(CLERK).rows(BOOKS).count({"shelf": shelf}) == 3


def test_saving_a_version_that_is_not_current_is_refused(store: Store) -> None:
    book_id = store.transact(CLERK, add_book, operation="add_book")["book_id"]
    stale = store.view(CLERK).rows(BOOKS).get(book_id)
    store.transact(CLERK, lambda tx: lend(tx, book_id), operation="lend")

    with pytest.raises(StaleVersion) as refusal:
        store.transact(CLERK, lambda tx: tx.rows(BOOKS).save(dict(stale)), operation="overwrite")
    assert refusal.value.details == {"collection": "books", "id": book_id, "version": 1, "current": 2}
    with pytest.raises(StaleVersion):
        store.transact(CLERK, lambda tx: tx.rows(BOOKS).remove(stale) or {}, operation="remove")


def test_the_callers_if_match_is_held_against_the_first_document_saved(store: Store) -> None:
    book_id = store.transact(CLERK, add_book, operation="add_book")["book_id"]
    other_id = store.transact(CLERK, lambda tx: add_book(tx, copies=2), operation="add_book")["book_id"]
    expecting = dataclasses.replace(CLERK, expected_version=1)

    def lend_both(tx: Transaction) -> dict[str, Any]:
        lend(tx, other_id)
        return lend(tx, book_id)

    store.transact(CLERK, lambda tx: lend(tx, other_id), operation="lend")  # now version 2
    with pytest.raises(StaleVersion):
        store.transact(expecting, lend_both, operation="lend_both")
    store.transact(dataclasses.replace(CLERK, expected_version=2), lend_both, operation="lend_both")
    assert store.view(CLERK).rows(BOOKS).get(book_id)["version"] == 2


def test_many_documents_are_saved_whole_or_not_at_all(store: Store) -> None:
    def add_three(tx: Transaction) -> dict[str, Any]:
        rows = [{"_id": new_id("book"), "code": f"c{n}", "copies": n} for n in range(3)]
        tx.rows(BOOKS).insert_many(rows)
        return {}

    store.transact(CLERK, add_three, operation="add_three")
    books = store.view(CLERK).rows(BOOKS).find({}, [("code", 1)])
    stale = [dict(book, copies=9) for book in books]
    stale[1]["version"] = 7

    def swallow(tx: Transaction) -> dict[str, Any]:
        try:
            tx.rows(BOOKS).save_many(stale)
        except StaleVersion:
            return {}
        raise AssertionError("saved a stale version")

    with pytest.raises(StaleVersion):
        store.transact(CLERK, swallow, operation="save_three")
    assert [book["copies"] for book in store.view(CLERK).rows(BOOKS).find({}, [("code", 1)])] == [0, 1, 2]

    store.transact(CLERK, lambda tx: {"n": len(tx.rows(BOOKS).save_many(books))}, operation="save_three")
    assert [book["version"] for book in store.view(CLERK).rows(BOOKS).find()] == [2, 2, 2]


def test_a_duplicate_value_of_a_unique_index_names_the_field_and_not_the_value(store: Store) -> None:
    store.transact(CLERK, lambda tx: add_book(tx, code="secret-code"), operation="add_book")
    with pytest.raises(AlreadyPresent) as refusal:
        store.transact(CLERK, lambda tx: add_book(tx, code="secret-code"), operation="add_book")
    assert refusal.value.details == {"collection": "books", "fields": ["code"]}
    assert "secret-code" not in str(refusal.value)
    assert refusal.value.__cause__ is None


def test_a_body_that_swallows_a_duplicate_is_not_committed_by_halves(store: Store) -> None:
    store.transact(CLERK, lambda tx: add_book(tx, code="taken"), operation="add_book")

    def add_or_ignore(tx: Transaction) -> dict[str, Any]:
        try:
            add_book(tx, code="taken")
        except AlreadyPresent:
            add_book(tx, code="free")
        return {}

    with pytest.raises(AlreadyPresent):
        store.transact(CLERK, add_or_ignore, operation="add_or_ignore")
    assert store.view(CLERK).rows(BOOKS).count() == 1


def test_the_validator_refuses_and_names_fields_only(store: Store) -> None:
    with pytest.raises(StorageFault) as refusal:
        store.transact(CLERK, lambda tx: add_book(tx, copies=-77), operation="add_book")
    assert refusal.value.details == {"collection": "books", "fields": ["copies"]}
    assert "77" not in str(refusal.value)


def test_days_become_iso_text_and_instants_come_back_aware(store: Store) -> None:
    instant = datetime(2020, 5, 11, 9, 30, tzinfo=UTC)
    values = {"day": date(2020, 5, 11), "at": instant, "fee": Decimal("12.50")}
    book_id = store.transact(CLERK, lambda tx: add_book(tx, **values), operation="add")["book_id"]
    book = store.view(CLERK).rows(BOOKS).get(book_id)
    assert (book["day"], book["at"], book["fee"]) == ("2020-05-11", instant, "12.50")
    assert store.view(CLERK).rows(BOOKS).count({"day": {"$gte": date(2020, 5, 11)}}) == 1


def test_a_view_judges_by_one_instant_of_the_settable_clock(make_store: MakeStore) -> None:
    clock = SettableClock(datetime(2020, 12, 31, 15, 30, tzinfo=UTC))
    store = make_store(SCHEMA, clock=clock)
    view = store.view(CLERK)
    assert view.today == date(2020, 12, 31)
    before = view.now
    clock.set(datetime(2021, 1, 2, tzinfo=UTC))
    assert (view.now, view.today) == (before, date(2020, 12, 31))


def test_what_is_missing_is_named(store: Store) -> None:
    with pytest.raises(NotFound, match="book_nowhere"):
        store.view(CLERK).rows(BOOKS).get("book_nowhere")


def test_a_store_that_does_not_answer_is_unavailable(make_store: MakeStore) -> None:
    nobody = make_store(
        SCHEMA,
        uri="mongodb://127.0.0.1:9/?serverSelectionTimeoutMS=150",
        ensure=False,
        patience=Patience(seconds=0.2),
    )
    for question in (
        nobody.ping,
        lambda: nobody.view(CLERK).rows(BOOKS).get("x"),
        lambda: nobody.transact(CLERK, add_book, operation="add_book"),
        nobody.outbox.pending,
    ):
        with pytest.raises(Unavailable):
            question()


def test_conflicts_without_end_become_unavailable(store: Store, make_store: MakeStore) -> None:
    book_id = store.transact(CLERK, add_book, operation="add_book")["book_id"]
    impatient = make_store(SCHEMA, patience=Patience(seconds=0.1))

    def overtaken(tx: Transaction) -> dict[str, Any]:
        book = tx.rows(BOOKS).get(book_id)
        store.transact(CLERK, lambda other: {"v": _touch(other, book_id)}, operation="overtake")
        tx.rows(BOOKS).save(book)
        return {}

    with pytest.raises(Unavailable) as refusal:
        impatient.transact(CLERK, overtaken, operation="overtaken")
    assert refusal.value.details["attempts"] >= 1
    assert refusal.value.transient


def _touch(tx: Transaction, book_id: str) -> int:
    book = tx.rows(BOOKS).get(book_id)
    return int(tx.rows(BOOKS).save(book)["version"])


def _audit(store: Store) -> list[dict[str, Any]]:
    return list(store._backing.collection("_audit").find().sort("_id", 1))
