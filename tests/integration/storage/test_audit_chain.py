"""The audit log: what is written down, and that nobody changes it unseen."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from shared.context import Context
from shared.security.caller import service_caller
from shared.storage import Store, Transaction, chain
from shared.storage.audit_sealing import AuditSealing
from shared.storage.chain import Head
from tests.fixtures.broker import wait_until
from tests.fixtures.store import MakeStore
from tests.integration.storage.library import CLERK, SCHEMA, add_book

Rows = Any


@pytest.fixture
def store(make_store: MakeStore) -> Store:
    return make_store(SCHEMA)


def _rows(store: Store) -> Rows:
    return store._backing.collection("_audit")


def _write(store: Store, count: int) -> None:
    for _ in range(count):
        store.transact(CLERK, add_book, operation="add_book")


def _seal_all(store: Store) -> Head:
    sealed = store.audit.seal()
    assert sealed is not None
    return sealed[1]


def test_a_row_says_who_did_what_to_which_version_under_which_ids(store: Store) -> None:
    def body(tx: Transaction) -> dict[str, Any]:
        tx.note("book_1", "approved", by_rule="quota")
        return add_book(tx)

    context = Context(service_caller("library"), command_id="k1", correlation_id="c1")
    book_id = store.transact(context, body, operation="add_book", request={})["book_id"]
    store.react(context, "evt_9", "shelve", lambda tx: None)
    command, event = _rows(store).find().sort("_id", 1)
    assert command["subject"] == "service:library"
    assert command["at"].date() == store.clock.today()
    assert command["touched"] == [f"books/{book_id}@1"]
    assert command["notes"] == [{"subject": "book_1", "action": "approved", "by_rule": "quota"}]
    assert (command["command_id"], command["correlation_id"]) == ("k1", "c1")
    assert (event["kind"], event["operation"], event["event_id"]) == ("event", "shelve", "evt_9")


def test_a_note_takes_no_personal_field(store: Store) -> None:
    with pytest.raises(ValueError, match="phone"):
        store.transact(CLERK, lambda tx: tx.note("x", "called", phone="138") or {}, operation="note")


def test_rows_are_chained_in_batches_and_the_chain_holds(store: Store) -> None:
    _write(store, 5)
    assert store.audit.verify().unsealed == 5
    assert store.audit.seal(limit=3) is not None
    report = store.audit.verify()
    assert (report.rows, report.unsealed, report.intact) == (3, 2, True)
    assert report.oldest_unsealed is not None

    head = _seal_all(store)
    assert head.seq == 5
    assert store.audit.head() == head
    report = store.audit.verify(against=head)
    assert (report.rows, report.unsealed, report.intact, report.head) == (5, 0, True, head)
    assert store.audit.seal() == (0, head)


def test_an_empty_log_is_intact(store: Store) -> None:
    assert store.audit.verify().intact
    assert store.audit.seal() == (0, Head(0, "0" * 64))


def _alter(rows: Rows) -> None:
    rows.update_one({"seq": 3}, {"$set": {"subject": "nobody"}})


def _delete(rows: Rows) -> None:
    rows.delete_one({"seq": 3})


def _swap(rows: Rows) -> None:
    rows.update_one({"seq": 3}, {"$set": {"seq": 99}})
    rows.update_one({"seq": 4}, {"$set": {"seq": 3}})
    rows.update_one({"seq": 99}, {"$set": {"seq": 4}})


def _unchain(rows: Rows) -> None:
    rows.update_one({"seq": 3}, {"$set": {"seq": None}})


def _insert(rows: Rows) -> None:
    rows.insert_one({**rows.find_one({"seq": 2}), "_id": "audit_forged", "seq": 3})


def _add_field(rows: Rows) -> None:
    rows.update_one({"seq": 3}, {"$set": {"excuse": "approved by telephone"}})


@pytest.mark.parametrize("tamper", [_alter, _delete, _swap, _unchain, _insert, _add_field])
def test_tampering_is_found_at_the_row_it_happened(store: Store, tamper: Callable[[Rows], None]) -> None:
    _write(store, 5)
    _seal_all(store)
    tamper(_rows(store))
    report = store.audit.verify()
    assert not report.intact
    assert report.broken is not None
    assert report.broken.seq in (3, 4)
    assert report.head.seq in (2, 3)


def test_cutting_off_the_tail_is_found_by_the_recorded_head(store: Store) -> None:
    _write(store, 5)
    head = _seal_all(store)
    _rows(store).delete_many({"seq": {"$gte": 4}})
    report = store.audit.verify()
    assert report.broken is not None
    assert report.broken.seq == 4

    # … and when the recorded head was set back too, by the one that is kept elsewhere.
    row = _rows(store).find_one({"seq": 3})
    store._backing.collection("_audit_head").update_one({}, {"$set": {"seq": 3, "hash": row["hash"]}})
    assert store.audit.verify().intact
    assert not store.audit.verify(against=head).intact


def test_a_chain_that_grows_while_it_is_walked_is_whole(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(store, 3)
    _seal_all(store)
    look = chain._differs

    def meanwhile(row: Rows, against: Head | None) -> Any:
        if row["seq"] == 2:
            _write(store, 1)
            _seal_all(store)
        return look(row, against)

    monkeypatch.setattr(chain, "_differs", meanwhile)
    report = store.audit.verify()
    assert report.intact, report.broken
    assert store.audit.head().seq == 4


def test_a_chain_written_anew_is_not_the_one_whose_head_was_kept(store: Store) -> None:
    _write(store, 3)
    head = _seal_all(store)
    rows = _rows(store)
    rows.update_one({"seq": 2}, {"$set": {"subject": "nobody"}})
    rows.update_many({}, {"$set": {"seq": None}})
    store._backing.collection("_audit_head").delete_many({})
    rows.update_many({}, {"$unset": {"prev": "", "hash": ""}})
    _seal_all(store)
    assert store.audit.verify().intact
    assert not store.audit.verify(against=head).intact


def test_several_sealers_and_writers_at_once_leave_one_unbroken_chain(store: Store, make_store: MakeStore) -> None:
    sealers = [make_store(SCHEMA) for _ in range(3)]

    def seal(sealer: Store) -> None:
        for _ in range(8):
            sealer.audit.seal(limit=4)

    threads = [threading.Thread(target=seal, args=(sealer,)) for sealer in sealers]
    threads += [threading.Thread(target=_write, args=(store, 8)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    _seal_all(store)
    report = store.audit.verify()
    assert (report.rows, report.unsealed, report.intact) == (16, 0, True)


def test_a_running_process_chains_what_is_written_and_tells_its_log_the_head(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    nowhere = "mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=20"
    away = Store.open(nowhere, SCHEMA, clock=store.clock, keyring=store._backing.keyring)
    sealing = AuditSealing({"away": away, "library": store}, every=0.01)
    with caplog.at_level("INFO", logger="diaoxun.audit"):
        sealing.start()
        _write(store, 3)
        wait_until(lambda: store.audit.head().seq == 3, what="all rows are chained")
        sealing.stop()
    head = store.audit.head()
    assert f"audit chain of library: head {head.seq}:{head.hash}" in caplog.messages
    assert any(message.startswith("the audit log of away was not sealed") for message in caplog.messages)
    assert store.audit.verify(against=head).intact
