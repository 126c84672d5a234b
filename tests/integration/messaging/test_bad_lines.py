"""Connections that are cut, fall silent, or are not there yet, seen from callers and publishers."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from shared.context import Context
from shared.errors import DeadlineExceeded, Unavailable
from shared.messaging import RpcClient, naming
from shared.messaging.outgoing import Outgoing
from shared.messaging.publishing import ConfirmedPublisher
from tests.fixtures.broker import BrokerNode, Line, wait_until
from tests.fixtures.hosting import Host, Hosted
from tests.hosts.sample import BRIEF, COMMAND, ECHO, HAPPENED, SLEEP
from tests.integration.messaging.conftest import CONTEXT, ORGANISER, QUEUE, SECRET, TOKENS, Desk

SAMPLE = "tests.hosts.sample:SampleService"
TELLING = "tests.hosts.telling:TellingSample"


@pytest.fixture
def far_client(desk: Desk, broker_line: Line) -> Iterator[RpcClient]:
    """A client whose line to the broker the test can cut."""
    client = RpcClient(broker_line.uri(desk.uri), TOKENS, heartbeat=6)  # so given up after longer than any wait below
    yield client
    client.close()


def test_p07_eight_threads_on_one_client_each_get_their_own_replies(desk: Desk, host: Host, client: RpcClient) -> None:
    host(SAMPLE, desk.config).said("ready")
    wrong: list[str] = []

    def ask(thread: int) -> None:
        for number in range(60):
            text = f"{thread}:{number}"
            try:
                reply = client.call("sample", ECHO, {"text": text}, CONTEXT)["text"]
            except Exception as error:  # whatever it is, it belongs in the list
                reply = repr(error)
            if reply != text:
                wrong.append(f"{text} got {reply}")

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert wrong == []
    assert client.pending == 0


def test_p13_a_connection_cut_while_idle_is_made_anew_for_the_next_call(
    desk: Desk, host: Host, far_client: RpcClient, broker_line: Line
) -> None:
    host(SAMPLE, desk.config).said("ready")
    for _ in range(3):
        assert far_client.call("sample", ECHO, {"text": "hello"}, CONTEXT)["text"] == "hello"
        assert broker_line.cut() == 1


def test_p13_a_connection_cut_while_idle_is_made_anew_for_the_next_event(desk: Desk, broker_line: Line) -> None:
    publisher = ConfirmedPublisher(broker_line.uri(desk.uri), "far")
    message = Outgoing(b"{}", naming.event_exchange("sample"), HAPPENED.type)
    publisher.publish([message])
    assert broker_line.cut() == 1
    wait_until(lambda: not publisher.connected, what="the cut is noticed")
    publisher.publish([message])
    publisher.close()
    assert desk.depth() == 2


def test_p13_a_query_under_way_when_the_line_is_cut_is_asked_again(
    desk: Desk, host: Host, far_client: RpcClient, broker_line: Line
) -> None:
    service = host(TELLING, desk.config)
    service.said("ready")
    far_client.call("sample", ECHO, {}, CONTEXT)
    _cut_amid_work(service, broker_line)
    asked = {"seconds": 5.0, "mark": "again"}
    assert far_client.call("sample", replace(SLEEP, timeout=60.0), asked, CONTEXT)["text"] == "again"


def _cut_amid_work(service: Hosted, line: Line) -> None:
    """Cut the line as soon as the service has begun the next request."""

    def cut() -> None:
        service.said("begun")
        line.cut()

    threading.Thread(target=cut).start()


def test_p13_a_command_under_way_when_the_line_is_cut_is_repeated_only_with_an_idempotency_key(
    desk: Desk, host: Host, far_client: RpcClient, broker_line: Line
) -> None:
    service = host(TELLING, desk.config)
    service.said("ready")
    command, request = replace(COMMAND, timeout=60.0), {"seconds": 5.0, "mark": "x"}
    far_client.call("sample", ECHO, {}, CONTEXT)
    _cut_amid_work(service, broker_line)
    with pytest.raises(Unavailable, match="may have run"):
        far_client.call("sample", command, request, CONTEXT)
    far_client.call("sample", ECHO, {}, CONTEXT)
    _cut_amid_work(service, broker_line)
    reply = far_client.call("sample", command, request, Context(caller=ORGANISER, command_id="cmd_1"))
    assert reply["text"] == "cmd_1"


def test_p14_on_a_silent_line_the_deadline_ends_the_wait_and_a_new_line_is_made(
    desk: Desk, host: Host, far_client: RpcClient, broker_line: Line
) -> None:
    host(SAMPLE, desk.config).said("ready")
    far_client.call("sample", ECHO, {}, CONTEXT)
    broker_line.hush()
    began = time.monotonic()
    with pytest.raises(DeadlineExceeded):
        far_client.call("sample", BRIEF, {"seconds": 0}, CONTEXT)
    assert time.monotonic() - began < 10
    assert far_client.pending == 0
    wait_until(lambda: not far_client.connected, 60, "missed heartbeats end the silent connection")
    broker_line.cut()
    broker_line.speak()
    wait_until(lambda: far_client.connected, 30, "a new connection")
    assert far_client.call("sample", ECHO, {"text": "back"}, CONTEXT)["text"] == "back"


def test_p13_a_confirm_that_does_not_come_is_a_failure_in_time(desk: Desk, broker_line: Line) -> None:
    publisher = ConfirmedPublisher(broker_line.uri(desk.uri), "far")
    message = Outgoing(b"{}", naming.event_exchange("sample"), HAPPENED.type)
    publisher.publish([message])
    broker_line.hush()
    began = time.monotonic()
    with pytest.raises(Unavailable):
        publisher.publish([message], seconds=0.5)
    assert time.monotonic() - began < 10
    broker_line.cut()
    broker_line.speak()
    publisher.publish([message])
    publisher.close()
    assert desk.depth(QUEUE) >= 2


def test_p12_p14_p24_a_service_outlives_a_broker_that_comes_late_freezes_and_restarts(
    late_node: BrokerNode, host: Host
) -> None:
    service = host(SAMPLE, {"AMQP_URI": late_node.uri, "DIAOXUN_SECRET": SECRET, "HEARTBEAT": 2})
    client = RpcClient(late_node.uri, TOKENS, heartbeat=6)
    with pytest.raises(Unavailable):
        client.call("sample", BRIEF, {"seconds": 0}, CONTEXT)
    assert service.facts()["connected"] is False
    late_node.start()
    service.said("ready")
    wait_until(lambda: client.connected, 60, "the client reaches the late broker")
    assert client.call("sample", ECHO, {"text": "up"}, CONTEXT)["text"] == "up"

    late_node.pause()
    began = time.monotonic()
    with pytest.raises((DeadlineExceeded, Unavailable)):
        client.call("sample", BRIEF, {"seconds": 0}, CONTEXT)
    assert time.monotonic() - began < 10
    wait_until(lambda: not service.facts()["connected"], 60, "the service notices the frozen broker")
    late_node.resume()
    wait_until(lambda: service.facts()["connected"] and client.connected, 60, "both are back")
    assert client.call("sample", ECHO, {"text": "thawed"}, CONTEXT)["text"] == "thawed"

    late_node.kill()
    wait_until(lambda: not service.facts()["connected"], 60, "the service notices the dead broker")
    late_node.start()
    wait_until(lambda: service.facts()["connected"] and client.connected, 60, "both are back")
    assert client.call("sample", ECHO, {"text": "restarted"}, CONTEXT)["text"] == "restarted"
    assert client.pending == 0
    client.close()
