"""P17: three replicas of a service, one tick a slot; another replica takes over when the leader dies."""

from __future__ import annotations

from shared.context import Context
from shared.security.caller import Caller, Role
from shared.storage import Store
from tests.fixtures import sample_services as sample
from tests.fixtures.broker import wait_until
from tests.fixtures.runner_process import Place

OPERATOR = Caller("test:operator", frozenset({Role.OPERATOR}), ("",))


def slots(store: Store) -> list[str]:
    return [row["slot"] for row in store.view(Context(OPERATOR)).rows(sample.SLOTS).find({}, sort=[("slot", 1)])]


def test_p17_three_replicas_make_one_tick_a_slot(place: Place) -> None:
    first = place.runner("alpha").start("--migrate").wait_ready()
    replicas = [first, *(place.runner("alpha").start().wait_ready() for _ in range(2))]
    store = place.store(sample.ALPHA_STORE)
    before = len(slots(store))
    wait_until(lambda: len(slots(store)) >= before + 4, 30, "four more slots are ticked")

    seen = slots(store)
    assert len(seen) == len(set(seen)), "a slot was ticked twice"
    # A graceful stop of the whole fleet but one: whoever led gives the lease back, the last one goes on.
    for replica in replicas[:2]:
        assert replica.stop() == 0
    count = len(slots(store))
    wait_until(lambda: len(slots(store)) >= count + 2, 40, "the last replica ticks")
    seen = slots(store)
    assert len(seen) == len(set(seen))
    assert replicas[2].stop() == 0
