"""Processes that are stopped, killed, or die on a message: nothing is lost, nothing loops for ever."""

from __future__ import annotations

import json
from pathlib import Path

from shared.messaging import RpcClient, dlq, naming
from tests.fixtures.broker import Line, wait_until
from tests.fixtures.hosting import Host, Hosted
from tests.hosts.disk_outbox import DiskOutbox, Row
from tests.hosts.sample import ECHO, SLEEP
from tests.integration.messaging.conftest import CONTEXT, QUEUE, Desk, envelope

LISTENER = "tests.hosts.telling:TellingListener"
DYING = "tests.hosts.telling:DyingSample"


def test_p06_sigterm_amid_work_acknowledges_what_runs_and_hands_back_the_rest(desk: Desk, host: Host) -> None:
    config = {**desk.config, "max_workers": 1, "prefetch_count": 3}
    for number in range(3):
        desk.emit(number, seconds=2.5)
    first = host(LISTENER, config)
    assert first.said("begun") == 0
    first.terminate()
    assert first.said("stopped") is True
    assert [line["handled"] for line in first.heard if "handled" in line] == [0]
    first.process.wait(40)
    assert desk.depth() == 2
    second = host(LISTENER, config)
    assert sorted([second.said("handled"), second.said("handled")]) == [1, 2]
    assert second.silent(0.5)


def test_p06_a_broker_that_takes_its_time_is_not_taken_for_a_lost_one_and_the_stop_is_in_order(
    desk: Desk, host: Host, broker_line: Line
) -> None:
    broker_line.delay = 0.25
    far = host(f"{LISTENER},{DYING}", {**desk.config, "AMQP_URI": broker_line.uri(desk.uri)})
    far.said("ready")
    desk.emit(1)
    assert far.said("handled") == 1
    far.terminate()
    assert far.said("stopped") is True
    assert "connection to broker lost" not in far.log().lower()


def test_p06_a_line_cut_in_the_middle_of_a_stop_does_not_hold_it_up(desk: Desk, host: Host, broker_line: Line) -> None:
    far = host(f"{LISTENER},{DYING}", {**desk.config, "AMQP_URI": broker_line.uri(desk.uri)})
    far.said("ready")
    broker_line.hush()
    far.terminate()
    assert far.silent(1.0), "the broker has not said yet that nothing more is consumed"
    broker_line.cut()
    broker_line.speak()
    assert far.said("stopped") is True
    assert "connection to broker lost" in far.log().lower()


def test_p23_sigterm_with_a_hung_handler_ends_in_time_and_the_event_comes_again(desk: Desk, host: Host) -> None:
    hung = host(LISTENER, {**desk.config, "stop_seconds": 0.5})
    hung.said("ready")
    desk.emit(1, seconds=600)
    hung.said("begun")
    hung.terminate()
    assert hung.said("stopped", 40) is False
    hung.process.wait(40)
    wait_until(lambda: desk.depth() == 1, what="the event is back on its queue")


def test_p01_what_lies_beside_an_event_that_kills_its_consumer_goes_its_own_way(
    patient_desk: Desk, host: Host, tmp_path: Path
) -> None:
    """It comes back with the killer each time: it must neither be lost nor be taken for a killer as well."""
    desk = patient_desk
    config = {**desk.config, "trials": str(tmp_path / "trials")}
    killer = desk.emit(0, how="die")
    for number in (1, 2, 3):
        desk.emit(number, seconds=0.3)
    failing = desk.emit(4, how="bug", seconds=0.3)
    handled: list[int] = []
    deaths = 0
    while dlq.depth(desk.uri, "listener") < 2:
        victim = host(LISTENER, config)
        wait_until(lambda victim=victim: victim.process.poll() is not None or dlq.depth(desk.uri, "listener") == 2)  # type: ignore[misc]
        deaths += victim.process.poll() is not None
        victim.kill()
        handled += [line["handled"] for line in victim.told() if "handled" in line]
    letters = {letter.id: (letter.queue, letter.reason) for letter in dlq.listed(desk.uri, "listener")}
    assert letters == {killer: (QUEUE, "crashed-repeatedly"), failing: (QUEUE, "gave-up")}
    assert deaths == 4
    assert {1, 2, 3} <= set(handled)
    survivor = host(LISTENER, desk.config)
    desk.emit(5)
    assert survivor.said("handled") == 5
    assert dlq.depth(desk.uri, "listener") == 2


def test_p03_a_request_that_kills_its_server_is_put_aside_after_six_tries(
    desk: Desk, host: Host, client: RpcClient
) -> None:
    rpc = naming.rpc_queue("sample")
    _ask_without_waiting(desk)
    for _ in range(6):
        victim = host(DYING, desk.config)
        victim.said("begun")
        victim.process.wait(40)
    survivor = host(DYING, desk.config)
    survivor.said("ready")
    wait_until(lambda: dlq.depth(desk.uri, "sample") == 1, what="the request is put aside")
    (letter,) = dlq.listed(desk.uri, "sample")
    assert (letter.queue, letter.reason) == (rpc, "crashed-repeatedly")
    assert client.call("sample", ECHO, {"text": "alive"}, CONTEXT)["text"] == "alive"


def _ask_without_waiting(desk: Desk) -> None:
    from nameko.standalone.rpc import ClusterRpcProxy

    from tests.integration.messaging.conftest import ORGANISER, TOKENS

    context = {"caller": TOKENS.sign(ORGANISER)}
    with ClusterRpcProxy({"AMQP_URI": desk.uri}, context_data=context) as proxy:
        getattr(proxy.sample, SLEEP.name).call_async(seconds=0, mark="deadly")


def _outbox(path: Path) -> tuple[DiskOutbox, str]:
    outbox = DiskOutbox(str(path))
    body = envelope("evt_once", 1)
    outbox.write(Row("evt_once", body["type"], json.dumps(body)))
    return outbox, str(path)


def _relay(desk: Desk, path: str, die_at: str = "") -> Hosted:
    return Hosted("tests.hosts.crashing_relay", path, json.dumps({"AMQP_URI": desk.uri, "die_at": die_at}))


def test_p11_killed_between_commit_and_publish_the_event_leaves_after_the_restart(desk: Desk, tmp_path: Path) -> None:
    outbox, path = _outbox(tmp_path / "outbox")
    _relay(desk, path, "before-publish").process.wait(30)
    assert desk.depth() == 0
    assert len(outbox.pending(10)) == 1
    assert _relay(desk, path).said("published") == 1
    assert [event["id"] for event in desk.taken()] == ["evt_once"]
    assert outbox.pending(10) == []


def test_p11_killed_between_publish_and_remove_the_event_comes_twice_with_one_id(desk: Desk, tmp_path: Path) -> None:
    _, path = _outbox(tmp_path / "outbox")
    _relay(desk, path, "after-publish").process.wait(30)
    _relay(desk, path).said("published")
    assert [event["id"] for event in desk.taken()] == ["evt_once", "evt_once"]
