"""``ensure``: collections, validators, indexes and migrations; nothing dropped, nobody racing."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.errors import Unavailable
from shared.storage import Collection, Index, Migration, Retention, Store, StoreSchema
from shared.storage.audit_sealing import AuditSealing
from shared.storage.migrations import OlderCodeRuns, SchemaMismatch
from tests.fixtures.store import MakeStore
from tests.integration.storage.library import CLERK, SCHEMA

SHELVES = Collection("shelves", indexes=(Index((("code", 1),)),))


def _schema(*migrations: Migration, shelves: Collection = SHELVES) -> StoreSchema:
    return StoreSchema("depot", (shelves,), migrations)


def add_height(database: Any) -> None:
    database.shelves.update_many({"height": None}, {"$set": {"height": 1}})


def add_width(database: Any) -> None:
    database.shelves.update_many({"width": None}, {"$set": {"width": 2}})


def drop_height(database: Any) -> None:
    database.shelves.update_many({}, {"$unset": {"height": ""}})


def _put(store: Store, **fields: Any) -> None:
    store.transact(
        CLERK, lambda tx: tx.rows(SHELVES).insert({"_id": "shelf_1", **fields}) and {}, operation="put_shelf"
    )


def test_the_second_time_there_is_nothing_to_do(make_store: MakeStore) -> None:
    store = make_store(SCHEMA, ensure=False)
    first, second = store.ensure(), store.ensure()
    assert {"books", "readers"} < set(first.collections)
    assert "books.code_1_unique" in first.indexes
    assert "readers.phone_blind_1" in first.indexes
    assert (second.collections, second.indexes, second.validators, second.strangers) == ([], [], [], [])


def test_a_changed_retention_takes_effect(make_store: MakeStore) -> None:
    make_store(_schema())
    longer = make_store(_schema(), retention=Retention(inbox=timedelta(days=200)), ensure=False)
    assert longer.ensure().indexes == ["_inbox.expiry"]
    assert longer.ensure().indexes == []


def test_an_index_that_differs_is_refused_and_a_stranger_is_named_not_dropped(make_store: MakeStore) -> None:
    store = make_store(_schema())
    store._backing.collection("shelves").create_index("colour", name="by_hand")
    assert store.ensure().strangers == ["shelves.by_hand"]

    other = Collection("shelves", indexes=(Index((("code", 1), ("room", 1)), name="code_1"),))
    with pytest.raises(SchemaMismatch, match=r"shelves\.code_1"):
        make_store(_schema(shelves=other))
    unique = Collection("shelves", indexes=(Index((("code", 1),), unique=True, name="code_1"),))
    with pytest.raises(SchemaMismatch):
        make_store(_schema(shelves=unique))


def test_migrations_run_once_in_order_and_contracting_ones_when_asked(make_store: MakeStore) -> None:
    _put(make_store(_schema()))
    steps = (
        Migration(1, "every shelf has a height", add_height),
        Migration(2, "nobody reads the height any more", drop_height, phase="contract"),
        Migration(3, "every shelf has a width", add_width),
    )
    store = make_store(_schema(*steps), ensure=False)
    report = store.ensure()
    assert (report.applied, report.waiting) == ([1, 3], [2])
    shelf = store.view(CLERK).rows(SHELVES).get("shelf_1")
    assert (shelf["height"], shelf["width"]) == (1, 2)

    report = store.ensure(contract=True)
    assert (report.applied, report.waiting) == ([2], [])
    assert "height" not in store.view(CLERK).rows(SHELVES).get("shelf_1")
    assert store.ensure(contract=True).applied == []


def test_a_migration_that_fails_leaves_no_record_and_runs_again(make_store: MakeStore) -> None:
    tried: list[int] = []

    def fails_first(database: Any) -> None:
        tried.append(1)
        if len(tried) == 1:
            raise RuntimeError("power cut")

    store = make_store(_schema(Migration(1, "why", fails_first)), ensure=False)
    with pytest.raises(RuntimeError):
        store.ensure()
    assert store.ensure().applied == [1]


def test_a_database_that_newer_code_expanded_still_serves_older_code(make_store: MakeStore) -> None:
    make_store(_schema(Migration(1, "why", add_height), Migration(2, "why", add_width)))
    older = make_store(_schema(Migration(1, "why", add_height)), ensure=False)
    assert older.lacks() == []
    _put(older)


def test_an_edited_migration_and_a_contracted_database_are_refused(make_store: MakeStore) -> None:
    steps = (Migration(1, "why", add_height), Migration(2, "why", drop_height, phase="contract"))
    make_store(_schema(*steps)).ensure(contract=True)
    with pytest.raises(SchemaMismatch, match=r"\[2\]"):
        make_store(_schema(Migration(1, "why", add_height)))
    with pytest.raises(SchemaMismatch, match="migration 1"):
        make_store(_schema(Migration(1, "why", drop_height), Migration(2, "why", add_width)))


def test_nothing_is_contracted_while_code_runs_that_still_reads_it(make_store: MakeStore) -> None:
    first = Migration(1, "every shelf has a height", add_height)
    steps = (first, Migration(2, "nobody reads the height any more", drop_height, phase="contract"))
    old, new = make_store(_schema(first)), make_store(_schema(*steps), ensure=False)
    _put(old, height=1)
    running = AuditSealing({"depot": old})
    running.start()
    try:
        new.presence.say("a process of the new code")
        with pytest.raises(OlderCodeRuns) as refused:
            new.ensure(contract=True)
        assert len(refused.value.details["instances"]) == 1
        assert new.view(CLERK).rows(SHELVES).get("shelf_1")["height"] == 1
    finally:
        running.stop()
    assert new.ensure(contract=True).applied == [2]


def test_a_process_that_was_not_heard_of_for_a_minute_stops_nobody(make_store: MakeStore) -> None:
    store = make_store(_schema())
    store.presence.say("killed")
    assert [each.instance for each in store.presence.older_than(1)] == ["killed"]
    long_ago = datetime.now(UTC) - timedelta(seconds=61)
    store.backing.collection("_presence").update_one({"_id": "killed"}, {"$set": {"at": long_ago}})
    assert store.presence.older_than(1) == []


def test_several_runners_at_once_apply_each_migration_once(make_store: MakeStore) -> None:
    ran: list[str] = []

    def count(database: Any) -> None:
        ran.append("ran")

    schema = _schema(Migration(1, "why", count))
    runners = [make_store(schema, ensure=False) for _ in range(4)]
    applied: list[list[int]] = []

    def prepare(runner: Store) -> None:
        applied.append(runner.ensure().applied)

    threads = [threading.Thread(target=prepare, args=(runner,)) for runner in runners]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(applied) == [[], [], [], [1]]
    assert ran == ["ran"]


def test_a_runner_waits_for_another_and_then_gives_up(make_store: MakeStore) -> None:
    store = make_store(_schema())
    assert store.leases.acquire("ensure", "somebody", timedelta(seconds=60)) is not None
    with pytest.raises(Unavailable):
        store.ensure(wait=0.2)


def test_declarations_that_cannot_be_right_are_refused() -> None:
    with pytest.raises(ValueError, match="numbered"):
        _schema(Migration(2, "why", add_height))
    with pytest.raises(ValueError, match="twice"):
        StoreSchema("depot", (SHELVES, SHELVES))
    with pytest.raises(ValueError, match="not sealed"):
        Collection("shelves", blind=("phone",))
    with pytest.raises(ValueError, match="cannot be sealed"):
        Collection("shelves", sealed=("unit_id",))
    with pytest.raises(ValueError, match="snake case"):
        Collection("_outbox")
    with pytest.raises(ValueError, match="at least one field"):
        Index(())
