"""Notes of events that are tried alone outlive the process that wrote them."""

from __future__ import annotations

from shared.storage.store import Store
from tests.fixtures.store import MakeStore
from tests.integration.storage.library import SCHEMA


def test_a_note_counts_until_the_event_comes_to_an_end(make_store: MakeStore) -> None:
    store: Store = make_store(SCHEMA)
    assert [store.trials.begin("a:evt_1") for _ in range(2)] == [1, 2]
    assert store.trials.begin("a:evt_2") == 1
    store.trials.end("a:evt_1")
    store.trials.end("a:evt_1")
    assert store.trials.begin("a:evt_1") == 1
    assert store.trials.begin("a:evt_2") == 2
