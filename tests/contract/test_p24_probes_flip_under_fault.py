"""P24: the probes tell a broken database, a lost broker and a blocked loop apart, and recover by themselves."""

from __future__ import annotations

import contextlib
import threading

from shared.context import Context
from shared.errors import Fault
from shared.security.caller import Caller, Role
from tests.fixtures import sample_services as sample
from tests.fixtures.broker import BrokerNode, wait_until
from tests.fixtures.runner_process import Place
from tests.fixtures.store import StoreServer

ORGANISER = Caller("test:organiser", frozenset({Role.ORGANISATION_DEPARTMENT}), ("",))


def test_p24_readiness_follows_the_database(place: Place, store_server: StoreServer) -> None:
    uri = store_server.start()
    port = store_server.port
    runner = place.runner("alpha", MONGODB_URI=uri).start("--migrate").wait_ready()

    store_server.kill()
    wait_until(lambda: not runner.ready(), 30, "not ready without a database")
    assert runner.checks()["database:alpha"]["trouble"] is not None
    assert runner.get("/livez")[0] == 200, "a lost database is no reason to be restarted"

    store_server.start(port)
    wait_until(runner.ready, 60, "ready again")
    assert 'diaoxun_check_healthy{check="database:alpha"} 1.0' in runner.get("/metrics")[1]
    runner.kill()


def test_p24_readiness_follows_the_broker(place: Place, own_node: BrokerNode) -> None:
    runner = place.runner("alpha", AMQP_URI=own_node.uri).start("--migrate").wait_ready()

    own_node.kill()
    wait_until(lambda: not runner.ready(), 30, "not ready without a broker")
    assert "重连" in runner.checks()["broker:alpha"]["trouble"]["zh"]
    assert runner.get("/livez")[0] == 200

    own_node.start()
    wait_until(runner.ready, 90, "ready again")
    runner.kill()


def test_p24_quarantine_outbox_and_workers_are_measured(place: Place) -> None:
    runner = place.runner("alpha").start("--migrate").wait_ready()
    wait_until(lambda: "quarantine:alpha" in runner.checks(), 20, "a full round of checks")
    metrics = runner.get("/metrics")[1]
    for name in ("diaoxun_quarantine_depth", "diaoxun_outbox_lag_seconds"):
        assert f'{name}{{service="alpha"}}' in metrics
    assert 'diaoxun_workers_busy{kind="request",service="alpha"} 0.0' in metrics
    assert runner.stop() == 0


def test_p24_the_probes_answer_while_the_loop_is_blocked(place: Place) -> None:
    runner = place.runner("alpha").start("--migrate").wait_ready()
    client = place.client()

    def ask() -> None:
        with contextlib.suppress(Fault):
            client.call("alpha", sample.HANG, {"holding": True}, Context(ORGANISER))

    threading.Thread(target=ask, daemon=True).start()
    wait_until(lambda: "the handler hangs now" in runner.said, 20, "the loop is held")
    wait_until(lambda: '"loop_tick_age_seconds": 0.' not in runner.get("/livez")[1], 10, "the probe shows the age")
    assert runner.get("/metrics") == (503, "the event loop is blocked\n")
    runner.kill()
    client.close()
