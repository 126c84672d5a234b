"""P6 under load: replicas come and go one after the other, and nobody who calls notices."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from shared.context import Context
from shared.messaging import dlq
from shared.security.caller import Caller, Role
from tests.fixtures import sample_services as sample
from tests.fixtures.broker import wait_until
from tests.fixtures.runner_process import Place

ORGANISER = Context(Caller("test:organiser", frozenset({Role.ORGANISATION_DEPARTMENT}), ("",)))
CALLERS = 6
ROUNDS = 3


@contextmanager
def calling(place: Place) -> Iterator[tuple[list[str], list[Exception]]]:
    """Put items and read them from several threads; yields the names put and what went wrong."""
    put: list[str] = []
    wrong: list[Exception] = []
    over = threading.Event()
    client = place.client()

    def call(number: int) -> None:
        count = 0
        while not over.is_set():
            count += 1
            name = f"{number}-{count}"
            try:
                made = client.call("alpha", sample.PUT_ITEM, {"unit_id": "city", "name": name}, ORGANISER)
                client.call("alpha", sample.GET_ITEM, {"item_id": made["item_id"]}, ORGANISER)
                put.append(name)
            except Exception as error:
                wrong.append(error)

    threads = [threading.Thread(target=call, args=(number,)) for number in range(CALLERS)]
    for thread in threads:
        thread.start()
    try:
        yield put, wrong
    finally:
        over.set()
        for thread in threads:
            thread.join()
        client.close()


def test_p06_replicas_are_replaced_under_load_without_one_failed_or_doubled_request(place: Place) -> None:
    old = place.runner("alpha", "beta").start("--migrate").wait_ready()
    with calling(place) as (put, wrong):
        for _ in range(ROUNDS):
            new = place.runner("alpha", "beta").start().wait_ready()
            before = len(put)
            wait_until(lambda before=before: len(put) > before + 20 or wrong, 60, "both take calls")
            assert old.stop() == 0, old.said[-2000:]
            before = len(put)
            wait_until(lambda before=before: len(put) > before + 20 or wrong, 60, "the new one takes calls")
            old = new
    assert wrong == []
    alpha = place.store(sample.ALPHA_STORE).view(ORGANISER)
    names = [row["name"] for row in alpha.rows(sample.ITEMS).find({})]
    assert sorted(names) == sorted(put)
    seen = place.store(sample.BETA_STORE).view(ORGANISER).rows(sample.SEEN)
    wait_until(lambda: seen.count({}) == len(put), 120, "every event is taken in")
    assert dlq.depth(place.amqp_uri, "alpha") == dlq.depth(place.amqp_uri, "beta") == 0
