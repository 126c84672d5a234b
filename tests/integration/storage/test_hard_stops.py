"""A server killed hard, and a process whose threads are greenlets."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import closing, suppress
from datetime import UTC, datetime

import pytest

from shared.clock import SettableClock
from shared.errors import Fault, Unavailable
from shared.security.fields import Keyring
from shared.storage import Store
from shared.storage.retrying import Patience
from tests.fixtures.store import StoreServer
from tests.integration.storage.library import BOOKS, CLERK, SCHEMA, add_book, with_key

_CLOCK = SettableClock(datetime(2020, 5, 11, tzinfo=UTC))


def _open(uri: str, keyring: Keyring, seconds: float = 20) -> Store:
    address = f"{uri}?serverSelectionTimeoutMS={500 * seconds:.0f}"
    return Store.open(address, SCHEMA, clock=_CLOCK, keyring=keyring, patience=Patience(seconds=seconds))


def test_every_acknowledged_command_survives_a_server_killed_hard(store_server: StoreServer, keyring: Keyring) -> None:
    uri = store_server.start()
    with closing(_open(uri, keyring)) as patient:
        patient.ensure()
    store = _open(uri, keyring, seconds=1)  # nobody waits long for the server that is killed
    acknowledged: list[str] = []
    at_work: set[int] = set()
    enough, killed = threading.Event(), threading.Event()

    def work(number: int) -> None:
        count = 0
        while not killed.is_set():
            try:
                reply = store.transact(with_key(f"{number}-{count}"), add_book, operation="add_book", request={})
            except Fault:
                continue
            count += 1
            acknowledged.append(reply["book_id"])
            at_work.add(number)
            if len(acknowledged) >= 60 and len(at_work) == 4:
                enough.set()

    workers = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for worker in workers:
        worker.start()
    assert enough.wait(60)
    store_server.kill()
    killed.set()
    for worker in workers:
        worker.join()
    store.close()

    again = _open(store_server.start(), keyring)
    rows = again.view(CLERK).rows(BOOKS)
    stored = {book["_id"] for book in rows.find()}
    assert set(acknowledged) <= stored
    # What was stored has its audit row too, and a command sent again is answered, not run.
    assert again._backing.collection("_audit").count_documents({}) == len(stored)
    for worker_number in range(4):
        reply = again.transact(with_key(f"{worker_number}-0"), add_book, operation="add_book", request={})
        assert reply["book_id"] in stored
    assert rows.count() == len(stored)
    again.close()


def test_a_store_goes_on_when_its_server_comes_back(store_server: StoreServer, keyring: Keyring) -> None:
    store = _open(store_server.start(), keyring, seconds=5)
    store.ensure()
    port = store_server.port
    store_server.kill()
    with pytest.raises(Unavailable):
        store.transact(CLERK, add_book, operation="add_book")
    store_server.start(port)
    for _ in range(10):
        with suppress(Unavailable):
            store.transact(with_key("a-command"), add_book, operation="add_book", request={})
            break
    assert store.view(CLERK).rows(BOOKS).count() == 1
    store.close()


_GREEN = """
import eventlet
eventlet.monkey_patch()
import os, time
from datetime import datetime, timezone
import pytest

from shared.clock import SettableClock
from shared.errors import Conflict
from shared.security.fields import Keyring
from shared.storage import Store
from tests.integration.storage.library import BOOKS, CLERK, SCHEMA, add_book, lend

store = Store.open(
    os.environ["URI"], SCHEMA, clock=SettableClock(datetime(2020, 5, 11, tzinfo=timezone.utc)),
    keyring=Keyring.parse("k:" + Keyring.new_key()), prefix=os.environ["PREFIX"],
)
store.ensure()
book_id = store.transact(CLERK, lambda tx: add_book(tx, copies=20), operation="add")["book_id"]
beats = []

def beat():
    while True:
        beats.append(time.monotonic())
        eventlet.sleep(0.005)

def borrow():
    lent = 0
    for _ in range(5):
        try:
            store.transact(CLERK, lambda tx: lend(tx, book_id), operation="lend")
            lent += 1
        except Conflict:
            pass
    return lent

heart = eventlet.spawn(beat)
borrowers = [eventlet.spawn(borrow) for _ in range(8)]
lent = sum(borrower.wait() for borrower in borrowers)
heart.kill()
left = store.view(CLERK).rows(BOOKS).get(book_id)["copies"]
store.drop()
store.close()
print(lent, left, len(beats) > 10)
"""


def test_greenlets_of_a_patched_process_share_a_store_and_never_stall_the_loop(
    store_uri: str, store_prefix: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _GREEN],
        env={**os.environ, "URI": store_uri, "PREFIX": store_prefix, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout.split() == ["20", "0", "True"], done.stderr[-2000:]
