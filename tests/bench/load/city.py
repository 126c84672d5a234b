"""The whole platform as an installation runs it: own broker and store, five services, a gateway of two processes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from gateway.administration.bootstrap import issue_key
from gateway.store import SCHEMA
from shared.clock import SystemClock
from shared.messaging import topology
from shared.plugins import Registry
from shared.runtime.directory import installed_contracts
from shared.security.caller import Role
from tests.e2e.gateway.small_city import UNIT, City, admit_two
from tests.fixtures.broker import free_port, running_node, wait_until
from tests.fixtures.runner_process import SECRET, Place
from tests.fixtures.store import StoreServer

SERVICES = ("scheduling", "enrollment", "compliance", "notification", "outcomes")
WORKERS, THREADS = 2, 32
_START_SECONDS = 180.0


@dataclass
class LoadedCity:
    """Where to send requests, with which keys, and whom to watch: names of processes with their ids."""

    city: City
    keys: list[str]
    processes: dict[str, int]
    amqp_uri: str
    queues: list[str]


@contextmanager
def loaded_city(folder: Path, callers: int) -> Iterator[LoadedCity]:
    """Run the platform with a small city in it and so many callers' keys."""
    with ExitStack() as closing:
        store = StoreServer(folder)
        closing.callback(store.kill)
        broker = closing.enter_context(running_node())
        place = Place(broker.uri, store.start(), folder)
        closing.callback(place.clear)
        place.environment |= {"DIAOXUN_CLOCK": "settable", "DIAOXUN_CLOCK_START": "2020-03-02T09:00:00+08:00"}
        for name in SERVICES:
            place.runner(name, module="shared.runtime.runner").start("--migrate")
        for runner in place.started:
            wait_until(lambda each=runner: "metrics on port" in each.said, _START_SECONDS, "a service opens its port")
            runner.wait_ready(_START_SECONDS)
        url, gateway = closing.enter_context(_gateway(place))
        city = City(url, _keys(place, callers))
        admit_two(city)
        processes = {name: runner.process.pid for name, runner in zip(SERVICES, place.started, strict=True)}
        processes |= {"gateway": gateway, "store": store.pid, "broker": broker.pid}
        contracts = installed_contracts(Registry().discover()).contracts
        queues = topology.apply(contracts, place.amqp_uri)
        keys = [key for name, key in city.keys.items() if name.startswith("caller")]
        yield LoadedCity(city, keys, processes, place.amqp_uri, queues)


def _keys(place: Place, callers: int) -> dict[str, str]:
    store, clock = place.store(SCHEMA), SystemClock()
    department, unit = [Role.ORGANISATION_DEPARTMENT], [Role.UNIT]
    keys = {"organiser": issue_key(store, clock, (SECRET,), "organiser", department)}
    keys["unit"] = issue_key(store, clock, (SECRET,), "unit", unit, (UNIT,))
    return keys | {f"caller{n}": issue_key(store, clock, (SECRET,), f"caller{n}", department) for n in range(callers)}


@contextmanager
def _gateway(place: Place) -> Iterator[tuple[str, int]]:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with (place.folder / "gateway.log").open("wb") as log:
        process = subprocess.Popen(
            [
                sys.executable, "-W", "ignore", "-m", "gunicorn", "--worker-class", "gthread",
                "--workers", str(WORKERS), "--threads", str(THREADS), "--bind", f"127.0.0.1:{port}",
                "gateway.wsgi:application",
            ],
            env=place.full_environment,
            stdout=log,
            stderr=log,
        )  # fmt: skip
    try:
        wait_until(lambda: _ready(url), _START_SECONDS, "the gateway is ready")
        yield url, process.pid
    finally:
        process.terminate()
        process.wait(40)


def _ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/readyz", timeout=5).status_code == 200
    except httpx.TransportError:
        return False
