"""The queues a set of contracts needs, by name, for checking that they are there."""

from __future__ import annotations

from collections.abc import Iterable

from amqp.exceptions import NotFound

from shared.contracts import ServiceContract
from shared.messaging import naming, transport
from shared.messaging.topology import Topology, subscriptions_of


def expected_queues(
    contracts: Iterable[ServiceContract], topology: Topology | None = None, subscribers: Iterable[str] = ()
) -> list[str]:
    """Return the names of all queues the contracts need, and subscribers beside them."""
    topology = topology or Topology()
    names: list[str] = []
    for contract in contracts:
        names += [queue.name for queue in topology.service_queues(contract.name)]
        names += [topology.handler_queue(each).name for each in subscriptions_of(contract)]
    names += [queue for each in subscribers for queue in naming.subscriber_queues(each)]
    return list(dict.fromkeys(names))


def missing_queues(contracts: Iterable[ServiceContract], amqp_uri: str, subscribers: Iterable[str] = ()) -> list[str]:
    """Return those that the broker does not have."""
    missing = []
    with transport.connect(amqp_uri, "doctor") as connection:
        for name in expected_queues(contracts, subscribers=subscribers):
            channel = connection.channel()
            try:
                channel.queue_declare(name, passive=True)
                channel.close()
            except NotFound:
                missing.append(name)
    return missing
