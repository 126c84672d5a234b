from __future__ import annotations

import base64
import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from gateway.administration.bootstrap import issue_key
from gateway.store import SCHEMA
from shared.clock import SystemClock
from shared.security.caller import Role
from shared.storage import Store
from tests.fixtures.broker import free_port
from tests.unit.gateway.fakes import SECRET


def get(port: int, path: str, key: str = "") -> tuple[int, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path, headers={"Authorization": f"Bearer {key}"} if key else {})
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read())


@pytest.fixture
def served(rabbitmq_uri: str, store_uri: str, store_prefix: str, tmp_path: Path) -> Iterator[tuple[int, Any]]:
    port = free_port()
    environ = {
        **os.environ,
        "AMQP_URI": rabbitmq_uri,
        "MONGODB_URI": store_uri,
        "DIAOXUN_DATABASE_PREFIX": store_prefix,
        "DIAOXUN_SECRET": SECRET,
        "DIAOXUN_FIELD_KEYS": "k1:" + base64.b64encode(bytes(range(32))).decode(),
        "DIAOXUN_VAR": str(tmp_path),
        "TMPDIR": str(tmp_path),
    }
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(
            [
                Path(sys.executable).with_name("diaoxun"), "gateway", "--workers", "2", "--threads", "4",
                "--host", "127.0.0.1", "--port", str(port),
            ],
            env=environ,
            stdout=log,
            stderr=log,
        )  # fmt: skip
        try:
            yield port, process
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()


def wait_for_readiness(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    ends = time.monotonic() + 60
    while True:
        try:
            if get(port, "/readyz")[0] == 200:
                return
        except OSError:
            assert process.poll() is None, log.read_text()
        assert time.monotonic() < ends, log.read_text()
        time.sleep(0.1)


def test_two_workers_serve_every_installed_contract_and_stop_when_told(
    served: tuple[int, Any], make_store: Callable[..., Store], tmp_path: Path
) -> None:
    port, process = served
    wait_for_readiness(port, process, tmp_path / "log")
    store = make_store(SCHEMA, clock=SystemClock())
    key = issue_key(store, SystemClock(), (SECRET,), "测试", [Role.ORGANISATION_DEPARTMENT])
    status, document = get(port, "/api/v1/openapi.json")
    assert status == 200
    assert {"/api/v1/plans", "/api/v1/nominations", "/api/v1/letters"} <= document["paths"].keys()
    for _ in range(4):
        status, problem = get(port, "/api/v1/plans", key)
        assert (status, problem["code"]) == (503, "unavailable"), "no service runs on this broker"
        nothing = {"items": [], "next_cursor": None, "next_since": 0, "gap": None}
        assert get(port, "/api/v1/event-log", key) == (200, nothing)
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    assert list(tmp_path.glob("diaoxun-gateway-*")) == []
    assert "Traceback" not in (tmp_path / "log").read_text()


def test_each_worker_gives_the_numbers_of_all(
    served: tuple[int, Any], make_store: Callable[..., Store], tmp_path: Path
) -> None:
    port, process = served
    wait_for_readiness(port, process, tmp_path / "log")
    key = issue_key(make_store(SCHEMA, clock=SystemClock()), SystemClock(), (SECRET,), "测试", [Role.AUDITOR])
    for _ in range(20):
        assert get(port, "/api/v1/event-log", key)[0] == 200
    line = 'diaoxun_gateway_requests_total{operation="gateway.list_events",status="200"} 20.0'
    seen = [scrape(port) for _ in range(10)]
    assert [line in each for each in seen] == [True] * 10, seen[0]
    assert all("diaoxun_gateway_streams 0.0" in each for each in seen)


def scrape(port: int) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", "/metrics")
    return connection.getresponse().read().decode()


def test_p07_the_gateway_loads_neither_nameko_nor_eventlet() -> None:
    loaded = (
        "import sys, gateway.process, shared.messaging.rpc_client, shared.messaging.subscriber;"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'nameko', 'eventlet'}))"
    )
    said = subprocess.run([sys.executable, "-W", "ignore", "-c", loaded], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
