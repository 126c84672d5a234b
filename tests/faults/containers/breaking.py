"""Faults of containers: killed, restarted, paused, cut off from their network."""

from __future__ import annotations

from pymongo.errors import PyMongoError

from tests.faults.books import books
from tests.faults.breaking import lasting
from tests.faults.containers.city import ContainerCity
from tests.faults.target import SERVICES
from tests.faults.trial import Fault, Strike
from tests.fixtures.broker import wait_until

Struck = Strike[ContainerCity]
_LASTS = 8.0
_LONG = 20.0


def kill_each_service(strike: Struck) -> None:
    """``kill -9`` of everything in each service's container in turn; the restart policy brings it back."""
    for number, name in enumerate(SERVICES):
        part, commands = ("nominating", 3 * number) if number < 2 else ("admitting", 9 * (number - 2) + 2)
        strike.reach(part, commands)
        strike.city.kill(name)
        strike.recover()


def kill_gateway(strike: Struck) -> None:
    """``kill -9`` of the gateway's master and workers, with requests in flight."""
    for part, commands in (("nominating", 4), ("admitting", 10), ("admitting", 40)):
        strike.reach(part, commands)
        strike.city.kill("gateway")
        strike.recover()


def kill_relay_in_mid_batch(strike: Struck) -> None:
    """``kill -9`` of those who announce most, while their relays wait for a broker that stands still."""
    for name, commands in (("enrollment", 2), ("notification", 10)):
        strike.reach("admitting", commands)
        broker = strike.city.container("rabbitmq")
        broker.pause()
        try:
            wait_until(lambda: _waiting(strike) > 1, 60, "a batch is under way")
            strike.city.kill(name)
        finally:
            broker.unpause()
        strike.recover()


def restart_broker(strike: Struck) -> None:
    """The broker is restarted in order."""
    strike.reach("admitting", 8)
    strike.city.container("rabbitmq").restart(timeout=30)
    strike.recover()


def kill_broker(strike: Struck) -> None:
    """The broker's container is killed and started again on its volume."""
    strike.reach("admitting", 8)
    strike.city.kill_server("rabbitmq")
    strike.recover()


def kill_store(strike: Struck) -> None:
    """The database's container is killed and started again on its volume, twice."""
    for part, commands in (("admitting", 8), ("teaching", 4)):
        strike.reach(part, commands)
        strike.city.kill_server("mongo")
        strike.recover()


def restart_store(strike: Struck) -> None:
    """The database is restarted in order."""
    strike.reach("admitting", 8)
    strike.city.container("mongo").restart(timeout=30)
    strike.recover()


def pause(service: str, seconds: float) -> Fault[ContainerCity]:
    """Return the fault: a container stands still for a while, with every connection to it open."""

    def fault(strike: Struck) -> None:
        strike.reach("admitting", 8)
        container = strike.city.container(service)
        container.pause()
        try:
            lasting(seconds)
        finally:
            container.unpause()
        strike.recover()

    return fault


def cut_off(service: str) -> Fault[ContainerCity]:
    """Return the fault: a container loses its network for a while; no connection is told."""

    def fault(strike: Struck) -> None:
        strike.reach("admitting", 8)
        network = strike.city.network()
        container = strike.city.container(service)
        network.disconnect(container)
        try:
            lasting(_LONG)
        finally:
            network.connect(container, aliases=[service])
        strike.recover()

    return fault


def upgrade_everything(strike: Struck) -> None:
    """Every service and the gateway is rolled to another release, one after the other, amid the load."""
    strike.reach("nominating", 2)
    for name in (*SERVICES, "gateway"):
        assert not strike.load.over, f"the load was over before {name} was rolled"
        strike.city.upgrade(name, "next")
        assert strike.city.version(name) == "next"


FAULTS: dict[str, Fault[ContainerCity]] = {
    "kill -9 in each service's container in turn": kill_each_service,
    "kill -9 in the gateway's container": kill_gateway,
    "kill -9 of the relay in mid-batch": kill_relay_in_mid_batch,
    "RabbitMQ restarted": restart_broker,
    "RabbitMQ killed": kill_broker,
    "MongoDB killed, twice": kill_store,
    "MongoDB restarted": restart_store,
    "MongoDB paused for 8 s": pause("mongo", _LASTS),
    "RabbitMQ paused for 8 s": pause("rabbitmq", _LASTS),
    "enrollment paused for 20 s": pause("enrollment", _LONG),
    "enrollment cut off from its network for 20 s": cut_off("enrollment"),
}


def _waiting(strike: Struck) -> int:
    try:
        return books(strike.city).waiting
    except PyMongoError:
        return 0
