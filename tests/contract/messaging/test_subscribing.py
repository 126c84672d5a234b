"""What a process that hosts no service takes in, on both brokers: batches, culprits, and an older release's queues."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import kombu
import pytest
from amqp.exceptions import NotFound

from shared.errors import Conflict, Invalid, Unavailable
from shared.messaging import dlq, naming, topology, transport
from shared.messaging.embedded.address import address_of
from shared.messaging.embedded.broker import close_broker
from shared.messaging.subscriber import Subscriber
from tests.contract.envelopes import envelope
from tests.fixtures.broker import wait_until
from tests.hosts.sample import HAPPENED

FORMER = {
    "x-queue-type": "quorum",
    "x-overflow": "reject-publish",
    "x-dead-letter-strategy": "at-least-once",
    "x-dead-letter-exchange": "",
}


class Desk:
    """A subscriber of its own name on a broker, what it was handed, and what its handler says to each event."""

    def __init__(self, uri: str, restart: Callable[[], None] = lambda: None) -> None:
        self.uri, self.restart = uri, restart
        self.consumer = f"reader-{uuid4().hex[:8]}"
        self.kept: list[int] = []
        self.refusals: dict[int, list[Exception]] = {}
        self._open: list[Subscriber] = []

    def start(self, doubt_seconds: float = 0.0) -> Subscriber:
        subscriber = Subscriber(self.uri, self.consumer, [HAPPENED], self._keep, doubt_seconds)
        subscriber.start()
        self._open.append(subscriber)
        return subscriber

    def close(self) -> None:
        for subscriber in self._open:
            subscriber.close()
        with transport.connect(self.uri, "desk") as connection:
            for queue in (self.events, self.former, *naming.quarantine_queues(self.consumer)):
                connection.channel().queue_delete(queue)

    @property
    def events(self) -> str:
        return naming.subscriber_queue(self.consumer)

    @property
    def former(self) -> str:
        return naming.former_subscriber_queue(self.consumer)

    def emit(self, *numbers: int) -> None:
        self.put(naming.event_exchange("sample"), HAPPENED.type, *(wire(number) for number in numbers))

    def put(self, exchange: str, key: str, *bodies: bytes) -> None:
        confirmed = {"confirm_publish": True}
        with (
            kombu.Connection(self.uri, transport_options=confirmed) as connection,
            kombu.Producer(connection) as producer,
        ):
            for body in bodies:
                producer.publish(
                    body, exchange=exchange, routing_key=key, content_type="application/json", content_encoding="utf-8"
                )

    def declare_as_before(self) -> None:
        """Declare the queues as the release before delivery limits did, bound."""
        quarantine = naming.quarantine_queue(self.consumer)
        with transport.connect(self.uri, "desk") as connection:
            channel = connection.channel()
            for name, arguments in (
                (quarantine, {"x-queue-type": "quorum"}),
                (self.former, {**FORMER, "x-dead-letter-routing-key": quarantine}),
            ):
                kombu.Queue(name, durable=True, queue_arguments=arguments)(channel).declare()
            for exchange in (topology.unroutable_exchange("sample"), topology.event_exchange("sample")):
                exchange(channel).declare()
            channel.queue_bind(self.former, naming.event_exchange("sample"), HAPPENED.type)

    def depth(self, queue: str) -> int | None:
        """Return how many messages wait in a queue; ``None`` when there is no such queue."""
        with transport.connect(self.uri, "desk") as connection:
            try:
                return int(connection.channel().queue_declare(queue, passive=True).message_count)
            except NotFound:
                return None

    def _keep(self, events: Any) -> None:
        numbers = [event["data"]["number"] for event in events]
        for number in numbers:
            if self.refusals.get(number):
                raise self.refusals[number].pop(0)
        self.kept += [number for number in numbers if number not in self.kept]


def wire(number: int) -> bytes:
    return json.dumps(envelope(f"evt_{number}", number)).encode()


@pytest.fixture(params=["embedded", "rabbitmq"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """A desk on each broker; the embedded one can be stopped and started again from its journal."""
    name = f"subscribing-{uuid4().hex}"
    if request.param == "embedded":
        desk = Desk(address_of(name, tmp_path / "broker.journal"), lambda: close_broker(name))
    else:
        desk = Desk(request.getfixturevalue("rabbitmq_uri"))
    yield desk
    desk.close()
    close_broker(name)


@pytest.mark.parametrize(
    ("failure", "reason", "error"),
    [
        (lambda: Invalid("坏", "bad"), "permanent", "invalid"),
        (lambda: Conflict("撞", "clash"), "gave-up", "conflict"),
        (lambda: KeyError("personal data"), "gave-up", "KeyError"),
    ],
)
def test_p01_an_event_that_always_fails_lies_in_quarantine_and_its_neighbours_are_kept(
    desk: Desk, failure: Callable[[], Exception], reason: str, error: str
) -> None:
    desk.refusals[2] = [failure() for _ in range(20)]
    desk.start()
    desk.emit(1, 2, 3)
    wait_until(lambda: desk.kept == [1, 3] and dlq.depth(desk.uri, desk.consumer) == 1)
    desk.emit(4)
    wait_until(lambda: desk.kept == [1, 3, 4], what="the next events are taken")

    (letter,) = dlq.listed(desk.uri, desk.consumer)
    assert (letter.id, letter.queue, letter.reason) == ("evt_2", desk.events, reason)
    assert letter.error.split(":")[0] == error
    assert letter.routing_key == HAPPENED.type
    assert json.loads(letter.body)["data"] == {"number": 2}
    assert "personal" not in letter.error

    desk.refusals.clear()
    assert [moved.id for moved in dlq.replay(desk.uri, desk.consumer)] == ["evt_2"]
    wait_until(lambda: desk.kept == [1, 3, 4, 2], what="the event sent back is kept")


def test_p01_a_failure_that_passes_is_waited_out_and_nothing_is_put_aside(desk: Desk) -> None:
    desk.refusals[1] = [Unavailable("库", "store"), ConnectionError(), Unavailable("库", "store"), OSError()]
    desk.start()
    desk.emit(1, 2)
    wait_until(lambda: sorted(desk.kept) == [1, 2], 20)
    assert dlq.depth(desk.uri, desk.consumer) == 0
    assert desk.refusals[1] == []


def test_p01_a_failure_nobody_knows_is_waited_out_for_a_while_by_all_of_a_batch_together(desk: Desk) -> None:
    desk.refusals[1] = [KeyError("a driver's odd moment") for _ in range(5)]
    desk.refusals[2] = [KeyError("a mistake") for _ in range(100)]
    desk.start(doubt_seconds=4.0)
    desk.emit(1, 2, 3)
    wait_until(lambda: desk.kept == [1, 3], what="what failed for a while is kept")
    assert [letter.id for letter in dlq.listed(desk.uri, desk.consumer)] == ["evt_2"]


def test_p01_doubt_begins_when_the_store_is_back_not_when_it_went(desk: Desk) -> None:
    away = [Unavailable("库", "store") for _ in range(4)]  # for 3 s
    desk.refusals[1] = [*away, *(KeyError("a driver's odd moment") for _ in range(4))]
    desk.start(doubt_seconds=2.0)
    desk.emit(1, 2)
    wait_until(lambda: sorted(desk.kept) == [1, 2], what="what failed for a while is kept")
    assert dlq.depth(desk.uri, desk.consumer) == 0


def test_p01_a_subscriber_that_closes_while_it_waits_puts_nothing_aside(desk: Desk) -> None:
    failures = [Unavailable("库", "store") for _ in range(100)]
    desk.refusals[1] = failures
    subscriber = desk.start()
    desk.emit(1)
    wait_until(lambda: len(failures) < 100)
    subscriber.close()
    wait_until(lambda: desk.depth(desk.events) == 1, what="the event is back in its queue")
    assert dlq.depth(desk.uri, desk.consumer) == 0


def test_p02_what_cannot_be_read_goes_to_quarantine(desk: Desk) -> None:
    desk.start()
    desk.put(naming.event_exchange("sample"), HAPPENED.type, b"{", b"[" * 100_000, wire(1))
    wait_until(lambda: desk.kept == [1] and dlq.depth(desk.uri, desk.consumer) == 2)
    assert all(letter.id.startswith("body_") for letter in dlq.listed(desk.uri, desk.consumer))


def test_p02_whatever_taking_an_event_does_the_next_one_is_taken(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[int] = []
    take = Subscriber._take

    def fails_once(self: Subscriber, batch: list[tuple[Any, Any]]) -> None:
        taken.append(len(batch))
        if len(taken) == 1:
            raise RuntimeError("nobody thought of this")
        take(self, batch)

    monkeypatch.setattr(Subscriber, "_take", fails_once)
    desk.start()
    desk.emit(1)
    wait_until(lambda: desk.kept == [1], what="the event that came back is taken")
    assert len(taken) == 2


def test_p09_what_an_older_release_left_in_its_queues_is_kept_and_its_queue_goes(desk: Desk) -> None:
    desk.declare_as_before()
    desk.emit(1, 2)
    desk.put("", naming.quarantine_queue(desk.consumer), wire(9))
    desk.restart()
    first = desk.start()
    wait_until(lambda: desk.kept == [1, 2], what="the events of the older queue are kept")
    desk.emit(3)
    wait_until(lambda: desk.kept == [1, 2, 3])
    assert desk.depth(desk.former) == 0, "it is bound to nothing any more"
    assert [letter.id for letter in dlq.listed(desk.uri, desk.consumer)] == ["evt_9"], "older letters can be seen"
    first.close()

    wait_until(lambda: desk.depth(desk.events) == 0)
    desk.restart()
    desk.start()
    wait_until(lambda: desk.depth(desk.former) is None, what="the older queue is deleted once it is empty")
    desk.emit(4)
    wait_until(lambda: desk.kept == [1, 2, 3, 4])
