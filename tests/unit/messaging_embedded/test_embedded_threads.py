from __future__ import annotations

import gc
import socket
import threading
import time
from uuid import uuid4

import kombu
import pytest
from amqp.exceptions import RecoverableConnectionError

from shared.messaging import embedded
from shared.messaging.embedded.address import Address, address_of, parse
from shared.messaging.embedded.broker import broker_at, close_broker

embedded.register()


@pytest.fixture
def name():
    name = uuid4().hex
    yield name
    close_broker(name)


@pytest.fixture
def connect(name):
    connections = []

    def open_one(**options):
        connections.append(kombu.Connection(address_of(name), transport_options=options))
        return connections[-1]

    yield open_one
    for connection in connections:
        connection.release()


def publish(channel, body, key="q"):
    channel.basic_publish(channel.prepare_message(body, properties={"delivery_mode": 2}), routing_key=key)


def test_a_put_wakes_the_waiting_reader_at_once(connect):
    reader, writer = connect(), connect().channel()
    writer.queue_declare(queue="q", auto_delete=False)
    woken = []
    reader.channel().basic_consume("q", no_ack=True, callback=lambda message: woken.append(time.monotonic()))
    thread = threading.Thread(target=reader.drain_events, kwargs={"timeout": 30})
    thread.start()
    put = time.monotonic()
    publish(writer, "m")
    thread.join(5)
    assert woken
    assert woken[0] - put < 5


def test_many_threads_publish_and_consume_without_loss(connect):
    connect().channel().queue_declare(queue="q", auto_delete=False)
    seen, lock, each, writers = [], threading.Lock(), 200, 4
    finished = threading.Event()

    def write(number):
        channel = connect(confirm_publish=True).channel()
        for index in range(each):
            publish(channel, f"{number}:{index}")

    def read():
        connection = connect()
        channel = connection.channel()
        channel.basic_qos(0, 7, False)

        def take(message):
            with lock:
                seen.append(bytes(message.body).decode())
                if len(seen) == each * writers:
                    finished.set()
            channel.basic_ack(message.delivery_info["delivery_tag"])

        channel.basic_consume("q", callback=take)
        while not finished.is_set():
            try:
                connection.drain_events(timeout=0.05)
            except socket.timeout:  # noqa: UP041
                continue

    threads = [threading.Thread(target=read) for _ in range(3)]
    threads += [threading.Thread(target=write, args=(number,)) for number in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(seen) == sorted(f"{number}:{index}" for number in range(writers) for index in range(each))


def test_a_connection_nobody_closed_gives_back_what_it_held(connect, name):
    channel = connect().channel()
    channel.queue_declare(queue="q", auto_delete=False)
    publish(channel, "m")
    forgotten = kombu.Connection(address_of(name))
    assert forgotten.channel().basic_get("q") is not None
    forgotten = None
    gc.collect()
    ends = time.monotonic() + 30
    while channel.basic_get("q") is None:
        assert time.monotonic() < ends
        time.sleep(0.005)


def test_a_severed_connection_says_so_and_a_new_one_works(connect, name):
    connection = connect()
    channel = connection.channel()
    channel.queue_declare(queue="q", auto_delete=False)
    assert broker_at(Address(name, None)).sever() == 1
    with pytest.raises(RecoverableConnectionError):
        publish(channel, "m")
    with pytest.raises(RecoverableConnectionError):
        connection.connection and connection.transport.drain_events(channel.connection, timeout=1)
    assert connect().channel().queue_declare(queue="q", passive=True).message_count == 0


def test_kombus_producer_retries_over_a_severed_connection(connect, name):
    connect().channel().queue_declare(queue="q", auto_delete=False)
    connection = connect(confirm_publish=True)
    producer = kombu.Producer(connection.default_channel)
    broker_at(Address(name, None)).sever()
    producer.publish("m", routing_key="q", retry=True, retry_policy={"max_retries": 2, "interval_start": 0})
    assert broker_at(Address(name, None)).depths()["q"].ready == 1


def test_an_address_tells_name_and_journal(tmp_path):
    journal = tmp_path / "有 空格+plus?.journal"
    assert parse(address_of("city", journal)) == Address("city", journal)
    assert parse("diaoxun+memory://city") == Address("city", None)


@pytest.mark.parametrize("uri", ["memory:", "amqp://host", "diaoxun+memory://", "diaoxun+memory://n?jurnal=x"])
def test_a_wrong_address_is_refused(uri):
    with pytest.raises(ValueError, match=r"address reads|only journal"):
        parse(uri)


def test_one_name_cannot_have_two_journals(name, tmp_path):
    broker_at(Address(name, None))
    with pytest.raises(ValueError, match="runs with journal"):
        broker_at(Address(name, tmp_path / "j"))


def test_a_header_amqp_cannot_carry_is_refused_here_too(connect):
    channel = connect().channel()
    with pytest.raises(Exception, match="AMQP cannot carry"):
        channel.basic_publish(channel.prepare_message("m", headers={"x": object()}), routing_key="q")


def test_changing_a_received_message_changes_nobody_elses(connect):
    channel = connect().channel()
    channel.exchange_declare(exchange="x", type="fanout", durable=False, auto_delete=False)
    headers = {"list": [1]}
    for queue in ("one", "two"):
        channel.queue_declare(queue=queue, auto_delete=False)
        channel.queue_bind(queue=queue, exchange="x")
    channel.basic_publish(channel.prepare_message("m", headers=headers), exchange="x")
    headers["list"].append(2)
    first = channel.basic_get("one", no_ack=True)
    first.properties["application_headers"]["list"].append(3)
    assert channel.basic_get("two", no_ack=True).properties["application_headers"] == {"list": [1]}
