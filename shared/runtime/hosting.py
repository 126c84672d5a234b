"""Hosting services in a process: the order in which everything starts and, more important, stops.

Start: probes → database → broker → schema check → topology → relay → services → ready.
Stop: not ready → consumers cancelled, work finished and acknowledged → relay flushed → everything closed (P6, P23).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

import eventlet
from amqp.exceptions import AccessRefused
from nameko.containers import ServiceContainer

from shared.clock import Clock
from shared.config import Settings
from shared.errors import Fault
from shared.messaging import Relay, topology, transport
from shared.messaging.hub import HubWatch
from shared.messaging.stopping import stop_within
from shared.messaging.topology import Topology
from shared.observability import metrics, spans
from shared.observability.health import HealthChecks, Report
from shared.plugins import Registry
from shared.runtime import vital_signs
from shared.runtime.assembly import Assembly, assemble
from shared.runtime.clocks import clock_from
from shared.runtime.side_port import SidePort
from shared.runtime.waiting import wait_for
from shared.storage.audit_sealing import AuditSealing
from shared.wording import Words

_log = logging.getLogger("diaoxun.runner")

ROUND_SECONDS = 2.0
STALE_SECONDS = 15.0
# The share of the stop time that handlers get; the rest is for the relay and for closing.
_HANDLERS_SHARE = 0.7


class StoreUnprepared(Fault):
    """The database lacks what the code needs, and the runner was not told to make it."""

    code = "store-unprepared"
    status = 500
    title = Words("数据库尚未准备好", "Database not prepared")


class Runner:
    """The services of one process. ``start`` returns when they are ready; ``stop`` when everything is closed."""

    def __init__(self, assembly: Assembly, *, side_port: bool = True, retry: Mapping[str, Any] | None = None) -> None:
        self.assembly = assembly
        self.settings = assembly.settings
        self.checks = HealthChecks()
        # The embedded stack is one process that nothing would start again: there it only says so.
        self.watch = HubWatch(
            self.settings.blocking_seconds or None, self.settings.loop_dead_seconds if side_port else None
        )
        self.phase = Words("正在启动", "starting")
        self.running = False
        self.containers: list[ServiceContainer] = []
        self.relay = Relay(
            {each.name: each.store.outbox for each in assembly.hosted},
            self.settings.amqp_uri,
            leases={each.name: each.store.leases for each in assembly.hosted},
            poll=self.settings.relay_seconds,
        )
        self._sealing = AuditSealing({each.name: each.store for each in assembly.hosted})
        self.side = SidePort(self.settings.side_host, self.settings.side_port, self._live, self._ready)
        self._has_side_port = side_port
        self._topology = Topology.from_config(retry or {})
        self._report: Report | None = None
        self._greenlets: list[Any] = []
        self._blockages = 0

    def start(self, *, migrate: bool = False, stop_asked: Callable[[], bool] = lambda: False) -> None:
        """Bring everything up. ``migrate`` prepares the databases; otherwise an unprepared one is refused.

        Raises ``StoreUnprepared``, ``SchemaMismatch``, ``Unavailable`` (waited too long), ``StopAsked``, ``OSError``
        (side port taken).
        """
        self.watch.start()
        spans.send_to(self.settings.otlp_url)
        if self._has_side_port:
            self.side.start()
            _log.info("probes and metrics on port %d", self.side.port)
        self._wait_for_servers(stop_asked)
        for each in self.assembly.hosted:
            self._prepare(each.name, each.store, migrate)
        self._say("正在声明队列", "declaring queues")
        self._apply_topology()
        self._say("正在启动服务", "starting services")
        self._start_relay()
        self.containers = [ServiceContainer(each.service_class, each.config) for each in self.assembly.hosted]
        for container in self.containers:
            container.start()
            _log.info("service started: %s", container.service_name)
        self._add_checks()
        self._greenlets = [eventlet.spawn(self._rounds)]
        self._sealing.start()
        self.running = True
        self._say("运行中", "running")

    def dead(self) -> list[str]:
        """Return the names of services whose container died of an error."""
        return [container.service_name for container in self.containers if container._died.ready()]

    def report(self) -> Report:
        """Run all health checks now and report."""
        self._report = self.checks.run()
        self._note_blockages()
        return self._report

    def stop(self, seconds: float | None = None) -> bool:
        """Stop in order, within ``seconds`` (default: the settings'); return whether all work ended by itself."""
        limit = self.settings.stop_seconds if seconds is None else seconds
        ends = time.monotonic() + limit
        self.running = False
        self._say("正在停止", "stopping")
        for greenlet in self._greenlets:
            greenlet.kill()
        pool = eventlet.GreenPool()
        graceful = all(list(pool.imap(lambda each: stop_within(each, limit * _HANDLERS_SHARE), self.containers)))
        self.relay.stop(max(0.5, min(5.0, ends - time.monotonic())))
        self._sealing.stop(max(0.5, min(5.0, ends - time.monotonic())))
        self.assembly.rpc.close()
        for each in self.assembly.hosted:
            each.store.close()
        spans.stop()
        self.watch.stop()
        self.side.stop()
        _log.info("stopped %s", "with all work finished" if graceful else "by force: unfinished work will come again")
        return graceful

    def _wait_for_servers(self, stop_asked: Callable[[], bool]) -> None:
        seconds = self.settings.start_seconds
        self._say("正在等待数据库", "waiting for the database")
        for each in self.assembly.hosted:
            wait_for("数据库 / the database", each.store.ping, seconds, stop_asked)
        self._say("正在等待消息队列", "waiting for the broker")
        wait_for("消息队列 / the broker", self._reach_broker, seconds, stop_asked)

    def _reach_broker(self) -> None:
        with transport.connect(self.settings.amqp_uri, "runner") as connection:
            connection.connect()

    def _prepare(self, name: str, store: Any, migrate: bool) -> None:
        self._say(f"正在检查 {name} 的数据库", f"checking the database of {name}")
        if migrate:
            store.ensure()
            return
        lacking = store.lacks()
        if lacking:
            listed = ", ".join(lacking)
            raise StoreUnprepared(
                f"{name} 的数据库缺少：{listed}；请先运行 diaoxun migrate {name}，或以 --migrate 启动",
                f"the database of {name} lacks {listed}; run 'diaoxun migrate {name}' first, or start with --migrate",
                service=name,
                lacks=lacking,
            )

    def _apply_topology(self) -> None:
        subscriptions = [one for each in self.assembly.hosted for one in each.subscriptions()]
        hosted = {each.name for each in self.assembly.hosted}
        known = self.assembly.directory.contracts
        own = [contract for contract in known if contract.name in hosted]
        topology.apply(own, self.settings.amqp_uri, self._topology, subscriptions)
        try:
            others = [contract for contract in known if contract.name not in hosted]
            topology.apply(others, self.settings.amqp_uri, self._topology)
        except AccessRefused:
            _log.info("queues of other services are left to `diaoxun prepare`: this user may not declare them")

    def _start_relay(self) -> None:
        for each in self.assembly.hosted:
            each.store.on_commit.append(partial(self.relay.nudge, each.name))
        self.relay.start()

    def _add_checks(self) -> None:
        vital_signs.watch_loop(self.checks, self.watch)
        vital_signs.watch_plugins(self.checks, self.assembly.plugins)
        vital_signs.watch_relay(self.checks, self.relay)
        for each, container in zip(self.assembly.hosted, self.containers, strict=True):
            vital_signs.watch_store(self.checks, each.name, each.store)
            vital_signs.watch_container(self.checks, container)
            vital_signs.watch_quarantine(self.checks, each.name, self.settings.amqp_uri)

    def _rounds(self) -> None:
        while True:
            try:
                self.report()
            except Exception:
                _log.exception("a round of health checks failed")
            eventlet.sleep(ROUND_SECONDS)

    def _note_blockages(self) -> None:
        for blockage in self.watch.blockages[self._blockages :]:
            metrics.LOOP_BLOCKED.inc()
            _log.warning("the event loop stood still for %.2f s (P22):\n%s", blockage.seconds, blockage.stack)
        self._blockages = len(self.watch.blockages)

    def _live(self) -> tuple[bool, dict[str, Any]]:
        age = self.watch.age
        return age < self.settings.loop_dead_seconds, {
            "loop_tick_age_seconds": round(age, 3),
            "phase": self.phase.to_wire(),
        }

    def _ready(self) -> tuple[bool, dict[str, Any]]:
        report = self._report
        said: dict[str, Any] = {"phase": self.phase.to_wire()}
        if not self.running or report is None:
            return False, {"ready": False, **said}
        fresh = time.monotonic() - report.at < STALE_SECONDS
        ready = report.ready and fresh
        return ready, {**said, **report.to_wire(), "ready": ready}

    def _say(self, zh: str, en: str) -> None:
        self.phase = Words(zh, en)
        _log.info("%s", en)


def build_runner(
    services: Iterable[str | type[Any]],
    settings: Settings,
    *,
    clock: Clock | None = None,
    plugins: Registry | None = None,
    config: Mapping[str, Any] | None = None,
    side_port: bool = True,
) -> Runner:
    """Return a runner for services given by name or class; nothing is connected before ``start``.

    ``config`` adds to the containers' configuration. Raises ``SettingsInvalid``, ``PluginMissing``, ``PluginFailed``.
    """
    assembly = assemble(services, settings, clock=clock or clock_from(settings), plugins=plugins, config=config)
    return Runner(assembly, side_port=side_port, retry=config)
