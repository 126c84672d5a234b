"""Emptying the queues of services: for a restore, after which what they hold belongs to no database any more."""

from __future__ import annotations

from collections.abc import Iterable

from shared.contracts import ServiceContract
from shared.messaging import topology, transport


def empty_queues(amqp_uri: str, contracts: Iterable[ServiceContract]) -> int:
    """Throw away what lies in the queues of stopped services, quarantines and retries too; return how many messages.

    Queues of subscribers outside are left alone. Raises ``TopologyChanged``.
    """
    names = topology.apply(contracts, amqp_uri)
    with transport.connect(amqp_uri, "empty") as connection:
        channel = connection.channel()
        return sum(int(channel.queue_purge(name)) for name in names)
