"""The whole platform as an installation runs it: own broker and store, five services, a gateway of two processes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from gateway.administration.bootstrap import issue_key
from gateway.store import SCHEMA
from shared.clock import SystemClock
from shared.messaging import topology
from shared.plugins import Registry
from shared.runtime.directory import installed_contracts
from shared.security.caller import Role
from tests.e2e.gateway.small_city import UNIT, City, admit_two
from tests.fixtures.broker import running_node, wait_until
from tests.fixtures.runner_process import SECRET, Place
from tests.fixtures.served_gateway import served_gateway
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
        url, gateway = closing.enter_context(
            served_gateway(place.folder / "gateway.log", place.full_environment, WORKERS, THREADS)
        )
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
