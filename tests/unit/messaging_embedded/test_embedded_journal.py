from __future__ import annotations

import logging
import signal
import subprocess
import sys
import textwrap
from pathlib import Path
from uuid import uuid4

import kombu
import pytest

from shared.messaging import embedded
from shared.messaging.embedded import journal as journal_module
from shared.messaging.embedded.address import Address, address_of
from shared.messaging.embedded.broker import broker_at, close_broker
from shared.messaging.embedded.record import MAGIC

embedded.register()


class Station:
    """A broker with a journal that can be stopped and started again."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = uuid4().hex

    def open(self):
        self.connection = kombu.Connection(
            address_of(self.name, self.path), transport_options={"confirm_publish": True}
        )
        return self.connection.channel()

    def restart(self):
        self.stop()
        return self.open()

    def stop(self):
        self.connection.release()
        close_broker(self.name)

    @property
    def broker(self):
        return broker_at(Address(self.name, self.path))


@pytest.fixture
def station(tmp_path):
    station = Station(tmp_path / "broker.journal")
    yield station
    station.stop()


def declare(channel, queue, **arguments):
    channel.queue_declare(queue=queue, durable=True, auto_delete=False, arguments=arguments)


def publish(channel, key, body, exchange="", mode=2, **properties):
    message = channel.prepare_message(
        body, content_type="text/plain", headers={"n": 1}, properties={"delivery_mode": mode, **properties}
    )
    channel.basic_publish(message, exchange=exchange, routing_key=key)


def take_all(channel, queue):
    taken = []
    while (message := channel.basic_get(queue)) is not None:
        taken.append(message)
    return taken


def bodies(messages):
    return [bytes(message.body).decode() for message in messages]


def test_persistent_messages_in_durable_queues_outlive_a_restart_in_order(station):
    channel = station.open()
    declare(channel, "kept")
    channel.queue_declare(queue="fleeting", durable=False, auto_delete=False)
    for number in range(5):
        publish(channel, "kept", str(number), correlation_id="c")
    publish(channel, "kept", "transient", mode=1)
    publish(channel, "fleeting", "m")
    channel = station.restart()
    found = take_all(channel, "kept")
    assert bodies(found) == ["0", "1", "2", "3", "4"]
    assert found[0].properties["application_headers"] == {"n": 1}
    assert found[0].properties["correlation_id"] == "c"
    assert "fleeting" not in station.broker.depths()


def test_exchanges_and_bindings_outlive_a_restart(station):
    channel = station.open()
    declare(channel, "q")
    channel.exchange_declare(exchange="x", type="topic", durable=True, auto_delete=False)
    channel.exchange_declare(exchange="gone", type="topic", durable=True, auto_delete=False)
    channel.queue_bind(queue="q", exchange="x", routing_key="a.#")
    channel.queue_bind(queue="q", exchange="x", routing_key="old")
    channel.queue_unbind(queue="q", exchange="x", routing_key="old")
    channel.exchange_delete("gone")
    channel = station.restart()
    publish(channel, "a.b", "m", exchange="x")
    publish(channel, "old", "n", exchange="x")
    assert bodies(take_all(channel, "q")) == ["m"]
    channel.exchange_declare(exchange="gone", type="fanout", durable=True, auto_delete=False)


def test_acknowledged_messages_do_not_come_back_and_unacknowledged_do(station):
    channel = station.open()
    declare(channel, "q")
    for number in range(3):
        publish(channel, "q", str(number))
    first, second, _ = take_all(channel, "q")
    channel.basic_ack(first.delivery_info["delivery_tag"])
    channel.basic_reject(second.delivery_info["delivery_tag"], requeue=False)
    channel = station.restart()
    assert bodies(take_all(channel, "q")) == ["2"]


def test_purged_and_deleted_queues_stay_empty(station):
    channel = station.open()
    for queue in ("purged", "deleted"):
        declare(channel, queue)
        publish(channel, queue, "m")
    channel.queue_purge("purged")
    channel.queue_delete("deleted")
    channel = station.restart()
    assert take_all(channel, "purged") == []
    assert "deleted" not in station.broker.depths()


def test_the_remaining_life_of_a_message_goes_on_counting(station):
    channel = station.open()
    declare(channel, "grave")
    declare(
        channel,
        "delay",
        **{
            "x-message-ttl": 150,
            "x-dead-letter-exchange": "",
            "x-dead-letter-routing-key": "grave",
        },
    )
    publish(channel, "delay", "m")
    channel = station.restart()
    received = []
    channel.basic_consume("grave", no_ack=True, callback=received.append)
    station.connection.drain_events(timeout=5)
    assert bodies(received) == ["m"]


def test_a_dead_letter_is_as_durable_as_the_message_was(station):
    channel = station.open()
    declare(channel, "grave")
    declare(channel, "q", **{"x-dead-letter-exchange": "", "x-dead-letter-routing-key": "grave"})
    publish(channel, "q", "m")
    channel.basic_reject(channel.basic_get("q").delivery_info["delivery_tag"], requeue=False)
    channel = station.restart()
    (dead,) = take_all(channel, "grave")
    assert dead.properties["application_headers"]["x-death"][0]["reason"] == "rejected"
    assert take_all(channel, "q") == []


def test_a_message_that_ends_the_process_each_time_reaches_its_delivery_limit(station):
    channel = station.open()
    declare(channel, "grave")
    declare(
        channel,
        "q",
        **{
            "x-delivery-limit": 2,
            "x-dead-letter-exchange": "",
            "x-dead-letter-routing-key": "grave",
        },
    )
    declare(channel, "marks")
    publish(channel, "q", "poison")
    for attempt in range(3):
        (message,) = take_all(channel, "q")
        assert message.delivery_info["redelivered"] == (attempt > 0)
        channel = crash(station, channel)
    assert take_all(channel, "q") == []
    assert bodies(take_all(channel, "grave")) == ["poison"]


def crash(station, channel):
    """Start again from what is in the file while the message is still out, as after ``kill -9``."""
    publish(channel, "marks", "everything before this is in the file")
    data = station.path.read_bytes()
    station.stop()
    station.path.write_bytes(data)
    return station.open()


def test_a_torn_tail_is_cut_off_and_said(station, caplog):
    channel = station.open()
    declare(channel, "q")
    publish(channel, "q", "whole")
    publish(channel, "q", "torn")
    station.stop()
    station.path.write_bytes(station.path.read_bytes()[:-3])
    with caplog.at_level(logging.WARNING):
        channel = station.open()
    assert bodies(take_all(channel, "q")) == ["whole"]
    assert [damage.torn for damage in station.broker.damages] == [True]
    assert "cut short" in caplog.text


def test_a_damaged_record_is_reported_kept_aside_and_the_rest_read(station, caplog):
    channel = station.open()
    declare(channel, "q")
    for body in ("first", "second", "third"):
        publish(channel, "q", body)
    station.stop()
    data = station.path.read_bytes()
    station.path.write_bytes(data.replace(b"second", b"sec0nd"))
    channel = station.open()
    assert bodies(take_all(channel, "q")) == ["first", "third"]
    assert [damage.torn for damage in station.broker.damages] == [False]
    assert b"sec0nd" in station.path.with_name("broker.journal.damaged").read_bytes()
    station.restart()
    assert station.broker.damages == []


def test_the_file_of_a_foreign_kind_is_not_fatal(station):
    station.path.write_bytes(b"not a journal at all" + MAGIC + b"\xff" * 40)
    channel = station.open()
    declare(channel, "q")
    publish(channel, "q", "m")
    assert bodies(take_all(channel, "q")) == ["m"]


def test_a_mostly_dead_journal_is_rewritten_and_loses_nothing(station, monkeypatch):
    monkeypatch.setattr(journal_module, "COMPACT_ABOVE", 20_000)
    channel = station.open()
    declare(channel, "q")
    publish(channel, "q", "kept")
    declare(channel, "busy")
    largest = 0
    for number in range(400):
        publish(channel, "busy", f"{number}:" + "x" * 400)
        channel.basic_ack(channel.basic_get("busy").delivery_info["delivery_tag"])
        largest = max(largest, station.path.stat().st_size)
    assert 10_000 < largest < 40_000
    channel = station.restart()
    assert bodies(take_all(channel, "q")) == ["kept"]
    assert take_all(channel, "busy") == []


def test_a_second_process_may_not_open_the_same_journal(station):
    station.open().close()
    other = Station(station.path)
    with pytest.raises(journal_module.JournalInUse, match="another process"):
        other.open()
    close_broker(other.name)


def test_the_journal_is_readable_by_its_owner_only(station):
    station.open().close()
    assert station.path.stat().st_mode & 0o077 == 0


WRITER = """
    import sys, kombu
    from pathlib import Path
    from shared.messaging import embedded
    from shared.messaging.embedded.address import address_of
    embedded.register()
    connection = kombu.Connection(address_of("writer", Path(sys.argv[1])), transport_options={"confirm_publish": True})
    channel = connection.channel()
    channel.queue_declare(queue="q", durable=True, auto_delete=False)
    number = 0
    while True:
        message = channel.prepare_message(str(number), properties={"delivery_mode": 2})
        channel.basic_publish(message, routing_key="q")
        print(number, flush=True)
        number += 1
"""


@pytest.mark.parametrize("killed_after", [1, 40, 300])
def test_nothing_confirmed_is_lost_by_kill_9(station, killed_after):
    child = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(WRITER), str(station.path)], stdout=subprocess.PIPE, text=True
    )
    confirmed = [int(child.stdout.readline()) for _ in range(killed_after)]
    child.send_signal(signal.SIGKILL)
    confirmed += [int(line) for line in child.stdout.read().split("\n")[:-1]]
    child.wait()
    channel = station.open()
    found = [int(body) for body in bodies(take_all(channel, "q"))]
    assert found[: len(confirmed)] == confirmed
    assert len(found) <= len(confirmed) + 1
