"""P9, P10: the arguments of queues and exchanges, in one place."""

from __future__ import annotations

import pytest

from shared.messaging import naming
from shared.messaging.topology import Subscription, Topology, event_exchange, rpc_queue, subscriber_entities

PLAN = Topology()


def test_p09_a_handler_queue_is_quorum_limited_and_dead_letters_safely_into_the_quarantine() -> None:
    queue = PLAN.handler_queue(Subscription("compliance", "enrollment.roster.admitted.v1"))
    assert queue.name == "compliance.enrollment.roster.admitted.v1.react.q1"
    assert queue.exchange.name == "enrollment.events"
    assert queue.queue_arguments == {
        "x-queue-type": "quorum",
        "x-delivery-limit": 10,
        "x-overflow": "reject-publish",
        "x-dead-letter-strategy": "at-least-once",
        "x-dead-letter-exchange": "",
        "x-dead-letter-routing-key": "compliance.quarantine.q1",
    }


def test_p09_the_rungs_of_the_ladder_wait_and_send_back_by_the_messages_own_key() -> None:
    rungs = [queue for queue in PLAN.service_queues("compliance") if ".retry." in queue.name]
    assert [rung.name for rung in rungs] == [
        f"compliance.retry.{delay}.q1" for delay in ("5s", "30s", "120s", "600s", "3600s")
    ]
    assert [rung.queue_arguments["x-message-ttl"] for rung in rungs] == [5000, 30000, 120000, 600000, 3600000]
    assert all(rung.exchange.type == "fanout" for rung in rungs)
    assert all("x-dead-letter-routing-key" not in rung.queue_arguments for rung in rungs)


def test_p09_a_subscribers_queues_are_declared_with_the_same_guards_under_a_new_version() -> None:
    own, events = subscriber_entities("gateway", ["enrollment"])[:2]
    assert (own.name, events.name) == ("gateway.quarantine.q2", "gateway.events.q2")
    (service,) = (queue for queue in PLAN.service_queues("compliance") if ".quarantine." in queue.name)
    assert own.queue_arguments == service.queue_arguments
    handler = PLAN.handler_queue(Subscription("compliance", "enrollment.roster.admitted.v1"))
    assert events.queue_arguments == {
        **handler.queue_arguments,
        "x-delivery-limit": 100,
        "x-dead-letter-routing-key": "gateway.quarantine.q2",
    }


def test_p10_events_nobody_is_bound_to_have_an_alternate() -> None:
    assert event_exchange("enrollment").arguments == {"alternate-exchange": "enrollment.events.unroutable"}


def test_the_request_queue_is_as_stock_nameko_declares_it() -> None:
    queue = rpc_queue("enrollment")
    assert (queue.name, queue.routing_key, queue.exchange.name) == ("rpc-enrollment", "enrollment.*", "nameko-rpc")
    assert (queue.durable, queue.queue_arguments) == (True, None)


@pytest.mark.parametrize(("seconds", "name"), [(5, "5s"), (0.05, "50ms"), (1.5, "1500ms"), (3600.0, "3600s")])
def test_delays_have_readable_names(seconds: float, name: str) -> None:
    assert naming.retry_queue("a", seconds) == f"a.retry.{name}.q1"
