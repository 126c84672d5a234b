"""The platform's own publisher on the embedded broker: it is told a message is safe when it is, not before."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import kombu
import pytest

from shared.messaging import embedded
from shared.messaging.embedded import broker as broker_module
from shared.messaging.embedded import journal as journal_module
from shared.messaging.embedded.address import address_of
from shared.messaging.embedded.broker import close_broker
from shared.messaging.faults import PublishFailed
from shared.messaging.outgoing import Outgoing
from shared.messaging.publishing import ConfirmedPublisher

embedded.register()


class Slow:
    """A disk that takes its time as long as it is held."""

    def __init__(self) -> None:
        self.released = threading.Event()
        self.released.set()
        self.asked = threading.Event()

    def sync(self, descriptor: int) -> None:
        self.asked.set()
        assert self.released.wait(30)
        os.fdatasync(descriptor)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    disk = Slow()
    monkeypatch.setattr(journal_module, "_force_to_disk", disk.sync)
    monkeypatch.setattr(broker_module, "_FLUSH_WITHIN", 60.0)
    yield disk
    disk.released.set()


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "broker.journal"


@pytest.fixture
def publisher(journal: Path) -> Iterator[ConfirmedPublisher]:
    name = uuid4().hex
    declare(address_of(name, journal))
    publisher = ConfirmedPublisher(address_of(name, journal), "teller")
    yield publisher
    publisher.close()
    close_broker(name)


def declare(address: str) -> None:
    with kombu.Connection(address) as connection:
        connection.channel().queue_declare(queue="q", durable=True, auto_delete=False)


def message(body: str, key: str = "q", exchange: str = "") -> Outgoing:
    return Outgoing(body.encode(), exchange, key, properties={"delivery_mode": 2}, mandatory=True)


def test_a_publish_returns_when_the_message_is_on_the_disk(
    publisher: ConfirmedPublisher, journal: Path, disk: Slow
) -> None:
    disk.released.clear()
    first = threading.Thread(target=publisher.publish, args=([message("one")],))
    first.start()
    assert disk.asked.wait(10)
    told = threading.Event()

    def tell() -> None:
        publisher.publish([message("two"), message("three")])
        told.set()

    threading.Thread(target=tell).start()
    assert not told.wait(0.5), "its sender would forget it, and a kill -9 now would lose it"
    disk.released.set()
    assert told.wait(10)
    first.join(10)
    kept = journal.read_bytes()
    assert all(body in kept for body in (b"one", b"two", b"three"))


def test_what_no_queue_takes_is_refused(publisher: ConfirmedPublisher) -> None:
    with pytest.raises(PublishFailed, match="no queue takes it"):
        publisher.publish([message("one"), message("lost", key="nowhere")])
    publisher.publish([message("two")])


def test_after_an_exchange_that_is_not_there_the_next_message_finds_its_way(publisher: ConfirmedPublisher) -> None:
    with pytest.raises(PublishFailed):
        publisher.publish([message("lost", exchange="nowhere")], seconds=2.0)
    publisher.publish([message("one")])


def test_a_confirm_that_does_not_come_is_a_failure_in_time_and_no_end(
    publisher: ConfirmedPublisher, disk: Slow
) -> None:
    publisher.publish([message("one")])
    disk.released.clear()
    began = time.monotonic()
    with pytest.raises(PublishFailed, match="no confirm in time"):
        publisher.publish([message("two")], seconds=0.3)
    assert time.monotonic() - began < 10
    disk.released.set()
    publisher.publish([message("two")])


TELLER = """
    import itertools, sys
    from pathlib import Path
    from shared.messaging.embedded.address import address_of
    from shared.messaging.outgoing import Outgoing
    from shared.messaging.publishing import ConfirmedPublisher
    publisher = ConfirmedPublisher(address_of("teller", Path(sys.argv[1])), "teller")
    for number in itertools.count():
        publisher.publish([Outgoing(str(number).encode(), "", "q", properties={"delivery_mode": 2})])
        print(number, flush=True)
"""


@pytest.mark.parametrize("killed_after", [1, 40, 300])
def test_nothing_that_was_told_to_be_safe_is_lost_by_kill_9(journal: Path, killed_after: int) -> None:
    name = uuid4().hex
    declare(address_of(name, journal))
    close_broker(name)
    child = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(TELLER), str(journal)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    told = [int(child.stdout.readline()) for _ in range(killed_after)]
    child.send_signal(signal.SIGKILL)
    told += [int(line) for line in child.stdout.read().split("\n")[:-1]]
    child.wait()
    with kombu.Connection(address_of(name, journal)) as connection:
        channel, found = connection.channel(), []
        while (one := channel.basic_get("q", no_ack=True)) is not None:
            found.append(int(bytes(one.body)))
    close_broker(name)
    assert found[: len(told)] == told
