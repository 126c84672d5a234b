"""A store that was away for a moment: what it holds of commands cut short must not keep the same command waiting."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from shared.clock import SettableClock
from shared.errors import Unavailable
from shared.security.fields import Keyring
from shared.storage import Store, Transaction
from shared.storage.retrying import Patience
from tests.faults.store_line import READ_ONLY, StoreLine
from tests.fixtures.store import StoreServer
from tests.integration.storage.library import BOOKS, CLERK, SCHEMA, add_book, with_key

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
    uri = f"mongodb://127.0.0.1:{line.port}/?directConnection=true&serverSelectionTimeoutMS=500"
    store = Store.open(uri, SCHEMA, clock=_CLOCK, keyring=keyring, patience=Patience(seconds=1))
    store.ensure()
    yield store
    store.close()


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


@pytest.mark.parametrize("trouble", [_refuse_commits, _cut])
def test_a_command_cut_short_by_an_outage_is_done_soon_after_the_store_is_back(
    store: Store, line: StoreLine, trouble: Callable[[StoreLine], Callable[[Transaction], dict[str, object]]]
) -> None:
    began = time.monotonic()
    with pytest.raises(Unavailable):
        store.transact(_KEY, trouble(line), operation="add_book", request={})
    line.mend()

    while True:
        try:
            store.transact(_KEY, add_book, operation="add_book", request={})
            break
        except Unavailable:
            assert time.monotonic() - began < _LIFETIME / 2, "the key is held by what was cut short"
    assert store.view(CLERK).rows(BOOKS).count() == 1
