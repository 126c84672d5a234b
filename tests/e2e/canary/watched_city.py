"""The whole city on a real broker, with an ear on all it says: logs, events, metrics, spans, errors, dead letters."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import kombu

from deploy.local.stack_child import Running
from deploy.local.stack_secrets import StackSecrets
from gateway.administration import bootstrap
from gateway.store import SCHEMA
from shared.clock import SystemClock
from shared.contracts import Operation
from shared.messaging import dlq
from shared.messaging.dlq_copies import copies
from shared.messaging.naming import event_exchange
from shared.messaging.topology import Topology, subscriptions_of
from shared.plugins import Registry
from shared.runtime.clocks import LOOK_SECONDS, FileClock
from shared.runtime.directory import installed_contracts
from shared.security.caller import Role
from shared.security.signing import SigningKeys
from tests.e2e.local.office import Office
from tests.faults.books import books_in
from tests.fixtures.broker import wait_until
from tests.fixtures.runner_process import SECRET, Place
from tests.fixtures.served_gateway import served_gateway
from tests.fixtures.span_collector import Collector

SERVICES = ("scheduling", "enrollment", "compliance", "notification", "outcomes")
PASSWORD = "correct horse battery"
START_SECONDS = 180.0
_OPEN_GATEWAY = {
    "DIAOXUN_GATEWAY_SECURE_COOKIES": "false", "DIAOXUN_GATEWAY_RATE": "5000", "DIAOXUN_GATEWAY_BURST": "5000",
}  # fmt: skip


@dataclass
class Heard:
    """What the city said, by where it was said."""

    errors: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)


class WatchedOffice(Office):
    """An office that keeps every refusal."""

    def __init__(self, running: Running, units: tuple[str, ...], heard: Heard) -> None:
        super().__init__(running, units)
        self._heard = heard

    def ask(self, operation: Operation, request: dict[str, Any], who: str, **files: bytes) -> httpx.Response:
        response = super().ask(operation, request, who, **files)
        if response.status_code >= 400:
            self._heard.errors.append(response.text + json.dumps(dict(response.headers), ensure_ascii=False))
        return response


@dataclass
class WatchedCity:
    """Five services and a gateway, each a process."""

    place: Place
    office: WatchedOffice
    clock: FileClock
    url: str
    gateway_log: Path
    spans: Collector
    heard: Heard
    ear: kombu.Queue

    def events(self) -> list[str]:
        """Take what came into the ear since, and return every event published so far, headers and all."""
        with kombu.Connection(self.place.amqp_uri) as connection:
            queue = self.ear(connection.channel())
            while (message := queue.get(no_ack=True)) is not None:
                body = message.body if isinstance(message.body, bytes) else str(message.body).encode()
                self.heard.events.append(body.decode() + json.dumps(message.headers, default=str, ensure_ascii=False))
        return self.heard.events

    def logs(self) -> str:
        return "\n".join([self.gateway_log.read_text("utf-8"), *(each.said for each in self.place.started)])

    def metrics(self) -> str:
        gateway = httpx.get(f"{self.url}/metrics", timeout=20)
        assert gateway.status_code == 200
        return "\n".join([gateway.text, *(each.get("/metrics")[1] for each in self.place.started)])

    def traces(self) -> str:
        return "\n".join(self.spans.bodies)

    def dead_letters(self) -> str:
        return json.dumps([copies(self.place.amqp_uri, name) for name in SERVICES], ensure_ascii=False, default=str)

    def let_everybody_look(self) -> None:
        """Wait until every process has seen the clock."""
        time.sleep(1.2 * LOOK_SECONDS)

    def settle(self) -> None:
        """Wait until no queue of the city holds a message, what went out was taken in, and spans of that have come.

        Handlers that have nothing to do take nothing in: then until nothing waited for long.
        """
        quiet, known = 0, books_in(self.place.mongodb_uri, self.place.prefix)
        with kombu.Connection(self.place.amqp_uri) as connection:
            channel = connection.channel()
            topology = Topology()
            names = [
                topology.handler_queue(each).name
                for contract in installed_contracts(Registry().discover()).contracts
                for each in subscriptions_of(contract)
            ]
            while quiet < (15 if known.missing else 3):
                waiting = sum(channel.queue_declare(name, passive=True).message_count for name in names)
                before, known = known, books_in(self.place.mongodb_uri, self.place.prefix)
                quiet = 0 if waiting or known.waiting or known != before else quiet + 1
                time.sleep(1.0)

    def quarantined(self) -> int:
        return sum(dlq.depth(self.place.amqp_uri, name) for name in (*SERVICES, "gateway"))


@contextmanager
def watched_city(place: Place, spans: Collector, units: tuple[str, ...], start: str) -> Iterator[WatchedCity]:
    """Run the city from ``start`` on a clock of its own."""
    place.environment |= {
        "DIAOXUN_CLOCK": "settable", "DIAOXUN_CLOCK_START": start, "DIAOXUN_OTLP_URL": spans.url,
        "DIAOXUN_LOG_LEVEL": "DEBUG", "DIAOXUN_SIGNING_KEYS": f"c1:{SigningKeys.new_key()}",
    }  # fmt: skip
    for name in SERVICES:
        place.runner(name, module="tests.e2e.independence.city_runner").start("--migrate")
    for runner in place.started:
        wait_until(lambda each=runner: "metrics on port" in each.said, START_SECONDS, "the service opens its port")
        runner.wait_ready(START_SECONDS)
    ear = _ear(place)
    log = place.folder / "gateway.log"
    with served_gateway(log, {**place.full_environment, **_OPEN_GATEWAY}, workers=1, threads=8) as (url, _):
        heard = Heard()
        running = Running(
            url, dict, True, _access(place), Path(place.environment["DIAOXUN_VAR"]) / "settings/clock.json"
        )
        office = WatchedOffice(running, units, heard)
        yield WatchedCity(place, office, FileClock(running.clock), url, log, spans, heard, ear)
        office.close()


def _access(place: Place) -> StackSecrets:
    store, clock = place.store(SCHEMA), SystemClock()
    bootstrap.ensure_account(store, clock, "admin", PASSWORD, "安全管理员", [Role.SECURITY_ADMIN])
    key = bootstrap.issue_key(store, clock, (SECRET,), "organiser", [Role.ORGANISATION_DEPARTMENT])
    return StackSecrets(
        caller_secret=SECRET, field_keys="", signing_keys="", passwords={"admin": PASSWORD}, api_key=key
    )


def _ear(place: Place) -> kombu.Queue:
    """Bind a queue to every event of every service."""
    queue = kombu.Queue("canary.ear", durable=True)
    with kombu.Connection(place.amqp_uri) as connection:
        bound = queue(connection.channel())
        bound.declare()
        for name in SERVICES:
            bound.bind_to(event_exchange(name), "#")
    return queue
