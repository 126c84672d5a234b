"""A store or a process that was gone for a moment: what was cut short must not keep the same command waiting."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime

import pytest

from shared.clock import SettableClock
from shared.errors import Unavailable
from shared.identifiers import new_id
from shared.security.fields import Keyring
from shared.storage import Store, Transaction, leftovers
from shared.storage.audit import AUDIT
from shared.storage.audit_sealing import AuditSealing
from shared.storage.retrying import Patience
from shared.storage.sessions import SESSIONS
from tests.faults.store_line import CONFLICT, READ_ONLY, StoreLine
from tests.fixtures.store import MakeStore, StoreServer
from tests.integration.storage.library import BOOKS, CLERK, READERS, SCHEMA, add_book, with_key

_CLOCK = SettableClock(datetime(2020, 5, 11, tzinfo=UTC))
_LIFETIME = 60.0
"""Seconds after which a store ends a transaction nobody ended, unless told otherwise."""
_KEY = with_key("a-command")


@pytest.fixture
def line(store_server: StoreServer) -> Iterator[StoreLine]:
    store_server.start()
    line = StoreLine(store_server.port)
    yield line
    line.take_down()


@pytest.fixture
def store(line: StoreLine, keyring: Keyring) -> Iterator[Store]:
    """A store that soon gives up, ready."""
    with _open(line, keyring, 20) as patient:
        patient.ensure()
    with _open(line, keyring, 1) as store:
        yield store


def add_reader(tx: Transaction) -> dict[str, object]:
    id = new_id("reader")
    tx.rows(READERS).insert({"_id": id, "id_number": "420100198001011234", "phone": "13800000000"})
    return {"reader_id": id}


@contextmanager
def _open(line: StoreLine, keyring: Keyring, seconds: float) -> Iterator[Store]:
    # A line that answers for its server cannot wake the driver's waiting heartbeat, as a server that changes does.
    timeouts = f"serverSelectionTimeoutMS={500 * seconds:.0f}&heartbeatFrequencyMS=500"
    uri = f"mongodb://127.0.0.1:{line.port}/?directConnection=true&{timeouts}"
    with closing(Store.open(uri, SCHEMA, clock=_CLOCK, keyring=keyring, patience=Patience(seconds=seconds))) as store:
        yield store


def _refuse_commits(line: StoreLine) -> Callable[[Transaction], dict[str, object]]:
    def body(tx: Transaction) -> dict[str, object]:
        reply = add_book(tx)
        line.answer_writes(READ_ONLY)  # also its commit
        return reply

    return body


def _cut(line: StoreLine) -> Callable[[Transaction], dict[str, object]]:
    def body(tx: Transaction) -> dict[str, object]:
        add_book(tx)
        line.close()
        return add_book(tx)

    return body


def _repeat(store: Store, began: float) -> None:
    while True:
        try:
            store.transact(_KEY, add_book, operation="add_book", request={})
            return
        except Unavailable:
            assert time.monotonic() - began < _LIFETIME - 15, "the key is held by what was cut short"


def _waiting(store: Store, wanted: int) -> bool:
    until = time.monotonic() + 20
    while store.backing.leftovers.waiting != wanted and time.monotonic() < until:
        time.sleep(0.1)
    return store.backing.leftovers.waiting == wanted


@pytest.mark.parametrize("trouble", [_refuse_commits, _cut])
def test_a_command_cut_short_by_an_outage_is_done_soon_after_the_store_is_back(
    store: Store,
    line: StoreLine,
    keyring: Keyring,
    trouble: Callable[[StoreLine], Callable[[Transaction], dict[str, object]]],
) -> None:
    began = time.monotonic()
    with pytest.raises(Unavailable):
        store.transact(_KEY, trouble(line), operation="add_book", request={})
    line.mend()

    _repeat(store, began)
    with _open(line, keyring, 20) as patient:
        assert patient.view(CLERK).rows(BOOKS).count() == 1


def test_a_command_cut_short_is_done_soon_after_a_long_outage_too(
    store: Store, line: StoreLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leftovers, "_UNSENT_SECONDS", 0.5)
    began = time.monotonic()
    with pytest.raises(Unavailable):
        store.transact(_KEY, _cut(line), operation="add_book", request={})
    for number in range(3):
        with pytest.raises(Unavailable):
            store.transact(with_key(f"another-{number}"), add_book, operation="add_book", request={})
    assert _waiting(store, 1), "what never got to the store is not kept for long, what did is"
    line.mend()
    _repeat(store, began)
    assert _waiting(store, 0)


@pytest.mark.parametrize("refusal", [CONFLICT, READ_ONLY])
def test_a_look_at_personal_data_is_written_down_as_soon_as_the_store_takes_it_or_is_refused(
    store: Store, line: StoreLine, keyring: Keyring, refusal: dict[str, object]
) -> None:
    with _open(line, keyring, 20) as patient:
        id = patient.transact(CLERK, add_reader, operation="add_reader")["reader_id"]
        reader = patient.view(CLERK).rows(READERS).get(str(id))
        line.answer_writes(refusal, share=0.7)
        assert patient.view(CLERK).rows(READERS).unseal(reader, "phone", purpose="ring") == "13800000000"
        line.answer_writes(refusal)
        with pytest.raises(Unavailable):
            patient.view(CLERK).rows(READERS).unseal(reader, "phone", purpose="ring")
        line.mend()
        looks = [row for row in patient.backing.collection(AUDIT).find({"kind": "unseal"}) if row["touched"]]
        assert [row["touched"] for row in looks] == [[f"readers/{id}@1"]]


_DYING = """
import os
from shared.clock import SystemClock
from shared.security.fields import Keyring
from shared.storage import Store
from tests.integration.storage.library import BOOKS, SCHEMA, add_book, lend, with_key

store = Store.open(
    os.environ["URI"], SCHEMA, clock=SystemClock(), prefix=os.environ["PREFIX"],
    keyring=Keyring.parse(os.environ["KEYS"]),
)
store.backing.sessions.keep()

def body(tx):
    add_book(tx)
    for book in tx.rows(BOOKS).find():
        lend(tx, book["_id"])
    os._exit(9)

store.transact(with_key("a-command"), body, operation="add_book", request={})
"""


def _die_in_a_transaction(uri: str, prefix: str, keys: str) -> None:
    environment = {"URI": uri, "KEYS": keys, "PREFIX": prefix, "PYTHONPATH": os.pathsep.join(sys.path)}
    dead = subprocess.run([sys.executable, "-c", _DYING], env={**os.environ, **environment}, timeout=60, check=False)
    assert dead.returncode == 9


def test_a_command_whose_process_was_killed_is_done_soon_by_another(
    store_uri: str, store_prefix: str, make_store: MakeStore
) -> None:
    keys = f"k:{Keyring.new_key()}"
    store = make_store(SCHEMA, keyring=Keyring.parse(keys), patience=Patience(seconds=1))
    began = time.monotonic()
    _die_in_a_transaction(store_uri, store_prefix, keys)

    with pytest.raises(Unavailable):
        store.transact(_KEY, add_book, operation="add_book", request={})
    looking_after = AuditSealing({"library": store}, every=1.0)
    looking_after.start()
    try:
        _repeat(store, began)
    finally:
        looking_after.stop()
    assert store.view(CLERK).rows(BOOKS).count() == 1


def test_a_database_is_dropped_though_a_process_was_killed_while_it_changed_something(
    store_uri: str, store_prefix: str, make_store: MakeStore
) -> None:
    keys = f"k:{Keyring.new_key()}"
    store = make_store(SCHEMA, uri=f"{store_uri}?socketTimeoutMS=20000", keyring=Keyring.parse(keys))
    store.transact(CLERK, add_book, operation="add_book")
    _die_in_a_transaction(store_uri, store_prefix, keys)
    store.drop()
    store.ensure()
    assert store.view(CLERK).rows(BOOKS).count() == 0


def test_the_sessions_of_a_process_that_runs_are_left_alone(make_store: MakeStore) -> None:
    alive, other = make_store(SCHEMA), make_store(SCHEMA)
    alive.backing.sessions.keep()

    def body(tx: Transaction) -> dict[str, object]:
        assert alive.backing.sessions.tick() == 0
        assert other.backing.sessions.tick() == 0
        return add_book(tx)

    alive.transact(CLERK, body, operation="add_book")
    assert alive.backing.collection(SESSIONS).count_documents({}) == 1
    alive.backing.sessions.leave()
    assert alive.backing.collection(SESSIONS).count_documents({}) == 0
