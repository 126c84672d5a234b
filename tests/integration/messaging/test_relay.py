"""The relay: in order, at once when nudged, one replica at a time, patient with a broker that is away."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from shared.messaging import Relay
from tests.contract.messaging.timer_scenarios import OneLease
from tests.fixtures.broker import Line, wait_until
from tests.hosts.sample import HAPPENED
from tests.integration.messaging.conftest import Desk, envelope

NEVER = 3600.0


@dataclass(frozen=True)
class Row:
    id: str
    type: str
    body: Any


class MemoryOutbox:
    """An outbox in memory."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rows: list[Row] = []
        self.looks = 0

    def write(self, *numbers: int) -> None:
        with self._lock:
            for number in numbers:
                body = envelope(f"evt_{number:04}", number)
                self._rows.append(Row(body["id"], HAPPENED.type, json.dumps(body)))

    def pending(self, limit: int) -> list[Row]:
        with self._lock:
            self.looks += 1
            return self._rows[:limit]

    def remove(self, ids: Sequence[str]) -> None:
        with self._lock:
            self._rows = [row for row in self._rows if row.id not in set(ids)]

    def __len__(self) -> int:
        return len(self._rows)


Make = Callable[..., Relay]


@pytest.fixture
def outbox() -> MemoryOutbox:
    return MemoryOutbox()


@pytest.fixture
def relay(desk: Desk, outbox: MemoryOutbox) -> Iterator[Make]:
    """Start a relay over the outbox; all are stopped at the end."""
    started: list[Relay] = []

    def start(uri: str = desk.uri, **options: Any) -> Relay:
        started.append(Relay({"sample": outbox}, uri, **options))
        started[-1].start()
        return started[-1]

    yield start
    for one in started:
        one.stop(2)


def test_events_leave_in_order_and_only_once(desk: Desk, outbox: MemoryOutbox, relay: Make) -> None:
    outbox.write(*range(450))
    moving = relay(poll=NEVER)
    wait_until(lambda: len(outbox) == 0, what="the outbox is empty")
    wait_until(lambda: desk.depth() == 450)
    assert [event["data"]["number"] for event in desk.taken()] == list(range(450))
    wait_until(lambda: moving.published == 450)
    assert moving.connected


def test_a_nudge_publishes_without_waiting_for_the_poll(desk: Desk, outbox: MemoryOutbox, relay: Make) -> None:
    moving = relay(poll=NEVER)
    wait_until(lambda: outbox.looks)
    for number in range(3):
        outbox.write(number)
        moving.nudge()
        wait_until(lambda: len(outbox) == 0, what="the nudged event is gone")
    wait_until(lambda: moving.published == 3)


def test_the_poll_finds_what_nobody_nudged_for(desk: Desk, outbox: MemoryOutbox, relay: Make) -> None:
    relay(poll=0.05)
    wait_until(lambda: outbox.looks)
    outbox.write(1)
    wait_until(lambda: len(outbox) == 0)


def test_a_commit_on_a_replica_that_does_not_lead_reaches_the_leader(
    desk: Desk, outbox: MemoryOutbox, relay: Make
) -> None:
    leases = {"sample": OneLease()}
    lasting = timedelta(seconds=60)  # a leader that never polls does not renew its lease either
    leader = relay(leases=leases, poll=NEVER, lease_ttl=lasting)
    outbox.write(1)
    leader.nudge()
    wait_until(lambda: leader.published == 1, what="the leader leads and listens")
    follower = relay(leases=leases, poll=0.1, lease_ttl=lasting)
    time.sleep(0.1)
    outbox.write(2)
    follower.nudge()
    wait_until(lambda: leader.published == 2, what="the leader heard of it")
    assert follower.published == 0
    leader.stop(30)
    outbox.write(3)
    follower.nudge()
    wait_until(lambda: follower.published == 1, what="the follower leads now")
    assert [event["id"] for event in desk.taken()] == ["evt_0001", "evt_0002", "evt_0003"]


def test_p12_while_the_broker_is_away_events_wait_and_then_leave(
    desk: Desk, outbox: MemoryOutbox, relay: Make, broker_line: Line
) -> None:
    moving = relay(broker_line.uri(desk.uri), poll=0.05)
    outbox.write(1)
    wait_until(lambda: len(outbox) == 0)
    broker_line.hush()
    outbox.write(2, 3)
    moving.nudge()
    time.sleep(0.3)
    assert len(outbox) == 2
    broker_line.cut()
    broker_line.speak()
    wait_until(lambda: len(outbox) == 0, 30, "the events leave over the new connection")
    assert {event["id"] for event in desk.taken()} == {"evt_0001", "evt_0002", "evt_0003"}


def test_stopping_publishes_what_still_waits(desk: Desk, outbox: MemoryOutbox, relay: Make) -> None:
    moving = relay(poll=NEVER)
    outbox.write(1)
    moving.nudge()
    wait_until(lambda: len(outbox) == 0)
    outbox.write(2)
    moving.stop()
    assert len(outbox) == 0
    assert len(desk.taken()) == 2
