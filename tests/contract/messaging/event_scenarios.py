"""Events: what happens to them when handlers fail, bodies are broken, services stop or are not there yet."""

from __future__ import annotations

import time
from typing import Any

from shared.errors import Unavailable
from shared.messaging import dlq, naming, serializer, topology
from shared.messaging.quarantine import AT
from tests.contract.envelopes import envelope
from tests.contract.stage import LISTENER_QUEUE, Stage, consumer_of, wait_until
from tests.hosts.sample import CONTRACT, HAPPENED, LISTENER, UNHEARD, ListenerService


def fails_twice_then_works(stage: Stage) -> dict[str, Any]:
    stage.listener()
    event_id = stage.emit(1, how="twice")
    wait_until(lambda: ListenerService.handled)
    return {"handled": ListenerService.handled, "event_id": event_id, "left": stage.depth(LISTENER_QUEUE)}


def always_fails(stage: Stage) -> dict[str, Any]:
    stage.listener()
    event_id = stage.emit(1, how="bug")
    letters = stage.quarantined("listener")
    return {
        "event_id": event_id,
        "letters": [[one.id, one.queue, one.reason, one.error, one.attempts] for one in letters],
        "dated": AT in letters[0].headers,
        "left": stage.depth(LISTENER_QUEUE),
    }


def lost_connection_in_handler_stays_on_the_last_rung(stage: Stage) -> dict[str, Any]:
    stage.listener(retry_patience=3)
    stage.emit(1, how="gone")
    return {"attempts": stage.quarantined("listener")[0].attempts}


def broken_bodies(stage: Stage) -> dict[str, Any]:
    stage.listener()
    exchange = naming.event_exchange("sample")
    stage.publish(exchange, HAPPENED.type, b"{not json")
    stage.publish(exchange, HAPPENED.type, b"\xff\xfe\x00", content_encoding="utf-8")
    stage.publish(exchange, HAPPENED.type, b"<xml/>", content_type="application/xml")
    stage.publish(exchange, HAPPENED.type, b'{"number": 1}')
    stage.publish(exchange, HAPPENED.type, b"[" * 100_000)
    stage.publish(exchange, HAPPENED.type, b"squeezed", headers={"compression": "application/x-nonsense"})
    stage.emit("two")
    letters = stage.quarantined("listener", 7)
    stage.emit(7)
    wait_until(lambda: ListenerService.handled)
    return {
        "bodies": sorted(one.body.hex() for one in letters if len(one.body) < 100)[:4],
        "reasons": sorted(one.reason for one in letters),
        "attempts": [one.attempts for one in letters],
        "handled": [number for number, _, _ in ListenerService.handled],
    }


def stopped_amid_work(stage: Stage) -> dict[str, Any]:
    for number in range(4):
        stage.emit(number, seconds=2.5)
    container = stage.listener(event_workers=2, prefetch_count=4, max_workers=4)
    wait_until(lambda: ListenerService.running == 2, what="two handlers run")
    graceful = stage.stop(container)
    first = sorted(number for number, _, _ in ListenerService.handled)
    waiting = stage.depth(LISTENER_QUEUE)
    stage.listener()
    wait_until(lambda: len(ListenerService.handled) >= 4)
    time.sleep(0.3)
    return {
        "graceful": graceful,
        "first": first,
        "waiting": waiting,
        "all": sorted(number for number, _, _ in ListenerService.handled),
    }


def declared_twice(stage: Stage) -> dict[str, Any]:
    plan = topology.Topology.from_config(stage.config)
    first = topology.apply([CONTRACT, LISTENER], stage.uri, plan)
    second = topology.apply([CONTRACT, LISTENER], stage.uri, plan)
    stage.listener()
    stage.sample()
    return {"same": first == second, "queues": first}


def nobody_there_yet(stage: Stage) -> dict[str, Any]:
    stage.emit(1)
    waiting = stage.depth(LISTENER_QUEUE)
    stage.publish(naming.event_exchange("sample"), UNHEARD.type, b"{}")
    caught = naming.unroutable_queue("sample")
    wait_until(lambda: stage.depth(caught) == 1, what="the catch queue has the event nobody is bound to")
    stage.listener()
    wait_until(lambda: ListenerService.handled)
    return {"waiting": waiting, "caught": stage.depth(caught), "handled": ListenerService.handled[0][0]}


def bounded_prefetch(stage: Stage) -> dict[str, Any]:
    for number in range(12):
        stage.emit(number, seconds=2.5)
    container = stage.listener(prefetch_count=3, event_workers=2)
    consumer = next(iter(container.entrypoints)).consumer
    wait_until(lambda: ListenerService.running == 2 and consumer.unsettled == 3)
    return {"unsettled": consumer.unsettled, "waiting": stage.depth(LISTENER_QUEUE), "running": ListenerService.most}


def hung_handler(stage: Stage) -> dict[str, Any]:
    container = stage.listener(handler_timeout=30)
    stage.emit(1, seconds=100)
    wait_until(lambda: ListenerService.running == 1)
    began = time.monotonic()
    graceful = stage.stop(container, 0.5)
    took = time.monotonic() - began
    wait_until(lambda: stage.depth(LISTENER_QUEUE) == 1, what="the message is back")
    return {"graceful": graceful, "in_time": took < 15, "handled": len(ListenerService.handled)}


def slow_handler_is_interrupted(stage: Stage) -> dict[str, Any]:
    stage.listener(handler_timeout=0.2, retry_delays=[0.05])
    stage.config["retry_delays"] = [0.05]
    topology.apply([LISTENER], stage.uri, topology.Topology.from_config(stage.config))
    stage.emit(1, seconds=20)
    letter = stage.quarantined("listener")[0]
    return {"error": letter.error.split(":")[0], "attempts": letter.attempts}


def a_wait_for_a_place_costs_no_time(stage: Stage) -> dict[str, Any]:
    for number in range(6):
        stage.emit(number, seconds=1)
    stage.listener(handler_timeout=2.5, event_workers=1, prefetch_count=6)
    wait_until(lambda: len(ListenerService.handled) >= 6, what="all handled")
    return {"attempts": [attempt for _, attempt, _ in ListenerService.handled], "at_once": ListenerService.most}


class Notes:
    """Notes of trials in memory; the first of them may meet a store that is away."""

    def __init__(self, away: int, begun: int) -> None:
        self._away, self._begun = away, begun
        self.said: list[str] = []

    def begin(self, key: str) -> int:
        self.said.append("begin")
        if self._away:
            self._away -= 1
            raise Unavailable("稍后再试", "try later")
        self._begun += 1
        return self._begun

    def end(self, key: str) -> None:
        self.said.append("end")


def an_event_that_came_back_twice(stage: Stage, away: int = 0, begun: int = 0) -> dict[str, Any]:
    notes = Notes(away, begun)
    stage.listener(trials=notes, retry_delays=[0.05, 0.1])
    body = serializer.encode(envelope("evt_back", 1))
    stage.publish(naming.event_exchange("sample"), HAPPENED.type, body, headers={"x-delivery-count": 2})
    wait_until(lambda: ListenerService.handled or dlq.depth(stage.uri, "listener"), what="handled, or put aside")
    wait_until(lambda: "end" in notes.said or ListenerService.handled, what="the note is gone, or was not needed")
    return {
        "handled": [attempt for _, attempt, _ in ListenerService.handled],
        "said": notes.said,
        "reasons": [letter.reason for letter in dlq.listed(stage.uri, "listener")],
    }


def one_that_meets_a_store_away(stage: Stage) -> dict[str, Any]:
    return an_event_that_came_back_twice(stage, away=1)


def one_that_ended_two_processes_alone(stage: Stage) -> dict[str, Any]:
    return an_event_that_came_back_twice(stage, begun=2)


def replayed_letters(stage: Stage) -> dict[str, Any]:
    noted: list[str] = []
    stage.listener()
    ids = [stage.emit(number, how="bug") for number in range(3)]
    stage.quarantined("listener", 3)
    rehearsed = dlq.replay(stage.uri, "listener", dry_run=True, audit=lambda act, one: noted.append(act))
    untouched = dlq.depth(stage.uri, "listener")
    only = dlq.Filter(ids=frozenset(ids[:1]))
    gone = dlq.discard(stage.uri, "listener", only, audit=lambda act, one: noted.append(act))
    before = stage.depth(naming.unroutable_queue("sample"))
    moved = dlq.replay(stage.uri, "listener", audit=lambda act, one: noted.append(act))
    again = stage.quarantined("listener", 2)
    shown = dlq.shown(stage.uri, "listener", ids[1])
    return {
        "rehearsed": len(rehearsed),
        "untouched": untouched,
        "gone": [one.id for one in gone] == ids[:1],
        "moved": sorted(one.id for one in moved) == sorted(ids[1:]),
        "again": [one.attempts for one in again],
        "elsewhere": stage.depth(naming.unroutable_queue("sample")) - before,
        "noted": noted,
        "shown": shown.queue == LISTENER_QUEUE and b'"number"' in shown.body,
    }


def a_replica_that_takes_long_to_stop(stage: Stage) -> dict[str, Any]:
    first = stage.listener()
    stage.listener()
    consumer_of(first).stopping = True  # and still consuming: it has many handlers to take leave of
    for number in range(40):
        stage.emit(number)
    time.sleep(0.3)
    stage.stop(first)
    wait_until(lambda: len(ListenerService.handled) >= 40, what="all handled")
    return {
        "handled": sorted(each[0] for each in ListenerService.handled),
        "quarantined": dlq.depth(stage.uri, "listener"),
    }
