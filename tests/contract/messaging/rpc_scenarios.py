"""Requests: deadlines, broken ones, stopped services, who may call, how deep calls nest."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import eventlet

from shared.context import Context
from shared.errors import Fault
from shared.messaging import Call, RpcClient, dlq, headers, naming, serializer, serves
from shared.observability import metrics
from shared.observability.health import HealthChecks
from shared.runtime import vital_signs
from shared.security.caller import Caller, Role
from shared.security.tokens import CallerTokens
from tests.contract.stage import ORGANISER, TOKENS, Stage, consumer_of, wait_until
from tests.hosts.sample import ABSENT, BRIEF, COMMAND, ECHO, FAIL, SLEEP, SampleService

PATIENT = replace(SLEEP, timeout=30.0)


def round_trip(stage: Stage) -> dict[str, Any]:
    stage.sample()
    reply = stage.call(ECHO, {"text": "江城", "day": "2020-05-11"}, correlation_id="req_7")
    return {"reply": reply, "pending": stage.client().pending}


def faults(stage: Stage) -> dict[str, Any]:
    stage.sample()
    caller = Caller("unit", frozenset({Role.UNIT}), ("jiangcheng.donghu",))
    narrow = Caller("key", frozenset({Role.UNIT}), ("",), scopes=frozenset({"other:read"}))
    return {
        "fault": stage.call(FAIL, {"how": "fault"}),
        "bug": stage.call(FAIL, {"how": "bug"}),
        "unfit": stage.call(FAIL, {"how": "unfit"}),
        "unknown": stage.call(ABSENT)["fault"],
        "field": stage.call(ECHO, {"colour": "red"}),
        "role": stage.call(COMMAND, {"seconds": 0}, caller=caller)["fault"],
        "scope": stage.call(ECHO, {}, caller=narrow)["fault"],
        "reach": stage.call(ECHO, {"unit_id": "jiangcheng.hanyang"}, caller=caller)["fault"],
        "within": stage.call(ECHO, {"unit_id": "jiangcheng.donghu.health", "text": "ok"}, caller=caller)["text"],
    }


def forged_caller(stage: Stage) -> dict[str, Any]:
    stage.sample()
    stranger = RpcClient(stage.uri, CallerTokens(("another-secret-" + "1" * 32,)))
    try:
        stranger.call("sample", ECHO, {}, Context(caller=ORGANISER))
    except Fault as fault:
        return {"fault": fault.code}
    finally:
        stranger.close()
    return {"fault": None}


def deadline_in_time(stage: Stage) -> dict[str, Any]:
    stage.sample()
    stage.call(ECHO)
    began = time.monotonic()
    reply = stage.call(BRIEF, {"seconds": 20, "mark": "slow"})
    took = time.monotonic() - began
    return {"fault": reply["fault"], "took": took, "pending": stage.client().pending}


def zombies(stage: Stage) -> dict[str, Any]:
    container = stage.sample()
    stage.call(ECHO)
    stage.stop(container)
    reply = stage.call(BRIEF, {"seconds": 0, "mark": "zombie"})
    stage.sample()
    late = stage.call(SLEEP, {"seconds": 0, "mark": "alive"})
    return {"fault": reply["fault"], "late": late["text"], "ran": SampleService.ran}


def hostile_requests(stage: Stage) -> dict[str, Any]:
    stage.sample()
    exchange, key = naming.RPC_EXCHANGE, "sample.echo"
    body = serializer.encode({"args": [], "kwargs": {}})
    stage.publish(exchange, key, body)
    stage.publish(exchange, key, b"{not json")
    stage.publish(exchange, key, body, content_type="application/x-pickle")
    stage.publish(exchange, key, body, headers={"compression": "application/x-nonsense"})
    answered = _raw_ask(stage, b"{not json"), _raw_ask(stage, b"<xml/>", content_type="text/xml")
    letters = stage.quarantined("sample", 6)
    return {
        "alive": stage.call(ECHO, {"text": "still here"})["text"],
        "reasons": sorted(one.reason for one in letters),
        "answered": [reply["error"]["fault"]["code"] for reply in answered],
    }


def _raw_ask(stage: Stage, body: bytes, **properties: Any) -> dict[str, Any]:
    replies: list[Any] = []
    with stage.connection() as connection:
        channel = connection.channel()
        channel.basic_consume(naming.DIRECT_REPLY, no_ack=True, callback=replies.append, consumer_tag="raw")
        kind = properties.get("content_type", "application/json")
        given = {"reply_to": naming.DIRECT_REPLY, "correlation_id": "1"}
        message = channel.prepare_message(
            body,
            content_type=kind,
            content_encoding="utf-8",
            headers={headers.CALLER: TOKENS.sign(ORGANISER)},
            properties=given,
        )
        channel.basic_publish(message, exchange=naming.RPC_EXCHANGE, routing_key="sample.echo")
        ends = time.monotonic() + 5
        while not replies and time.monotonic() < ends:
            connection.drain_events(timeout=5)
    reply: dict[str, Any] = serializer.decode(replies[0].body)
    return reply


def stopped_amid_requests(stage: Stage) -> dict[str, Any]:
    container = stage.sample(max_workers=2, prefetch_count=4)
    pool = eventlet.GreenPool()
    calls = [pool.spawn(stage.call, PATIENT, {"seconds": 2.5, "mark": str(n)}) for n in range(4)]
    wait_until(lambda: len(SampleService.ran) == 2)
    graceful = stage.stop(container)
    ran = sorted(SampleService.ran)
    waiting = stage.depth(naming.rpc_queue("sample"))
    stage.sample()
    replies = sorted(str(call.wait().get("text")) for call in calls)
    return {
        "graceful": graceful,
        "ran": len(ran),
        "waiting": waiting,
        "replies": replies,
        "runs": len(SampleService.ran),
    }


def all_request_places_held(stage: Stage) -> dict[str, Any]:
    container = stage.sample(max_workers=2, prefetch_count=4)
    held = [eventlet.spawn(stage.call, PATIENT, {"seconds": 25, "mark": str(n)}) for n in range(2)]
    wait_until(lambda: len(SampleService.ran) == 2)
    before = _ran_out()
    reply = stage.call(BRIEF, {"seconds": 0, "mark": "late"})
    wait_until(lambda: _ran_out() > before)
    checks = HealthChecks()
    vital_signs.watch_container(checks, container)
    finding = checks.run().findings["workers:sample"]
    for each in held:
        each.kill()
    stage.stop(container, 0.1)
    return {
        "fault": reply["fault"],
        "ran_out": _ran_out() - before,
        "ran": sorted(SampleService.ran),
        "measures": finding.measures,
        "trouble": finding.trouble is not None,
    }


def _ran_out() -> float:
    labels = {"service": "sample", "operation": "sleep"}
    return metrics.REGISTRY.get_sample_value("diaoxun_deadlines_passed_total", labels) or 0.0


class _Chained:
    """A service that asks the next one, until the chain ends."""

    next_name: str | None = None

    @serves(ECHO)
    def echo(self, call: Call) -> dict[str, Any]:
        if self.next_name is None:
            return {"text": f"end at {call.context.depth}"}
        return CLIENTS[0].call(self.next_name, ECHO, call.request, call.context)


CLIENTS: list[Any] = []


def _chain(names: list[str], ring: bool = False) -> list[type[Any]]:
    kinds = []
    for place, name in enumerate(names):
        following = names[place + 1] if place + 1 < len(names) else names[0] if ring else None
        kinds.append(type(name.title(), (_Chained,), {"name": name, "next_name": following}))
    return kinds


def depth_three_with_one_worker_each(stage: Stage) -> dict[str, Any]:
    CLIENTS[:] = [stage.client()]
    for kind in _chain(["first", "second", "third"]):
        stage.start(kind, max_workers=1)
    return stage.client().call("first", ECHO, {}, Context(caller=ORGANISER))


def ring_of_services(stage: Stage) -> dict[str, Any]:
    CLIENTS[:] = [stage.client()]
    for kind in _chain(["first", "second"], ring=True):
        stage.start(kind, max_workers=8, max_call_depth=5)
    try:
        stage.client().call("first", ECHO, {}, Context(caller=ORGANISER))
    except Fault as fault:
        return {"fault": fault.code, "details": fault.details}
    return {"fault": None}


def nobody_serves(stage: Stage) -> dict[str, Any]:
    began = time.monotonic()
    try:
        stage.client().call("absent", replace(ECHO, timeout=30.0), {}, Context(caller=ORGANISER))
    except Fault as fault:
        return {"fault": fault.code, "quick": time.monotonic() - began < 15, "pending": stage.client().pending}
    return {"fault": None}


def many_at_once(stage: Stage) -> dict[str, Any]:
    stage.sample(max_workers=20)
    pool = eventlet.GreenPool(50)
    texts = [str(number) for number in range(400)]
    replies = [reply["text"] for reply in pool.imap(lambda text: stage.call(ECHO, {"text": text}), texts)]
    return {"matched": replies == texts, "pending": stage.client().pending}


def a_replica_that_takes_long_to_stop(stage: Stage) -> dict[str, Any]:
    first = stage.sample()
    stage.sample()
    stage.call(ECHO)
    consumer_of(first).stopping = True  # and still consuming: it has many operations to take leave of
    calls = [eventlet.spawn(stage.call, ECHO, {"text": str(number)}) for number in range(40)]
    eventlet.sleep(0.3)
    stage.stop(first)
    return {
        "answered": sorted(int(call.wait().get("text", -1)) for call in calls),
        "quarantined": dlq.depth(stage.uri, "sample"),
    }
