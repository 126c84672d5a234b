"""P12: a service started before its broker waits, lives, is not ready, and works once the broker is there."""

from __future__ import annotations

from shared.context import Context
from shared.security.caller import Caller, Role
from tests.fixtures import sample_services as sample
from tests.fixtures.broker import BrokerNode, wait_until
from tests.fixtures.runner_process import Place

ORGANISER = Caller("test:organiser", frozenset({Role.ORGANISATION_DEPARTMENT}), ("",))


def test_p12_a_service_started_before_the_broker_waits_and_then_works(place: Place, late_node: BrokerNode) -> None:
    runner = place.runner("alpha", AMQP_URI=late_node.uri).start("--migrate")
    wait_until(lambda: "waiting for 消息队列" in runner.said, 30, "it waits for the broker")
    assert runner.get("/livez")[0] == 200, "liveness does not depend on the broker"
    assert runner.get("/readyz")[0] == 503
    assert "waiting for the broker" in runner.get("/readyz")[1]

    late_node.start()
    runner.wait_ready(60)

    client = Place(late_node.uri, place.mongodb_uri, place.folder).client()
    try:
        assert client.call("alpha", sample.LIST_ITEMS, {}, Context(ORGANISER)) == {"items": []}
    finally:
        client.close()
    assert runner.stop() == 0


def test_p12_waiting_ends_at_the_given_limit_with_what_to_do(place: Place, late_node: BrokerNode) -> None:
    runner = place.runner("alpha", AMQP_URI=late_node.uri, DIAOXUN_START_SECONDS="1").start("--migrate")
    assert runner.process.wait(60) == 69
    assert "消息队列" in runner.said
    assert "check its address" in runner.said


def test_p12_a_stop_is_heard_while_still_waiting(place: Place, late_node: BrokerNode) -> None:
    runner = place.runner("alpha", AMQP_URI=late_node.uri).start("--migrate")
    wait_until(lambda: "waiting for 消息队列" in runner.said, 30, "it waits for the broker")
    assert runner.stop(seconds=10) == 0
